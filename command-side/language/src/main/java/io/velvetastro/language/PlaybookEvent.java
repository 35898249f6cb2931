package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can have happened to a playbook's run. */
public sealed interface PlaybookEvent {
    RunId runId();

    TenantId tenant();

    IncidentId incident();

    Instant at();

    @Revision("1")
    record PlaybookRunStarted(
            RunId runId, TenantId tenant, IncidentId incident, String playbook, int version, Instant at)
            implements PlaybookEvent {}

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlaybookStepCompleted(
            RunId runId,
            TenantId tenant,
            IncidentId incident,
            String step,
            Network target,
            @Nullable RuleId rule,
            String detail,
            Instant at)
            implements PlaybookEvent {}

    @Revision("1")
    record PlaybookStepWithheld(
            RunId runId, TenantId tenant, IncidentId incident, String step, Network target, String detail, Instant at)
            implements PlaybookEvent {}

    @Revision("1")
    record PlaybookStepRefused(
            RunId runId, TenantId tenant, IncidentId incident, String step, Network target, String detail, Instant at)
            implements PlaybookEvent {}

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlaybookStepUndone(
            RunId runId,
            TenantId tenant,
            IncidentId incident,
            String step,
            Network target,
            @Nullable RuleId rule,
            String reason,
            Instant at)
            implements PlaybookEvent {}
}
