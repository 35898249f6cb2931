package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F10: the events of an attack come up to ten minutes late and in any order. */
@Tag("F10")
class LateEventsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("long")
    void anyOrderTellsTheSameStory() {
        var begin = Instant.now().minus(Duration.ofMinutes(9));
        var inOrder = told("in-order", lines(begin));
        for (int seed = 1; seed <= 2; seed++) {
            var shuffled = lines(begin);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(told("shuffled" + seed, shuffled)).as("seed " + seed).isEqualTo(inOrder);
        }
    }

    /** The control: with one event missing it is another story. */
    @Test
    @Tag("long")
    @Tag("control")
    void aMissingEventIsFoundOut() {
        var begin = Instant.now().minus(Duration.ofMinutes(9));
        assertThat(told("less", lines(begin).subList(1, 6))).isNotEqualTo(told("whole", lines(begin)));
    }

    private static List<String> lines(Instant begin) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 6; i++)
            lines.add(Logins.login(
                    "late-" + i, "victim", "203.0.113.10", begin.plus(Duration.ofSeconds(80L * i)), i == 5));
        return lines;
    }

    /** Entities, stages and evidence, one event a request so that each is read by itself. */
    private List<String> told(String name, List<String> lines) {
        try (var house = House.on(folder.resolve(name))) {
            var client = Client.of(house);
            for (var line : lines) {
                assertThat(client.events(line).status()).isEqualTo(202);
                client.awaitReaders();
            }
            var found = Patience.until(SOON, () -> client.incidentsOf("203.0.113.10"), incidents -> true);
            client.awaitReaders();
            return found.stream()
                    .map(incident -> client.get(
                            "/api/v1/incidents/" + incident.path("id").asString()))
                    .map(whole -> List.of(
                                    whole.path("users"),
                                    whole.path("sources"),
                                    whole.path("stages"),
                                    whole.path("evidence").findValuesAsString("occurredAt").stream()
                                            .sorted()
                                            .distinct()
                                            .toList())
                            .toString())
                    .toList();
        }
    }
}
