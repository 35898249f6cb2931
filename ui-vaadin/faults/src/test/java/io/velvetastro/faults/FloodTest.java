package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F11: far more than it can take, on 512 MB. A minute here; {@code -Dvelvet.faults.flood=10m} for as long as it should be. */
@Tag("F11")
class FloodTest {
    private static final Duration MEASURED = Duration.ofSeconds(15);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("long")
    void itTakesWhatItCanRefusesTheRestAndLives(TestReporter report) throws Exception {
        var howLong = Duration.parse(
                "PT" + System.getProperty("velvet.faults.flood", "1m").toUpperCase(java.util.Locale.ROOT));
        var data = folder.resolve("data");
        try (var house = House.on(data, "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "--velvet.backlog.events=20000")) {
            var client = Client.of(house);
            var bursts = new ArrayList<Burst>();
            for (int i = 0; i < 10; i++) bursts.add(Burst.countedOnly(client, "flood" + i, 500));
            var until = System.nanoTime() + howLong.toNanos();
            while (System.nanoTime() < until && house.isAlive()) Patience.pause(Duration.ofMillis(200));
            bursts.forEach(Burst::stop);
            assertThat(house.isAlive()).isTrue();
            assertThat(Files.readString(data.resolve("log").resolve("velvet.log")))
                    .doesNotContain("OutOfMemoryError");
            long taken = bursts.stream().mapToLong(Burst::acknowledged).sum();
            long refused =
                    bursts.stream().mapToLong(burst -> burst.refusals().size()).sum();
            report.publishEntry("requests of 500 taken", taken + ", refused " + refused);
            for (var burst : bursts) assertThat(burst.statuses().keySet()).isSubsetOf(202, 429, 503, 401);
            assertThat(refused).isPositive();
            client.signIn();
            Patience.until(
                    Duration.ofMinutes(5),
                    () -> client.events(Logins.attack("after", "203.0.113.10")).status(),
                    status -> status == 202);
            client.awaitBlockOf("203.0.113.10", Duration.ofMinutes(5));
        }
    }

    @Test
    @Tag("long")
    void oneFloodingOrganisationCostsTheOthersLittle(TestReporter report) {
        assertThat(shareLeftToOthers(report, 1_000)).isGreaterThanOrEqualTo(0.9);
    }

    /** The control: without a quota the others feel it. */
    @Test
    @Tag("long")
    @Tag("control")
    void aHouseWithoutQuotasIsFoundOut(TestReporter report) {
        assertThat(shareLeftToOthers(report, 0)).isLessThan(0.9);
    }

    /** What a steady organisation gets in beside a flooding one, of what it gets in alone. */
    private double shareLeftToOthers(TestReporter report, int quota) {
        try (var house = House.on(
                folder.resolve("data"),
                "-Xmx512m",
                "--velvet.backlog.events=20000",
                "--velvet.intake.events-per-second=" + quota)) {
            var flooding = Client.of(house);
            var steady = Client.ofNeighbours(house);
            Steady.send(steady, "warm", Duration.ofSeconds(5));
            var alone = Steady.send(steady, "alone", MEASURED);
            try (var one = new Burst(flooding, "flood-1", 500);
                    var two = new Burst(flooding, "flood-2", 500)) {
                // Beyond what may come in one go.
                Patience.until(
                        Duration.ofMinutes(2), () -> one.acknowledged() + two.acknowledged(), count -> count >= 20);
                var beside = Steady.send(steady, "beside", MEASURED);
                report.publishEntry(
                        "of its events taken",
                        "%.0f %%, median answer %d ms, alone %d ms"
                                .formatted(
                                        100 * beside.of(alone),
                                        beside.median().toMillis(),
                                        alone.median().toMillis()));
                assertThat(one.refusals()).allMatch(said -> !said.retryAfter().isEmpty());
                return beside.of(alone);
            }
        }
    }
}
