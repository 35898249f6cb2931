package io.velvetastro.store;

import io.velvetastro.language.Attempt;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Logins to store in tests. */
public final class Logins {
    public static final TenantId HERE = new TenantId(UUID.nameUUIDFromBytes("here".getBytes()));
    public static final TenantId ELSEWHERE = new TenantId(UUID.nameUUIDFromBytes("elsewhere".getBytes()));
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private Logins() {}

    public static Fact login(TenantId tenant, EventId id) {
        var attempt = new Attempt(
                id,
                tenant,
                AT,
                "sshd",
                "ssh",
                "password",
                new PrincipalId(UUID.nameUUIDFromBytes("p".getBytes())),
                new SourceId(UUID.nameUUIDFromBytes("s".getBytes())),
                "host-1",
                null,
                null,
                new Sealed("1." + "x".repeat(220)));
        return new Fact(id, new LoginFailed(attempt, "wrong-password"), Envelope.of(tenant, "service:test", AT));
    }

    public static Fact login() {
        return login(HERE, fresh());
    }

    public static List<Fact> logins(int count) {
        return IntStream.range(0, count).mapToObj(i -> login()).toList();
    }

    public static EventId fresh() {
        return new EventId(UUID.randomUUID());
    }
}
