package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Members see where they are signed in, and end what is not theirs to keep. */
class SessionListTest extends Door {
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private Person grace;
    private String here;
    private String elsewhere;

    @BeforeEach
    void graceIsInTwice() {
        grace = member(organization("Acme"), Role.EMPLOYEE);
        here = tokenOf(grace);
        elsewhere = login(grace.email(), PASSWORD, "X-Forwarded-For", "192.0.2.77", "User-Agent", FIREFOX)
                .json()
                .get("accessToken")
                .asString();
    }

    @Test
    void eachSaysWhereFromAndWhichIsThisOne() {
        var sessions = get("/api/v1/auth/sessions", bearer(here)).json().get("items");
        assertThat(sessions.size()).isEqualTo(2);
        var newest = sessions.get(0);
        assertThat(newest.get("device").asString()).startsWith("Firefox on ");
        assertThat(newest.get("kind").asString()).isEqualTo("api");
        assertThat(newest.get("current").asBoolean()).isFalse();
        assertThat(sessions.get(1).get("current").asBoolean()).isTrue();
        assertThat(sessions.toString()).contains("lastSeenAt").doesNotContain("192.0.2.77");
    }

    @Test
    void anEndedSessionIsOutAtOnce() {
        var path = "/api/v1/auth/sessions/" + idOf(elsewhere);
        assertThat(delete(path, bearer(here)).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(200);
        assertThat(delete(path, bearer(here)).status()).isEqualTo(404);
        assertThat(facts(grace.organization(), "SessionsEnded")).isEqualTo(1);
    }

    @Test
    void allOthersEndTogetherAndThisOneStays() {
        var answer = delete("/api/v1/auth/sessions", bearer(here));
        assertThat(answer.json().get("ended").asInt()).isEqualTo(1);
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(200);
    }

    @Test
    void whoeverHasStolenOneSessionThrowsNobodyOutOfTheOthers() {
        db.sql("update identity.session set proved_at = null where member = ?")
                .param(grace.member().value())
                .update();
        var one = delete("/api/v1/auth/sessions/" + idOf(elsewhere), bearer(here));
        var all = delete("/api/v1/auth/sessions", bearer(here));
        for (var asked : List.of(one, all)) {
            assertThat(asked.status()).isEqualTo(401);
            assertThat(asked.json().get("type").asString()).endsWith("/step-up-required");
        }
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(200);
        assertThat(delete("/api/v1/auth/sessions/" + idOf(here), bearer(here)).status())
                .as("one's own, like signing out")
                .isEqualTo(204);
    }

    @Test
    void somebodyElsesSessionIsMissing() {
        var stranger = tokenOf(member(grace.organization(), Role.SUPER_ADMIN));
        var theirs = delete("/api/v1/auth/sessions/" + idOf(elsewhere), bearer(stranger));
        assertThat(theirs.status()).isEqualTo(404);
        assertThat(theirs.json().get("detail"))
                .isEqualTo(delete("/api/v1/auth/sessions/" + UUID.randomUUID(), bearer(stranger))
                        .json()
                        .get("detail"));
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(200);
    }

    @Test
    void withoutATokenThereIsNothing() {
        assertThat(get("/api/v1/auth/sessions").status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/mfa").status()).isEqualTo(401);
        assertThat(delete("/api/v1/auth/sessions").status()).isEqualTo(401);
    }

    private String idOf(String token) {
        return get("/api/v1/auth/sessions", bearer(token))
                .json()
                .get("items")
                .valueStream()
                .filter(session -> session.get("current").asBoolean())
                .map((JsonNode session) -> session.get("id").asString())
                .findFirst()
                .orElseThrow();
    }
}
