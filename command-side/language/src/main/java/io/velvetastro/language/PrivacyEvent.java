package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can have happened to what an organisation keeps about people. What it speaks of had happened when it was said: the keys were gone. */
public sealed interface PrivacyEvent {
    TenantId tenant();

    Instant at();

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PersonErased(
            TenantId tenant, PrincipalId person, @Nullable Sealed reason, Instant at) implements PrivacyEvent {}

    /** The month, as {@code 2026-03}, of which nothing sealed can be opened any more. */
    @Revision("1")
    record MonthEnded(TenantId tenant, String month, Instant at) implements PrivacyEvent {}

    @Revision("1")
    record RetentionSet(TenantId tenant, int months, Instant at) implements PrivacyEvent {}

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
