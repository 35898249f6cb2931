package io.velvetastro.language;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything one may ask of how long an organisation keeps what can tell who somebody is. */
public sealed interface PrivacyCommand {
    TenantId tenant();

    Instant at();

    @TargetAggregateIdentifier
    default PrivacyId privacyId() {
        return PrivacyId.of(tenant());
    }

    /** Forget a person for good. It is said first, and then done by {@link FinishErasure}: whoever dies in between has said what is left to do. */
    record ErasePerson(
            TenantId tenant, PrincipalId person, @Nullable Sealed reason, Instant at) implements PrivacyCommand {}

    /** Destroy every key under which something about a person is sealed whose erasure was ordered; may be given again and again. */
    record FinishErasure(TenantId tenant, PrincipalId person, Instant at) implements PrivacyCommand {}

    /** Keep everything of this person, or of everybody, until the hold is lifted. */
    record PlaceHold(
            TenantId tenant,
            HoldId hold,
            @Nullable PrincipalId person,
            @Nullable Sealed reason,
            Instant at) implements PrivacyCommand {}

    record LiftHold(TenantId tenant, HoldId hold, Instant at) implements PrivacyCommand {}

    /** Let each month end once it is so many months old. */
    record KeepMonths(TenantId tenant, int months, Instant at) implements PrivacyCommand {}

    /** Let months live as long as this plan says, and where that is shorter than before, begin with it after {@link Plan#GRACE}. Only the house itself asks for it. */
    record KeepByPlan(TenantId tenant, Plan plan, Instant at) implements PrivacyCommand {}

    /**
     * End those months whose time has come; only the house itself asks for it.
     *
     * @param living the months that have keys, as {@code 2026-03}
     */
    record EndOldMonths(TenantId tenant, List<String> living, Instant at) implements PrivacyCommand {}

    /**
     * Say that months have ended whose keys are destroyed already: the house died before it could. Only the house itself asks for it.
     *
     * @param destroyed the months, as {@code 2026-03}, and when their keys were
     */
    record SayEndedMonths(TenantId tenant, Map<String, Instant> destroyed, Instant at) implements PrivacyCommand {}
}
