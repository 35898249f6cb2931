package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F1: kill -9 of the house at random moments of a burst. */
@Tag("F1")
class KilledHouseTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("short")
    void whatItAcknowledgedIsStoredOnceAndAnsweredOnceAndProven() {
        killed(1);
    }

    @Test
    @Tag("long")
    void killedFiveTimesInARowItStillHasAllOfIt() {
        killed(5);
    }

    private void killed(int times) {
        var data = folder.resolve("data");
        var bursts = new ArrayList<Burst>();
        for (int round = 0; round < times; round++) {
            try (var house = House.on(data)) {
                var client = Client.of(house);
                var burst = new Burst(client, "kill" + round, 50);
                bursts.add(burst);
                client.events(Logins.attack("victim" + round, attacker(round)));
                int moment = 20 + RandomGenerator.getDefault().nextInt(60);
                Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= moment);
                house.kill();
                burst.stop();
            }
        }
        try (var house = House.on(data)) {
            var client = Client.of(house);
            long events = 6L * times;
            for (int round = 0; round < times; round++) {
                var burst = bursts.get(round);
                assertThat(burst.lostBy(client)).as("acknowledged and lost").isZero();
                burst.finish(client);
                client.events(Logins.attack("victim" + round, attacker(round)));
                events += burst.events();
            }
            client.awaitReaders();
            assertThat(house.count("SELECT count(*) FROM store.telemetry WHERE payload_type LIKE '%Login%'"))
                    .isGreaterThanOrEqualTo(events);
            for (int round = 0; round < times; round++) {
                var attacker = attacker(round);
                client.awaitBlockOf(attacker, Duration.ofSeconds(60));
                assertThat(client.rulesAgainst(attacker)).hasSize(1);
            }
            Sound.is(house, client, folder.resolve("bundle"));
        }
    }

    private static String attacker(int round) {
        return "203.0.113." + (10 + round);
    }

    /** The control: a house that answers before it stores is found out by the same questions. */
    @Test
    @Tag("short")
    @Tag("control")
    void aHouseThatAnswersTooEarlyIsFoundOut() {
        var data = folder.resolve("data");
        Burst burst;
        try (var house = House.on(data, "--velvet.faults.answers-early=true")) {
            burst = new Burst(Client.of(house), "early", 50);
            Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= 60);
            house.kill();
            burst.stop();
        }
        try (var house = House.on(data)) {
            assertThat(burst.lostBy(Client.of(house))).isPositive();
        }
    }
}
