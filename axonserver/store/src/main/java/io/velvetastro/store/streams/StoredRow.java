package io.velvetastro.store.streams;

import java.time.Instant;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.jspecify.annotations.Nullable;

/** One event as it lies in its table; the aggregate's three are empty for plain events. */
record StoredRow(
        long position,
        String id,
        Instant recordedAt,
        String payloadType,
        @Nullable String revision,
        byte[] payload,
        byte[] envelope,
        @Nullable String aggregateType,
        @Nullable String aggregate,
        long sequence) {
    TrackedEventData<byte[]> asEventData() {
        var entry = new GenericDomainEventEntry<>(
                aggregateType, aggregate, sequence, id, recordedAt, payloadType, revision, payload, envelope);
        return new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(position), entry);
    }
}
