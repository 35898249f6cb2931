package io.velvetastro.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.notary.RestoredLedger;
import io.velvetastro.store.axon.EventJson;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.JdbcStoredBytes;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** P6 against the disk: holding everything that is stored against the ledger, its signatures and the witness, against only reading it out by COPY. {@code VELVET_BENCH_EVENTS} says how many events, a million unless it does. */
final class VerifySpeed implements Bench.Measurement {
    private static final int PAIRS = 5;
    private static final List<String> ALL = List.of(
            "global_index, tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac from store.telemetry",
            "global_index, tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac from store.findings",
            "* from store.decisions");

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        int events = Integer.parseInt(System.getenv().getOrDefault("VELVET_BENCH_EVENTS", "1000000"));
        try (var database = Database.in(folder)) {
            var data = folder.resolve("house");
            try (var house = House.on(data, database)) {
                Feed.calm(house, events);
                house.awaitReaders();
                awaitLedger(database);
            }
            try (var pool = pool(database)) {
                return measure(pool, data, database, report);
            }
        }
    }

    private static boolean measure(HikariDataSource pool, Path data, Database database, Report report)
            throws Exception {
        var macs = RowMacs.kept(data);
        copyOut(database);
        ledger(pool, data, macs).check(); // The first one teaches the virtual machine.
        var ratios = new ArrayList<Double>();
        long events = 0;
        boolean sound = true;
        report.header("P6, stored events", "events", "COPY out s", "verify s", "verify µs an event");
        for (int pair = 0; pair < PAIRS; pair++) {
            double copy = seconds(() -> copyOut(database));
            var verdicts = new ArrayList<RestoredLedger.Verdict>();
            double verify = seconds(() -> verdicts.add(ledger(pool, data, macs).check()));
            events = verdicts.getFirst().events();
            sound &= verdicts.getFirst().deviations().isEmpty();
            ratios.add(verify / copy);
            report.row(pair + 1, events, copy, verify, verify / events * 1e6);
        }
        report.verdict("P6 verify against COPY out", ratios, "≤ 1.2");
        return changeIsFound(database, ledger(pool, data, macs), report) && sound;
    }

    /** A new one for each check: the store remembers what it has looked for already. */
    private static RestoredLedger ledger(HikariDataSource pool, Path data, @Nullable RowMacs macs) {
        return new RestoredLedger(pool, new JdbcStoredBytes(pool, EventJson.mapper(), macs), data);
    }

    /** One bit of one event in the middle: the same check must name it. */
    private static boolean changeIsFound(Database database, RestoredLedger ledger, Report report) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "update store.telemetry set payload = set_byte(payload, 40, get_byte(payload, 40) # 1)"
                            + " where global_index = (select min(global_index) from store.telemetry where global_index > (select max(global_index) / 2 from store.telemetry))");
        }
        boolean found = ledger.check().deviations().size() == 1;
        report.say(
                found
                        ? "%nChecked: untouched it fits, and one changed bit is named."
                        : "%nWRONG: a change was missed.");
        return found;
    }

    private static void copyOut(Database database) throws Exception {
        try (var connection = database.connect()) {
            for (var table : ALL)
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "copy (select " + table + ") to stdout (format binary)",
                                OutputStream.nullOutputStream());
        }
    }

    private static void awaitLedger(Database database) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            while (System.nanoTime() < end) {
                try (var row = statement.executeQuery("select (select max(last_position) from ledger.leaves) >="
                        + " (select max(global_index) from store.telemetry)")) {
                    row.next();
                    if (row.getBoolean(1)) {
                        TimeUnit.SECONDS.sleep(3); // The last checkpoint is signed and witnessed once a second.
                        return;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        throw new IllegalStateException("the ledger did not catch up");
    }

    private static HikariDataSource pool(Database database) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setMaximumPoolSize(4);
        return pool;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}
