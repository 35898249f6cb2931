package io.velvetastro.engines.login;

import io.velvetastro.language.Attempt;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.Place;
import io.velvetastro.language.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One sign-in attempt as the engines see it: opaque ids and clear facts. */
public record Login(
        UUID id,
        TenantId tenant,
        long at,
        boolean succeeded,
        @Nullable UUID principal,
        @Nullable UUID source,
        @Nullable String host,
        @Nullable Place place,
        Egress egress) {

    public static Login of(LoginSucceeded login, Egress egress) {
        return of(login.attempt(), true, egress);
    }

    public static Login of(LoginFailed login, Egress egress) {
        return of(login.attempt(), false, egress);
    }

    private static Login of(Attempt attempt, boolean succeeded, Egress egress) {
        return new Login(
                attempt.id().value(),
                attempt.tenant(),
                attempt.occurredAt().toEpochMilli(),
                succeeded,
                attempt.principal() == null ? null : attempt.principal().value(),
                attempt.source() == null ? null : attempt.source().value(),
                attempt.host(),
                attempt.place(),
                egress);
    }

    /** How an address reaches the world, by the organisation's own lists: behind these it says little about where someone is. */
    public enum Egress {
        DIRECT,
        VPN,
        RELAY,
        SATELLITE
    }
}
