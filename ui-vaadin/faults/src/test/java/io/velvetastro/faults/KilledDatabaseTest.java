package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F2: kill -9 of PostgreSQL in the middle of a burst, under a house that goes on. */
@Tag("F2")
class KilledDatabaseTest {
    /** However busy the machine is. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /** Counted from when anybody can have the database again: how long that itself takes to replay its log is PostgreSQL's affair, and depends on the machine. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("short")
    void theHouseLosesNothingSaysSoMeanwhileAndRecoversByItself(TestReporter report) {
        try (var house = House.on(folder.resolve("data"))) {
            var client = Client.of(house);
            client.events(Logins.attack("victim", "203.0.113.10"));
            Burst burst;
            try (var going = new Burst(client, "cut", 50)) {
                burst = going;
                Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= 40);
                house.killDatabase();
                long killed = System.nanoTime();
                int before = burst.acknowledged() + 4; // What was on its way may still be answered.
                Patience.until(RECOVERY, burst::acknowledged, count -> count > before);
                report.publishEntry("stores again after", (System.nanoTime() - killed) / 1_000_000 + " ms");
            }
            assertThat(burst.statuses().keySet())
                    .as("it stores, or says that it cannot")
                    .isSubsetOf(202, 429, 503);
            assertThat(burst.refusals())
                    .isNotEmpty()
                    .allMatch(said -> !said.retryAfter().isEmpty());
            assertThat(burst.lostBy(client)).isZero();
            burst.finish(client);
            client.awaitReaders();
            client.awaitBlockOf("203.0.113.10", Duration.ofSeconds(60));
            Sound.is(house, client, folder.resolve("bundle"));
        }
    }

    @Test
    @Tag("long")
    void itStoresAgainWithinTenSecondsOfHavingItsDatabaseBack(TestReporter report) {
        try (var house = House.on(folder.resolve("data"))) {
            var recovery = recovery(house);
            report.publishEntry("stores again after", recovery.toMillis() + " ms of a database");
            assertThat(recovery).isLessThan(PROMISED);
        }
    }

    /** The control: a house that goes on refusing for half a minute once it had to. */
    @Test
    @Tag("control")
    @Tag("long")
    void aHouseThatSulksIsFoundOut(TestReporter report) {
        try (var house = House.on(folder.resolve("data"), "--velvet.faults.sulks=30s")) {
            var recovery = recovery(house);
            report.publishEntry("stores again after", recovery.toMillis() + " ms of a database");
            assertThat(recovery).isGreaterThan(PROMISED);
        }
    }

    private static Duration recovery(House house) {
        try (var burst = new Burst(Client.of(house), "recovery", 50)) {
            Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= 40);
            house.killDatabase();
            var up = CompletableFuture.supplyAsync(() -> {
                Patience.until(RECOVERY, house::hasDatabase, has -> has);
                return System.nanoTime();
            });
            int before = burst.acknowledged() + 4; // What was on its way may still be answered.
            Patience.until(RECOVERY, burst::acknowledged, count -> count > before);
            return Duration.ofNanos(Math.max(0, System.nanoTime() - up.join()));
        }
    }

    /** The control: a database that does not wait for its disk loses what it said it had. */
    @Test
    @Tag("control")
    @Tag("short")
    void aDatabaseThatDoesNotWaitForTheDiskIsFoundOut() {
        try (var house = House.on(folder.resolve("data"))) {
            var client = Client.of(house);
            house.execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
            house.execute("ALTER SYSTEM SET wal_writer_flush_after = '1GB'");
            // For whoever connects: one role that waits would write down what the others have said before it.
            house.execute("DO $$ BEGIN EXECUTE format("
                    + "'ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
            house.execute("SELECT pg_reload_conf()");
            house.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            Burst burst;
            try (var going = new Burst(client, "careless", 50)) {
                burst = going;
                Patience.until(Duration.ofMinutes(1), burst::acknowledged, count -> count >= 60);
                house.killDatabase();
            }
            assertThat(burst.lostBy(client)).isPositive();
        }
    }
}
