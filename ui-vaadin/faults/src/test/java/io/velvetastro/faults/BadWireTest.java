package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F4: a database behind a wire that is slow, silent, or breaks between the work and its answer. */
@Tag("F4")
class BadWireTest {
    private static final Pattern PORT = Pattern.compile("(jdbc:postgresql://[^:/]+:)(\\d+)(/[^?]+)");
    private static final Duration BOUND = Duration.ofSeconds(25);
    /** What caches and pools may grow by while it works; whoever keeps what it cannot store exceeds it soon. */
    private static final long MOST_MORE = 128L << 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final String database = FreshDatabase.url();

    @Test
    @Tag("short")
    void slowSilentOrBrokenItAnswersInTimeStaysSmallAndStoresOnce() throws Exception {
        try (var wire = FaultyWire.to(port());
                var house = House.on(folder.resolve("data"), "--velvet.db.url=" + url(wire), "-Xmx512m")) {
            var client = Client.of(house);
            client.events(Logins.calm("warm", 100));
            int threads = threads(house);
            long held = house.heldBytes();

            whatBreaksInTheAnswerIsStoredOnce(wire, client);
            aRuleWhoseAnswerWasLostIsMadeOnce(wire, client);
            slownessIsOnlySlow(wire, client);
            silenceIsAnsweredAndPasses(wire, client);

            assertThat(threads(house)).as("threads, before " + threads).isLessThan(threads + 60);
            assertThat(house.heldBytes() - held)
                    .as("bytes held, before " + held)
                    .isLessThan(MOST_MORE);
            assertThat(house.hasSaid("OutOfMemoryError")).isFalse();
        }
    }

    /** The control: a house that keeps something of every request. */
    @Test
    @Tag("control")
    @Tag("long")
    void aHouseThatHoardsIsFoundOut() {
        try (var house = House.on(
                folder.resolve("data"), "--velvet.db.url=" + database, "--velvet.faults.hoards=true", "-Xmx512m")) {
            var client = Client.of(house);
            client.events(Logins.calm("warm", 100));
            long held = house.heldBytes();
            for (int i = 0; i < 200; i++) client.events(Logins.calm("hoarded" + i, 20));
            assertThat(house.heldBytes() - held).isGreaterThan(MOST_MORE);
        }
    }

    private static void whatBreaksInTheAnswerIsStoredOnce(FaultyWire wire, Client client) {
        var body = Logins.calm("broken", 50);
        wire.breakAfter("COPY store.telemetry", "COPY ");
        var said = client.tried("/api/v1/monitor/events", "application/x-ndjson", body, "Idempotency-Key", "broken");
        assertThat(wire.hasBroken()).isTrue();
        assertThat(said.status()).as(said.body()).isEqualTo(503);
        assertThat(said.retryAfter()).isNotEmpty();
        var again = client.tried("/api/v1/monitor/events", "application/x-ndjson", body, "Idempotency-Key", "broken");
        assertThat(again.status()).as(again.body()).isEqualTo(202);
        assertThat(again.json().path("accepted").asInt())
                .as("they were stored the first time")
                .isZero();
        assertThat(again.json().path("duplicates").asInt()).isEqualTo(50);
        var third = client.tried("/api/v1/monitor/events", "application/x-ndjson", body, "Idempotency-Key", "broken");
        assertThat(third.body()).isEqualTo(again.body());
    }

    private static void aRuleWhoseAnswerWasLostIsMadeOnce(FaultyWire wire, Client client) {
        var rule = "{\"action\":\"block\",\"network\":\"203.0.113.99/32\",\"ttlSeconds\":3600,\"reason\":\"a fault\"}";
        wire.breakAfter("INSERT INTO store.decisions", "COMMIT");
        var said = client.tried("/api/v1/defense/rules", "application/json", rule, "Idempotency-Key", "rule");
        assertThat(wire.hasBroken()).isTrue();
        assertThat(said.status()).as(said.body()).isEqualTo(503);
        var again = Patience.until(
                Duration.ofSeconds(90),
                () -> client.tried("/api/v1/defense/rules", "application/json", rule, "Idempotency-Key", "rule"),
                answer -> answer.status() == 201);
        var third = client.tried("/api/v1/defense/rules", "application/json", rule, "Idempotency-Key", "rule");
        assertThat(third.status()).isEqualTo(201);
        assertThat(third.body()).isEqualTo(again.body());
        client.awaitBlockOf("203.0.113.99", Duration.ofSeconds(60));
        assertThat(client.rulesAgainst("203.0.113.99")).hasSize(1);
    }

    private static void slownessIsOnlySlow(FaultyWire wire, Client client) {
        wire.slow(Duration.ofMillis(50));
        try (var burst = new Burst(client, "slow", 20)) {
            Patience.until(Duration.ofSeconds(60), burst::acknowledged, count -> count >= 10);
            assertThat(burst.statuses().keySet()).isSubsetOf(202, 429, 503);
        } finally {
            wire.heal();
        }
    }

    private static void silenceIsAnsweredAndPasses(FaultyWire wire, Client client) {
        Burst burst;
        try (var going = new Burst(client, "silent", 20)) {
            burst = going;
            Patience.until(Duration.ofSeconds(60), burst::acknowledged, count -> count >= 5);
            wire.blackhole(true);
            Patience.until(BOUND.plusSeconds(20), burst::refusals, refusals -> refusals.size() >= 8);
            wire.heal();
            int before = burst.acknowledged();
            Patience.until(Duration.ofSeconds(90), burst::acknowledged, count -> count > before + 5);
        }
        assertThat(burst.statuses().keySet()).isSubsetOf(202, 429, 503);
        assertThat(burst.refusals())
                .allMatch(said -> !said.retryAfter().isEmpty())
                .allMatch(said -> said.after().compareTo(BOUND) < 0);
        assertThat(burst.lostBy(client)).isZero();
        burst.finish(client);
    }

    /** The control: without our limit on how long one statement may take, silence is not answered in time. */
    @Test
    @Tag("control")
    @Tag("long")
    void aHouseThatWaitsAsLongAsItsDriverIsFoundOut() throws Exception {
        try (var wire = FaultyWire.to(port());
                var house =
                        House.on(folder.resolve("data"), "--velvet.db.url=" + url(wire), "--velvet.db.patience=300s")) {
            var client = Client.of(house);
            Burst burst;
            try (var going = new Burst(client, "waiting", 10)) {
                burst = going;
                // At work, so that the silence falls into statements: a connection that has rested is looked at first.
                Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= 20);
                wire.blackhole(true);
                Patience.pause(BOUND.plusSeconds(3));
                wire.heal();
            }
            assertThat(burst.longest()).isGreaterThan(BOUND);
        }
    }

    private int port() {
        var match = PORT.matcher(database);
        assertThat(match.find()).isTrue();
        return Integer.parseInt(match.group(2));
    }

    /** Without prepared statements the wire can read along. */
    private String url(FaultyWire wire) {
        var match = PORT.matcher(database);
        assertThat(match.find()).isTrue();
        return match.group(1) + wire.port() + match.group(3) + "?user=postgres&prepareThreshold=0";
    }

    private static int threads(House house) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + house.pid() + "/status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .map(line -> Integer.parseInt(line.substring(8).strip()))
                .findFirst()
                .orElse(0);
    }
}
