package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can have happened to what an organisation keeps about people. When it was said that somebody was erased or a month has ended, it had happened: the keys were gone. */
public sealed interface PrivacyEvent {
    TenantId tenant();

    Instant at();

    /** Why a month ended. */
    enum Cause {
        /** The organisation said how long it keeps them. */
        RULE,
        /** Its plan keeps them no longer. */
        PLAN
    }

    /** Somebody is to be forgotten: from here on it is done, whoever dies before it is. */
    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ErasureOrdered(
            TenantId tenant, PrincipalId person, @Nullable Sealed reason, Instant at) implements PrivacyEvent {}

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PersonErased(
            TenantId tenant, PrincipalId person, @Nullable Sealed reason, Instant at) implements PrivacyEvent {}

    /** The month, as {@code 2026-03}, of which nothing sealed can be opened any more. Revision 1 had no cause, and reads as one without. */
    @Revision("2")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MonthEnded(
            TenantId tenant,
            String month,
            Instant at,
            @Nullable Cause because) implements PrivacyEvent {}

    @Revision("1")
    record RetentionSet(TenantId tenant, int months, Instant at) implements PrivacyEvent {}

    /** How long the organisation's plan lets months live, from when on; until then as long as before. 0 for ever. */
    @Revision("1")
    record PlanRetentionSet(TenantId tenant, Plan plan, int months, Instant from, Instant at) implements PrivacyEvent {}

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldPlaced(
            TenantId tenant,
            HoldId hold,
            @Nullable PrincipalId person,
            @Nullable Sealed reason,
            Instant at) implements PrivacyEvent {}

    @Revision("1")
    record HoldLifted(TenantId tenant, HoldId hold, Instant at) implements PrivacyEvent {}
}
