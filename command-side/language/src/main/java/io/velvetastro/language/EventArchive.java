package io.velvetastro.language;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The door to stored events by id, for whoever must show the evidence itself. */
public interface EventArchive {
    /** Those of the given events that this tenant has, in order of time; at most 200 ids a call. */
    List<StoredEvent> read(TenantId tenant, Collection<EventId> ids);

    /** One event as stored. {@code payload} is the JSON in the store, personal values still sealed. */
    record StoredEvent(
            EventId id,
            Stream stream,
            String type,
            String revision,
            Instant recordedAt,
            String payload,
            String envelope) {}
}
