package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Everything one may ask of a tamper drill. */
public sealed interface DrillCommand {
    @TargetAggregateIdentifier
    DrillId drillId();

    TenantId tenant();

    Instant at();

    /** Copy the newest events aside, damage the copy, and see whether the audit finds it; the store itself is never touched. */
    record RunTamperDrill(DrillId drillId, TenantId tenant, int events, int edits, Instant at)
            implements DrillCommand {}

    record RecordTamperDrill(
            DrillId drillId,
            TenantId tenant,
            long firstLeaf,
            int events,
            int edits,
            int found,
            int falseAlarms,
            long millis,
            Instant at)
            implements DrillCommand {}
}
