package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RefreshTest extends Door {
    private static int count = 0;
    private Person grace;
    private JsonNode first;

    @BeforeEach
    void someoneIsSignedIn() {
        grace = member(organization("Acme"), Role.IT_SECURITY);
        first = login(grace.email(), PASSWORD, "X-Forwarded-For", "192.0.2." + ++count)
                .json();
    }

    @Test
    void aRefreshTokenGivesANewPair() {
        var next = refresh(first);
        assertThat(next.status()).isEqualTo(200);
        assertThat(refreshToken(next.json())).isNotEqualTo(refreshToken(first));
        assertThat(get("/api/v1/auth/me", bearer(accessToken(next.json()))).status())
                .isEqualTo(200);
        assertThat(refresh(next.json()).status()).isEqualTo(200);
    }

    @Test
    void aTokenUsedAgainEndsTheWholeFamily() {
        var next = refresh(first).json();
        clock.turnOn(Duration.ofSeconds(11));
        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(refresh(next).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(accessToken(next))).status()).isEqualTo(401);
        assertThat(db.sql(
                                "select count(*) from store.telemetry where tenant = ? and convert_from(payload, 'UTF8') like '%refresh-token-reused%'")
                        .param(grace.organization().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aTokenUsedAgainAfterItsSuccessorIsTheftEvenAtOnce() {
        var next = refresh(first).json();
        assertThat(refresh(next).status()).isEqualTo(200);
        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(refresh(next).status()).isEqualTo(401);
    }

    @Test
    void anotherFamilyIsUntouched() {
        var other = login(grace.email(), PASSWORD, "X-Forwarded-For", "192.0.2." + ++count)
                .json();
        refresh(first);
        clock.turnOn(Duration.ofSeconds(11));
        refresh(first);
        assertThat(refresh(other).status()).isEqualTo(200);
    }

    @Test
    void twoCallsThatCrossGetTheSamePair() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Answer> call = () -> refresh(first);
            var answers = threads.invokeAll(List.of(call, call));
            var one = answers.getFirst().get();
            var two = answers.getLast().get();
            assertThat(one.status()).isEqualTo(200);
            assertThat(two.body()).isEqualTo(one.body());
        }
    }

    @Test
    void aWrongSecretBurnsNothing() {
        assertThat(post("/api/v1/auth/refresh", "{\"refreshToken\":\"AAAA\"}").status())
                .isEqualTo(401);
        assertThat(refresh(first).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenEndsWithItsSession() {
        assertThat(post("/api/v1/auth/logout", "", bearer(accessToken(first))).status())
                .isEqualTo(204);
        assertThat(refresh(first).status()).isEqualTo(401);
    }

    @Test
    void aLockedMemberCannotComeBack() {
        people.disable(grace.member());
        assertThat(refresh(first).status()).isEqualTo(401);
    }

    @Test
    void aRefreshTokenGrowsOld() {
        clock.turnOn(Duration.ofDays(14));
        var sessionsOfGrace = db.sql("select id from identity.session where member = ?")
                .param(grace.member().value())
                .query(UUID.class)
                .list();
        sessionsOfGrace.forEach(this::usedNow);
        assertThat(refresh(first).status()).isEqualTo(401);
    }

    @Test
    void anAccessTokenIsNoRefreshToken() {
        assertThat(post("/api/v1/auth/refresh", "{\"refreshToken\":\"" + accessToken(first) + "\"}")
                        .status())
                .isIn(400, 401);
    }

    @Test
    void noTokenIsInTheDatabase() {
        var everything = db.sql("select encode(hash, 'base64') from identity.refresh_token")
                .query(String.class)
                .list();
        assertThat(String.join("", everything)).isNotEmpty().doesNotContain(refreshToken(first));
    }

    private Answer refresh(JsonNode pair) {
        return post("/api/v1/auth/refresh", "{\"refreshToken\":\"" + refreshToken(pair) + "\"}");
    }

    private static String refreshToken(JsonNode pair) {
        return pair.get("refreshToken").asString();
    }

    private static String accessToken(JsonNode pair) {
        return pair.get("accessToken").asString();
    }
}
