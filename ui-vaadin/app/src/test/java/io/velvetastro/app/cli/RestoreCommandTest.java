package io.velvetastro.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RestoreCommandTest {
    /** With one of the two alone the witnesses would take the platform's log again and refuse every organisation's. */
    @Test
    void theOwnersOfWitnessesElsewhereHearOfEveryFileTheyHaveToPutBack() {
        assertThat(RestoreCommand.toTheOwners(Path.of("/house")))
                .contains("/house/witnessed-checkpoint in the place of the file seen and")
                .contains("/house/witnessed-logs in the place of the file seen-logs in its folder");
    }
}
