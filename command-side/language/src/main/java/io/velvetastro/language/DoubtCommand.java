package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Everything one may ask about events that had been changed before the ledger had them. */
public sealed interface DoubtCommand {
    TenantId tenant();

    Instant at();

    @TargetAggregateIdentifier
    default DoubtsId id() {
        return DoubtsId.of(tenant());
    }

    /** Say that somebody has looked at such an event, and what came of it. */
    record AcknowledgeDoubt(TenantId tenant, long leaf, Sealed reason, Instant at) implements DoubtCommand {}
}
