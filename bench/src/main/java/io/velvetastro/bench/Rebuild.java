package io.velvetastro.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** P3: rebuilding every view, against reading and decoding the same events and copying the same rows. */
final class Rebuild implements Bench.Measurement {
    private static final int PAIRS = 5;
    private static final int EVENTS = 200_000;

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        try (var database = Database.in(folder);
                var house = House.on(folder.resolve("house"), database);
                var connection = database.connect()) {
            Feed.calm(house, EVENTS);
            Feed.attacks(house, 2_000);
            house.awaitReaders();
            var live = digests(connection);
            var baseline = new Baseline(connection);
            var ratios = new ArrayList<Double>();
            report.header("P3", "events", "rebuild s", "events/s", "CPU s", "read, decode and COPY s");
            for (int pair = 0; pair < PAIRS; pair++) {
                double cpu = house.cpuSeconds() + database.cpuSeconds();
                double ours = rebuild(house);
                cpu = house.cpuSeconds() + database.cpuSeconds() - cpu;
                long begin = System.nanoTime();
                long events = baseline.readAndDecode() + baseline.copyRows();
                double theirs = (System.nanoTime() - begin) / 1e9;
                ratios.add(theirs / ours);
                report.row(pair + 1, events, ours, events / ours, cpu, theirs);
            }
            report.verdict("P3", ratios, "≥ 0.5");
            boolean same = live.equals(digests(connection));
            report.say("%d tables after five rebuilds: %s", live.size(), same ? "byte-identical" : "DIFFERENT");
            return same;
        }
    }

    /** All views end together; one answers for all. */
    private static double rebuild(House house) throws Exception {
        house.post("/api/v1/platform/views/rebuild");
        while (true) {
            var progress = house.get("/api/v1/platform/views/story/rebuild");
            switch (progress.get("state").asText()) {
                case "done" -> {
                    return progress.get("millis").asLong() / 1e3;
                }
                case "running" -> TimeUnit.MILLISECONDS.sleep(50);
                default -> throw new IllegalStateException(progress.toString());
            }
        }
    }

    private static List<String> tables(Connection connection) throws Exception {
        var names = new ArrayList<String>();
        try (var rows = connection
                .createStatement()
                .executeQuery(
                        "select tablename from pg_tables where schemaname = 'views' and tablename not like 'flyway%' order by 1")) {
            while (rows.next()) names.add(rows.getString(1));
        }
        return names;
    }

    private static Map<String, String> digests(Connection connection) throws Exception {
        var digests = new TreeMap<String, String>();
        for (var table : tables(connection)) {
            try (var row = connection
                    .createStatement()
                    .executeQuery("select md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) from views."
                            + table + " t")) {
                row.next();
                digests.put(table, row.getString(1));
            }
        }
        return digests;
    }

    /** The least any rebuild has to do: read each event once, decode it, and write the rows that come of it. */
    private static final class Baseline {
        private final ObjectMapper json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        private final Map<String, byte[]> rows = new LinkedHashMap<>();
        private final Connection connection;

        Baseline(Connection connection) throws Exception {
            this.connection = connection;
            for (var table : tables(connection)) {
                var bytes = new ByteArrayOutputStream();
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy views." + table + " to stdout (format binary)", bytes);
                rows.put(table, bytes.toByteArray());
                connection
                        .createStatement()
                        .execute("create table bench_" + table + " (like views." + table + " including all)");
            }
        }

        long readAndDecode() throws Exception {
            connection.setAutoCommit(false);
            long events = 0;
            for (var source : List.of(
                    "select payload_type, payload from store.telemetry order by global_index",
                    "select payload_type, payload from store.findings order by global_index",
                    "select payloadtype, payload from store.decisions order by globalindex")) {
                try (var statement = connection.createStatement()) {
                    statement.setFetchSize(5_000);
                    try (var stored = statement.executeQuery(source)) {
                        for (; stored.next(); events++)
                            json.readValue(stored.getBytes(2), Class.forName(stored.getString(1)));
                    }
                }
            }
            connection.setAutoCommit(true);
            return events;
        }

        /** Answers 0, so that it can be added to what was read. */
        long copyRows() throws Exception {
            for (var table : rows.entrySet()) {
                connection.createStatement().execute("truncate bench_" + table.getKey());
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy bench_" + table.getKey() + " from stdin (format binary)",
                                new ByteArrayInputStream(table.getValue()));
            }
            return 0;
        }
    }
}
