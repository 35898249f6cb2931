package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can have happened to evidence: the chain of custody. Who it was stands in the envelope. */
public sealed interface EvidenceEvent {
    ExportId exportId();

    TenantId tenant();

    Instant at();

    /** Revision 1 had no reason, and reads as one without. */
    @Revision("2")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EvidenceExported(
            ExportId exportId,
            TenantId tenant,
            String question,
            int events,
            @Nullable Sealed reason,
            Instant at) implements EvidenceEvent {}

    /** The bundle as it left: its SHA-256 in hexadecimal, and its size. */
    @Revision("1")
    record EvidenceHandedOver(ExportId exportId, TenantId tenant, String sha256, long bytes, Instant at)
            implements EvidenceEvent {}
}
