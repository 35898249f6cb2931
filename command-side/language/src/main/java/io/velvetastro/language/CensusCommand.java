package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Everything one may ask of the counting of an organisation's log. */
public sealed interface CensusCommand {
    TenantId tenant();

    Instant at();

    @TargetAggregateIdentifier
    default CensusId id() {
        return CensusId.of(tenant());
    }

    /** Remember what a stretch names; refused unless it begins where the last one ended. */
    record RecordCensus(TenantId tenant, long from, long to, long ids, String root, Instant at)
            implements CensusCommand {}
}
