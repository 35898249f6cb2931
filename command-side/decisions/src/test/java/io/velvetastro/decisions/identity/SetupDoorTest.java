package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A house of its own: setting up happens once. */
@TestPropertySource(properties = "velvet.token.issuer=a-house-of-its-own")
@DirtiesContext
class SetupDoorTest extends Door {
    @Autowired
    Setup setup;

    @Test
    void theFirstAccountIsMadeWithTheTokenAndThenThereIsNothingHere() {
        isHeldLikeEveryPage(get("/setup"));
        var token = setup.token().orElseThrow();

        var last = 0;
        for (int i = 0; i < 10 && last != 429; i++)
            last = post(
                            "/setup",
                            account("guess" + i, "eve@example.org", "correct horse battery staple"),
                            "X-Forwarded-For",
                            "203.0.113.90")
                    .status();
        assertThat(last).isEqualTo(429);

        assertThat(post("/setup/token", "{\"token\":\"guess\"}", "X-Forwarded-For", "203.0.113.90")
                        .status())
                .as("looking counts too")
                .isEqualTo(429);
        assertThat(post("/setup/token", "{\"token\":\"guess\"}").status()).isEqualTo(400);
        for (int i = 0; i < 8; i++) // The right one may be shown as often as somebody goes back and forth.
        assertThat(post("/setup/token", "{\"token\":\"" + token + "\"}").status())
                    .isEqualTo(204);

        var wrong = post("/setup", account("not-the-token", "grace@example.org", "correct horse battery staple"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("errors").findValuesAsString("field")).containsExactly("token");

        var weak = post("/setup", account(token, "grace@example.org", "password"));
        assertThat(weak.json().get("errors").findValuesAsString("field")).containsExactly("password");

        var made = post("/setup", account(token, "grace@example.org", "correct horse battery staple"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("letters").asBoolean()).isFalse();
        assertThat(made.json().get("address").asString()).startsWith("http");
        assertThat(login("grace@example.org", "correct horse battery staple").status())
                .isEqualTo(200);
        assertThat(facts(people.platform().orElseThrow(), "HouseSetUp"))
                .as("it stands in the record of the organisation, once")
                .isEqualTo(1);

        assertThat(get("/setup").status()).isEqualTo(404);
        assertThat(post("/setup/token", "{\"token\":\"" + token + "\"}").status())
                .isEqualTo(404);
        assertThat(post("/setup", account(token, "eve@example.org", "correct horse battery staple"))
                        .status())
                .isEqualTo(404);
    }

    private static void isHeldLikeEveryPage(Answer page) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains(
                        "default-src 'self'",
                        "object-src 'none'",
                        "base-uri 'none'",
                        "form-action 'self'",
                        "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).contains("no-store");
    }

    private static String account(String token, String email, String password) {
        return """
                {"token":"%s","organization":"Acme","name":"Grace","email":"%s","password":"%s"}""".formatted(token, email, password);
    }
}
