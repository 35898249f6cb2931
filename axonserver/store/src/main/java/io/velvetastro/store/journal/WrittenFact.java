package io.velvetastro.store.journal;

import io.velvetastro.language.Fact;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact as it will lie in the store: serialised once. */
record WrittenFact(
        UUID tenant,
        Fact fact,
        String payloadType,
        @Nullable String revision,
        byte[] payload,
        byte[] envelope) {
    /** As it will be read again. */
    Row asRow(Stream stream, Instant recordedAt) {
        return new Row(
                0,
                stream,
                new TenantId(tenant),
                fact.id().toString(),
                recordedAt,
                payloadType,
                revision,
                payload,
                envelope,
                null,
                null,
                0);
    }
}
