package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Everything one may ask of the audit of the whole store. */
public sealed interface AuditCommand {
    @TargetAggregateIdentifier
    TenantId tenant();

    Instant at();

    /** Hold the whole store against the ledger now, and not only when the next round is due. */
    record AskForAudit(TenantId tenant, Instant at) implements AuditCommand {}
}
