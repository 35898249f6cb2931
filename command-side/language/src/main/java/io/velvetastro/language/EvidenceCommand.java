package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything one may ask of an export of evidence. */
public sealed interface EvidenceCommand {
    @TargetAggregateIdentifier
    ExportId exportId();

    TenantId tenant();

    Instant at();

    /**
     * Hand out evidence.
     *
     * @param question what was asked for, in opaque ids: {@code incident …}, {@code principal …}, {@code … to …}
     * @param reason why, in the words of whoever asked
     */
    record ExportEvidence(
            ExportId exportId,
            TenantId tenant,
            String question,
            int events,
            @Nullable Sealed reason,
            Instant at) implements EvidenceCommand {}

    /**
     * Remember which bytes left the house: a bundle cannot hold its own hash.
     *
     * @param checkpoint the size of the platform's log at the checkpoint to which its proofs lead
     */
    record HandOverEvidence(
            ExportId exportId,
            TenantId tenant,
            String sha256,
            long bytes,
            @Nullable Long checkpoint,
            Instant at) implements EvidenceCommand {}
}
