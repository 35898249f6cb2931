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
            for (int i = 0; i < 10; i++) bursts.add(new Burst(client, "flood" + i, 500));
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
            Patience.until(Duration.ofMinutes(5), client::blocked, all -> all.containsKey("203.0.113.10"));
        }
    }
}
