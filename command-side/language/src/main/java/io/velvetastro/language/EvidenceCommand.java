package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

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
     */
    record ExportEvidence(ExportId exportId, TenantId tenant, String question, int events, Instant at)
            implements EvidenceCommand {}
}
