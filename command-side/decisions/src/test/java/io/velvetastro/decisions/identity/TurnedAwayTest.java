package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever tries handles that their role does not open is written down, by id and with the name of the door. */
@ExtendWith(OutputCaptureExtension.class)
class TurnedAwayTest extends Door {
    @Test
    void whoTriesADoorThatIsNotTheirsIsInTheLogAndWhatTheyWroteIsNot(CapturedOutput log) {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var answer = get("/api/v1/orgs/" + UUID.randomUUID() + "/members?q=ada-lovelace", bearer(tokenOf(grace)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(log.getOut().lines().filter(line -> line.contains("Turned away by role")))
                .singleElement()
                .asString()
                .contains("member:" + grace.member(), grace.organization().toString(), "/members")
                .doesNotContain("ada-lovelace", grace.email());
    }
}
