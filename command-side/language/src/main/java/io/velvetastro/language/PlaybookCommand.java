package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything one may ask of a playbook's run. */
public sealed interface PlaybookCommand {
    @TargetAggregateIdentifier
    RunId runId();

    TenantId tenant();

    Instant at();

    record StartRun(RunId runId, TenantId tenant, String playbook, int version, IncidentId incident, Instant at)
            implements PlaybookCommand {}

    /** What came of a step. {@code rule} names the defence rule it made, by which it can be undone. */
    record RecordStep(
            RunId runId,
            TenantId tenant,
            String step,
            StepOutcome outcome,
            Network target,
            @Nullable RuleId rule,
            String detail,
            Instant at)
            implements PlaybookCommand {}

    /** Take a completed step back. */
    record UndoStep(RunId runId, TenantId tenant, String step, String reason, Instant at) implements PlaybookCommand {}

    /** How a step can end. */
    enum StepOutcome {
        COMPLETED,
        /** It would have been done, but its reason lies in the past. */
        WITHHELD,
        /** Understood and declined, as by the never-block list. */
        REFUSED
    }
}
