package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the door keeps about a member is theirs to take along. */
class OwnDataTest extends Door {
    private static final String EXPORT = "/api/v1/auth/me/export";

    private Person grace;
    private Person colleague;

    @BeforeEach
    void twoOfAnOrganisation() {
        var acme = organization("Acme of Grace");
        grace = member(acme, Role.ORG_ADMIN);
        colleague = member(acme, Role.EMPLOYEE);
    }

    @Test
    void everythingAboutOneselfAndNothingOfAnybodyElse() {
        tokenOf(colleague);
        var mine = get(EXPORT, bearer(tokenOf(grace)));
        assertThat(mine.status()).isEqualTo(200);
        assertThat(mine.header("Cache-Control")).contains("no-store");
        assertThat(mine.json().get("account").get("email").asString()).isEqualTo(grace.email());
        assertThat(mine.json().get("organizations").get(0).get("name").asString())
                .isEqualTo("Acme of Grace");
        assertThat(mine.json().get("sessions")).hasSize(1);
        assertThat(mine.body())
                .doesNotContain(colleague.email())
                .doesNotContain(colleague.member().toString());
    }

    @Test
    void nothingThatLetsSomebodyInIsInIt() {
        var token = tokenOf(grace);
        switchOn(token, PASSWORD);
        var phc = db.sql("select phc from identity.credential where member = ?")
                .param(grace.member().value())
                .query(String.class)
                .single();
        var mine = get(EXPORT, bearer(token)).body();
        assertThat(mine).contains("\"authenticatorAppSince\": \"");
        assertThat(mine)
                .doesNotContain(phc)
                .doesNotContain("argon2")
                .doesNotContain("hash")
                .doesNotContain("secret");
    }

    @Test
    void itTakesAFreshProof() {
        var standing = sessions.begin(grace.member(), grace.organization(), Sessions.Coming.by(Sessions.Kind.API));
        clock.turnOn(Duration.ofMinutes(11));
        var late = tokens.first(standing).accessToken();
        assertThat(get(EXPORT, bearer(late)).json().get("type").asString()).endsWith("/step-up-required");
        post("/api/v1/auth/step-up", "{\"proof\":\"" + PASSWORD + "\"}", bearer(late));
        assertThat(get(EXPORT, bearer(late)).status()).isEqualTo(200);
    }
}
