package io.velvetastro.language;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything one may ask of a defence rule. */
public sealed interface DefenseCommand {
    @TargetAggregateIdentifier
    RuleId ruleId();

    TenantId tenant();

    Instant at();

    /** Keep a network out for a while. Asking twice for the same rule is silence. */
    record BlockNetwork(
            RuleId ruleId,
            TenantId tenant,
            Network network,
            Duration ttl,
            String reason,
            @Nullable IncidentId incident,
            Instant at)
            implements DefenseCommand {}

    /** Never block a network for a while: it joins the organisation's never-block list and lifts nothing that stands. */
    record AllowNetwork(
            RuleId ruleId,
            TenantId tenant,
            Network network,
            @Nullable Duration ttl,
            String reason,
            Instant at) implements DefenseCommand {}

    record LiftRule(RuleId ruleId, TenantId tenant, String reason, Instant at) implements DefenseCommand {}
}
