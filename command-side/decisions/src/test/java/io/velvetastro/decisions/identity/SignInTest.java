package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.Eventually;
import io.velvetastro.language.Role;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SignInTest extends Door {
    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void whoeverKnowsThePasswordComesInAndIsKnown() {
        var organization = organization("Acme");
        var grace = member(organization, Role.IT_SECURITY);
        var me = get("/api/v1/auth/me", bearer(token(grace)));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().get("email").asString()).isEqualTo(grace.email());
        assertThat(me.json().get("organization").get("id").asString()).isEqualTo(organization.toString());
        assertThat(me.json().get("role").asString()).isEqualTo("it_security");
    }

    @Test
    void aWrongPasswordAndAnUnknownEmailAndALockedMemberAnswerTheSame() {
        var organization = organization("Acme");
        var grace = member(organization, Role.EMPLOYEE);
        var locked = member(organization, Role.EMPLOYEE);
        people.disable(locked.member());
        var wrong = login(grace.email(), "not it", "X-Forwarded-For", "198.51.100.1");
        var unknown = login("nobody@example.org", "not it", "X-Forwarded-For", "198.51.100.2");
        var disabled = login(locked.email(), PASSWORD, "X-Forwarded-For", "198.51.100.3");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(disabled.body()).isEqualTo(wrong.body());
    }

    @Test
    void aPasswordUnderOldParametersIsKeptUnderTodaysOnceAndTheRecordSaysSo() {
        var organization = organization("Acme");
        var grace = member(organization, Role.EMPLOYEE);
        db.sql("update identity.credential set phc = ? where member = ?")
                .params(
                        new Argon2PasswordEncoder(16, 32, 1, 4096, 2).encode(PASSWORD),
                        grace.member().value())
                .update();
        token(grace);
        token(grace);
        assertThat(facts(organization, "PasswordRehashed")).isEqualTo(1);
    }

    @Test
    void emptyFieldsAreNamed() {
        var answer = post("/api/v1/auth/login", "{\"email\":\"\",\"password\":\"\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("email", "password");
    }

    @Test
    void withoutATokenNobodyComesIn() {
        var answer = get("/api/v1/auth/me");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aTokenEndsWithItsSession() {
        var token = token(member(organization("Acme"), Role.EMPLOYEE));
        assertThat(post("/api/v1/auth/logout", "", bearer(token)).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(token)).status()).isEqualTo(401);
    }

    @Test
    void aLockedMemberIsOutAtOnce() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var token = token(grace);
        people.disable(grace.member());
        assertThat(get("/api/v1/auth/me", bearer(token)).status()).isEqualTo(401);
    }

    @Test
    void aNewRoleCountsAtOnce() {
        var grace = member(organization("Acme"), Role.ORG_ADMIN);
        var token = token(grace);
        people.give(grace.member(), grace.organization(), Role.EMPLOYEE);
        assertThat(get("/api/v1/auth/me", bearer(token)).json().get("role").asString())
                .isEqualTo("employee");
        assertThat(delete("/api/v1/defense/rules/" + UUID.randomUUID(), bearer(token))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void allSessionsOfAMemberEndTogether() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var first = token(grace);
        var second = token(grace);
        sessions.endAll(grace.member());
        assertThat(get("/api/v1/auth/me", bearer(first)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(second)).status()).isEqualTo(401);
    }

    @Test
    void guessingIsSlowedDownForOneAddressAndNobodyElse() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var last = 0;
        for (int i = 0; i < 8 && last != 429; i++)
            last = login(grace.email(), "guess " + i, "X-Forwarded-For", "203.0.113.50")
                    .status();
        assertThat(last).isEqualTo(429);
        var refused = login(grace.email(), PASSWORD, "X-Forwarded-For", "203.0.113.50");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "203.0.113.51")
                        .status())
                .isEqualTo(200);
        clock.turnOn(Duration.ofMinutes(20));
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "203.0.113.50")
                        .status())
                .isEqualTo(200);
    }

    /** Looking at a password takes its time: whoever is just coming in with the old one when a new one is set stays out. */
    @Test
    void aSignInUnderWayDoesNotSurviveANewPassword() throws Exception {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var fresh = passwords.hash("another horse entirely 7");
        try (var thread = Executors.newSingleThreadExecutor()) {
            var coming = new TransactionTemplate(transactions).execute(status -> {
                people.newPassword(grace.member(), fresh);
                var login = thread.submit(() -> login(grace.email(), PASSWORD, "X-Forwarded-For", "203.0.113.70"));
                Eventually.holds(() -> login.isDone() || somebodyWaits());
                sessions.endAll(grace.member());
                return login;
            });
            assertThat(coming.get().status()).isEqualTo(401);
        }
        assertThat(recorded(grace.organization().value(), "LoginSucceeded")).isZero();
    }

    @Test
    void whatWasBegunWithTheOldPasswordEndsWithIt() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var here = token(grace);
        var secret = switchOn(here, PASSWORD);
        clock.turnOn(Duration.ofMinutes(1));
        var owed = login(grace.email(), PASSWORD, "X-Forwarded-For", "203.0.113.71")
                .json()
                .get("mfaToken")
                .asString();
        post(
                "/api/v1/auth/password/forgot",
                "{\"email\":\"" + grace.email() + "\"}",
                "X-Forwarded-For",
                "203.0.113.71");
        var link = linkIn(grace.email());
        assertThat(post(
                                "/api/v1/auth/password",
                                "{\"password\":\"%s\",\"fresh\":\"another horse entirely 7\"}".formatted(PASSWORD),
                                bearer(here))
                        .status())
                .isEqualTo(204);
        assertThat(post(
                                "/api/v1/auth/mfa",
                                "{\"mfaToken\":\"%s\",\"code\":\"%s\"}"
                                        .formatted(owed, Totp.code(secret, clock.instant())),
                                "X-Forwarded-For",
                                "203.0.113.71")
                        .status())
                .as("who is between the steps begins again")
                .isEqualTo(401);
        assertThat(post(
                                "/api/v1/auth/password/reset",
                                "{\"token\":\"" + link + "\",\"password\":\"a third horse entirely 8\"}",
                                "X-Forwarded-For",
                                "203.0.113.71")
                        .status())
                .as("a link that was asked for before is void")
                .isEqualTo(404);
    }

    /** For what this transaction holds. */
    private boolean somebodyWaits() {
        return db.sql(
                        "select exists (select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))")
                .query(Boolean.class)
                .single();
    }

    @Test
    void anOldHashIsReplacedAtTheNextSignIn() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var old = new org.springframework.security.crypto.argon2.Argon2PasswordEncoder(16, 32, 1, 1024, 1)
                .encode(PASSWORD);
        db.sql("update identity.credential set phc = ? where member = ?")
                .params(old, grace.member().value())
                .update();
        token(grace);
        var now = people.by(new Email(grace.email())).orElseThrow().phc();
        assertThat(now).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.fits(PASSWORD, now)).isTrue();
    }

    @Test
    void ourOwnSignInsAreTelemetryOfTheMembersOrganisation() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        token(grace);
        login(grace.email(), "wrong", "X-Forwarded-For", "203.0.113.60");
        assertThat(recorded(grace.organization().value(), "LoginSucceeded")).isEqualTo(1);
        assertThat(recorded(grace.organization().value(), "LoginFailed")).isEqualTo(1);
    }

    @Test
    void anUnknownEmailIsTelemetryOfThePlatform() {
        organization("Acme");
        var platform = people.platform().orElseThrow();
        var before = recorded(platform.value(), "LoginFailed");
        login("stranger@example.org", "x", "X-Forwarded-For", "203.0.113.61");
        assertThat(recorded(platform.value(), "LoginFailed")).isEqualTo(before + 1);
    }

    @Test
    void noPersonalValueOfASignInIsStoredInClear() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        login(grace.email(), "swordfish-" + UUID.randomUUID(), "X-Forwarded-For", "203.0.113.62");
        login("hunter2-typed-here", "x", "X-Forwarded-For", "203.0.113.62");
        var clear = String.join(
                "\n",
                db.sql("select convert_from(payload, 'UTF8') || convert_from(envelope, 'UTF8') from store.telemetry")
                        .query(String.class)
                        .list());
        assertThat(clear).isNotEmpty().doesNotContain(grace.email(), "203.0.113.62", "swordfish", "hunter2");
    }

    private int recorded(UUID tenant, String type) {
        return db.sql("select count(*) from store.telemetry where tenant = ? and payload_type like ?")
                .params(tenant, "%" + type)
                .query(Integer.class)
                .single();
    }
}
