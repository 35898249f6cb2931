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

    /**
     * The bundle as it left. Revision 1 did not say under which checkpoint, and reads as one that does not.
     *
     * @param sha256 in hexadecimal
     * @param checkpoint the size of the platform's log at the checkpoint to which its proofs lead
     */
    @Revision("2")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EvidenceHandedOver(
            ExportId exportId,
            TenantId tenant,
            String sha256,
            long bytes,
            @Nullable Long checkpoint,
            Instant at) implements EvidenceEvent {}
}
