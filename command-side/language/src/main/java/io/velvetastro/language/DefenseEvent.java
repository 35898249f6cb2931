package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can have happened to a defence rule. A rule ends by itself when {@code until} has passed. */
public sealed interface DefenseEvent {
    RuleId ruleId();

    TenantId tenant();

    Instant at();

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NetworkBlocked(
            RuleId ruleId,
            TenantId tenant,
            Network network,
            Instant until,
            String reason,
            @Nullable IncidentId incident,
            Instant at)
            implements DefenseEvent {}

    /** {@code until} absent: it stands until it is lifted. */
    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NetworkAllowed(
            RuleId ruleId,
            TenantId tenant,
            Network network,
            @Nullable Instant until,
            String reason,
            Instant at) implements DefenseEvent {}

    @Revision("1")
    record RuleLifted(RuleId ruleId, TenantId tenant, Network network, String reason, Instant at)
            implements DefenseEvent {}
}
