package io.velvetastro.views.incidents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventId;
import io.velvetastro.language.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks the store when events occurred. */
@Component
class EvidenceTimes {
    private static final int MOST_AT_ONCE = 200;
    private static final ObjectMapper JSON_FORM = new ObjectMapper();
    private final EventArchive archive;

    EvidenceTimes(EventArchive archive) {
        this.archive = archive;
    }

    /** Those that the store still has. */
    Map<EventId, Instant> of(TenantId tenant, List<EventId> ids) {
        var times = new HashMap<EventId, Instant>();
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE)
            for (var event : archive.read(tenant, ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE))))
                times.put(event.id(), occurredAt(event));
        return times;
    }

    private static Instant occurredAt(EventArchive.StoredEvent event) {
        try {
            return Instant.parse(JSON_FORM
                    .readTree(event.envelope())
                    .path(Envelope.OCCURRED_AT)
                    .asText());
        } catch (JsonProcessingException | DateTimeException unknown) {
            return event.recordedAt();
        }
    }
}
