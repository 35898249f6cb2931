package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever was written down wrongly puts it right, by the rules that held when they came. */
class OwnNameTest extends Door {
    private Person grace;
    private String token;

    @BeforeEach
    void grace() {
        grace = member(organization("Acme"), Role.EMPLOYEE);
        token = tokenOf(grace);
    }

    @Test
    void aNewNameIsSeenAtTheNextRequestAndByColleagues() {
        assertThat(rename(" Grace Brewster Hopper ").status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(token)).json().get("name").asString())
                .isEqualTo("Grace Brewster Hopper");
        var admin = tokenOf(member(grace.organization(), Role.ORG_ADMIN));
        assertThat(get("/api/v1/orgs/" + grace.organization() + "/members", bearer(admin))
                        .body())
                .contains("Grace Brewster Hopper");
    }

    @Test
    void theRecordSaysThatAndNotWhat() {
        rename("Grace Brewster Hopper");
        rename("Grace Brewster Hopper");
        assertThat(facts(grace.organization(), "MemberRenamed"))
                .as("the same name again is no news")
                .isEqualTo(1);
        assertThat(db.sql("select count(*) from store.decisions where convert_from(payload, 'UTF8') like '%Brewster%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "Grace\nHopper", "see evil.example", "https://x", LONG})
    void whatIsNoNameIsRefused(String name) {
        var refused = rename(name);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").findValuesAsString("field")).containsExactly("name");
        assertThat(get("/api/v1/auth/me", bearer(token)).json().get("name").asString())
                .isEqualTo("Grace");
    }

    @Test
    void nobodyIsRenamedBySomebodyElse() {
        var eve = member(grace.organization(), Role.SUPER_ADMIN);
        patch("/api/v1/auth/me", "{\"name\":\"Eve\",\"id\":\"" + grace.member() + "\"}", bearer(tokenOf(eve)));
        assertThat(get("/api/v1/auth/me", bearer(token)).json().get("name").asString())
                .isEqualTo("Grace");
    }

    private Answer rename(String name) {
        return patch("/api/v1/auth/me", json.writeValueAsString(new Named(name)), bearer(token));
    }

    private record Named(String name) {}

    private static final String LONG =
            "GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG";
}
