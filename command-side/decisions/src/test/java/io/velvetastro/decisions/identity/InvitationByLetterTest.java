package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Where letters leave the house, an invitation is for who reads them: whoever sends it cannot join in their name. */
@TestPropertySource(properties = {"spring.mail.host=localhost", "spring.mail.port=1"})
class InvitationByLetterTest extends Door {
    @Test
    void theTokenIsInTheLetterAndNowhereElse() {
        var ours = organization("Ours");
        var admin = tokenOf(member(ours, Role.ORG_ADMIN));
        var email = "invited-" + UUID.randomUUID() + "@example.org";
        var made = post(
                "/api/v1/orgs/" + ours + "/invitations",
                "{\"email\":\"" + email + "\",\"role\":\"employee\"}",
                bearer(admin));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().has("token")).isFalse();
        assertThat(made.body()).doesNotContain(linkIn(email));
        var joined = post(
                "/api/v1/auth/register",
                "{\"invitation\":\"" + linkIn(email) + "\",\"name\":\"Grace\",\"password\":\"" + PASSWORD + "\"}",
                "X-Forwarded-For",
                "198.51.100.201");
        assertThat(joined.status()).isEqualTo(201);
        assertThat(people.isProved(people.by(new Email(email)).orElseThrow().member()))
                .isTrue();
    }
}
