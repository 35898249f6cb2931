package io.velvetastro.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What it costs to work as a role that may only what it needs: the same statements as the owner and as the house, one after the other, undone again. */
final class Rights implements Bench.Measurement {
    private static final int PAIRS = 15;
    private static final UUID SOMEBODY = UUID.nameUUIDFromBytes(new byte[] {1});

    /** @param sql takes an organisation as its only parameter */
    private record Work(String name, int times, String sql) {}

    private static final String EVENTS =
            "insert into store.telemetry (tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac)"
                    + " select ?, gen_random_uuid(), now(), 'bench', '1', decode(repeat('5a', 300), 'hex'), decode(repeat('5a', 100), 'hex'), ''::bytea from generate_series(1, ";

    private static final List<Work> WORK = List.of(
            new Work("append one event", 300, EVENTS + "1)"),
            new Work("append a thousand", 10, EVENTS + "1000)"),
            new Work(
                    "a thousand lines of a view",
                    10,
                    "insert into views.history select ?, n, gen_random_uuid(), now(), 'bench', gen_random_uuid(), null from generate_series(1, 1000) n"),
            new Work(
                    "put one row of a view",
                    300,
                    "insert into views.story_progress as t values (?, 1) on conflict (tenant) do update set position = t.position + 1"));

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        try (var database = Database.in(folder);
                var house = House.on(folder.resolve("house"), database);
                var owner = database.connect();
                var rooms = DriverManager.getConnection(database.url().replace("user=postgres", "user=velvet_house"))) {
            house.awaitReaders();
            owner.setAutoCommit(false);
            rooms.setAutoCommit(false);
            report.header("statement", "owner µs", "house µs", "ratio");
            var all = new ArrayList<Double>();
            for (var work : WORK) {
                var ratios = new ArrayList<Double>();
                double theirs = 0;
                double ours = 0;
                for (int pair = 0; pair < PAIRS; pair++) {
                    theirs = micros(owner, work);
                    ours = micros(rooms, work);
                    ratios.add(ours / theirs);
                }
                report.row(work.name, theirs, ours, Report.median(ratios));
                all.addAll(ratios);
            }
            report.verdict("Rights, the house against the owner", all, "≤ 1.05");
            return true;
        }
    }

    /** The median of many, so that a pause of the machine does not count. */
    private static double micros(Connection connection, Work work) throws SQLException {
        var micros = new ArrayList<Double>();
        for (int i = 0; i < work.times; i++) {
            long begin = System.nanoTime();
            try (var statement = connection.prepareStatement(work.sql)) {
                statement.setObject(1, SOMEBODY);
                statement.executeUpdate();
            }
            micros.add((System.nanoTime() - begin) / 1e3);
            connection.rollback();
        }
        return Report.median(micros);
    }
}
