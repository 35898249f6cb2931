package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F9: the house dies between what a playbook did and its knowing so, at every step it has. */
@Tag("F9")
class CrashedPlaybookTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String ATTACKER = "203.0.113.10";
    /** It starts its run, blocks, and records. */
    private static final int STEPS = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("long")
    void whereverItDiesTheBlockIsMadeOnceAndToldOnce() {
        for (int step = 1; step <= STEPS; step++) {
            var data = folder.resolve("data" + step);
            dieAfter(data, step);
            try (var house = House.on(data)) {
                var client = Client.of(house);
                client.awaitBlockOf(ATTACKER, SOON);
                assertThat(client.rulesAgainst(ATTACKER)).hasSize(1);
                client.awaitReaders();
                Patience.until(
                        SOON,
                        () -> house.count(
                                "SELECT count(*) FROM store.decisions WHERE payloadType LIKE '%PlaybookStepCompleted'"),
                        count -> count == 1);
                Sound.effectsAreOnce(house);
                Sound.everySequenceIsDense(house);
            }
        }
    }

    /** The control: a playbook that names its rule anew at every try blocks twice. */
    @Test
    @Tag("long")
    @Tag("control")
    void aPlaybookThatForgetsNamesIsFoundOut() {
        var data = folder.resolve("data");
        dieAfter(data, 2, "--velvet.faults.renames=true");
        try (var house = House.on(data, "--velvet.faults.renames=true")) {
            var client = Client.of(house);
            client.awaitReaders();
            Patience.until(
                    SOON,
                    () -> house.count("SELECT count(*) FROM store.decisions WHERE payloadType LIKE '%NetworkBlocked'"),
                    count -> count == 2);
        }
    }

    private static void dieAfter(Path data, int step, String... settings) {
        var all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(settings),
                        java.util.stream.Stream.of("--velvet.faults.dies-after=" + step))
                .toArray(String[]::new);
        try (var house = House.on(data, all)) {
            Client.of(house).events(Logins.attack("victim", ATTACKER));
            house.awaitEnd();
        }
    }
}
