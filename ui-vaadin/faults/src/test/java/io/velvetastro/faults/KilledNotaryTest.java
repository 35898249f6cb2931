package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.store.testing.FreshDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F12: of two houses on one database one keeps the ledger; it is killed in a burst, and the other goes on where it stopped. */
@Tag("F12")
class KilledNotaryTest {
    private static final String HOLDER =
            "FROM pg_locks WHERE locktype = 'advisory' AND classid = 104 AND objid = 1 AND objsubid = 2 AND granted"
                    + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    private static final String BEHIND =
            "SELECT (SELECT coalesce(max(global_index), 0) FROM store.telemetry) - (SELECT max(last_position) FROM ledger.leaves)";
    /** Leaves of a log follow each other: none is missing and none is there twice. */
    private static final String GAPS =
            "SELECT count(*) FROM (SELECT first - lag(first + size, 1, 0::bigint) OVER (PARTITION BY log ORDER BY first) AS gap FROM ledger.leaves) AS all_of_them WHERE gap <> 0";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final String database = FreshDatabase.url();

    @Test
    @Tag("long")
    void theOtherTakesTheSeatAndTheLedgerHasNoGapAndNoLeafTwice(TestReporter report) throws Exception {
        try (var first = node()) {
            Client.of(first);
            try (var other = node()) {
                var client = Client.of(other);
                assertThat(health(client)).contains("another process keeps the ledger");
                try (var burst = new Burst(client, "seat", 50)) {
                    Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= 40);
                    first.kill();
                    long killed = System.nanoTime();
                    Patience.until(
                            Duration.ofSeconds(30), () -> count("SELECT count(*) " + HOLDER), count -> count == 1);
                    Patience.until(
                            Duration.ofSeconds(30),
                            () -> health(client),
                            says -> !says.contains("another process keeps the ledger"));
                    report.publishEntry(
                            "taken over",
                            Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms");
                    Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= 80);
                }
                Patience.until(Duration.ofMinutes(1), () -> count(BEHIND), behind -> behind <= 0);
                assertThat(count(GAPS)).isZero();
                var now = Instant.now();
                var question = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(now.minusSeconds(3), now.plusSeconds(1));
                client.events(Logins.attack("victim", "203.0.113.10"));
                assertThat(OfflineProof.of(client, question, folder.resolve("bundle")))
                        .isPositive();
            }
        }
    }

    /** The control: where the seat never becomes free nobody goes on, and the same question finds out. */
    @Test
    @Tag("long")
    @Tag("control")
    void aSeatThatIsKeptByTheDeadIsFoundOut() throws Exception {
        try (var dead = DriverManager.getConnection(database);
                var node = node()) {
            var client = Client.of(node);
            Patience.until(Duration.ofSeconds(30), () -> count("SELECT count(*) " + HOLDER), count -> count == 1);
            dead.createStatement()
                    .execute("SELECT pg_terminate_backend(pid) " + HOLDER + "; SELECT pg_advisory_lock(104, 1)");
            Patience.until(
                    Duration.ofSeconds(30),
                    () -> health(client),
                    says -> says.contains("another process keeps the ledger"));
            client.events(Logins.attack("victim", "203.0.113.10"));
            client.awaitReaders();
            assertThat(count(BEHIND)).isPositive();
        }
    }

    private static String health(Client client) {
        return client.get("/api/v1/monitor/health").toString();
    }

    private House node() {
        return House.on(folder.resolve("data"), "--velvet.db.url=" + database);
    }

    private long count(String sql) {
        try (var connection = DriverManager.getConnection(database);
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
