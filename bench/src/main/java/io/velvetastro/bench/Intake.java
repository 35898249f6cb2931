package io.velvetastro.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/** P1a and P1b: how fast logins become durable, one at a time and in bulk. */
final class Intake implements Bench.Measurement {
    private static final int PAIRS = 5;
    private static final double SECONDS = 8;
    private static final int BULK = 500;
    private static final int MOST_WARMING = 15;
    private static final AtomicLong NUMBER = new AtomicLong();

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        try (var database = Database.in(folder);
                var house = House.on(folder.resolve("house"), database);
                var trivial = Child.trivial(folder.resolve("trivial.log").toFile())) {
            prepare(database);
            warm(house, report);
            Load.run(64, 5, () -> new Posting(trivial.port(), "/events", "", 1));
            house.awaitReaders();
            boolean sound;
            try (var profile = Profile.of(house, folder, "single")) {
                sound = single(database, house, trivial, report);
                profile.into(report);
            }
            house.awaitReaders();
            try (var profile = Profile.of(house, folder, "bulk")) {
                sound &= bulk(database, house, report, "P1b", "aim 0.6");
                profile.into(report);
            }
            return sound & withoutTheLedger(folder.resolve("without-ledger"), report);
        }
    }

    /** One process at a time keeps the ledger. As long as we sit in that seat the house does everything else. */
    private static boolean withoutTheLedger(Path folder, Report report) throws Exception {
        Files.createDirectories(folder);
        try (var database = Database.in(folder);
                var seat = database.connect();
                var statement = seat.createStatement()) {
            statement.execute("select pg_advisory_lock(104, 1)");
            try (var house = House.on(folder.resolve("house"), database)) {
                prepare(database);
                warm(house, report);
                house.awaitReaders();
                boolean sound = bulk(database, house, report, "P1b without the ledger", "≥ 0.3");
                try (var leaves = statement.executeQuery("select count(*) from ledger.leaves")) {
                    leaves.next();
                    if (leaves.getLong(1) > 0) throw new IllegalStateException("the ledger was kept all the same");
                }
                return sound;
            }
        }
    }

    /** A house runs for months: it is measured once its virtual machine has stopped getting faster, or after two minutes. */
    private static void warm(House house, Report report) throws Exception {
        double before = 0;
        for (int round = 1; round <= MOST_WARMING; round++) {
            double rate = Load.run(
                            64, SECONDS, () -> new Posting(house.port(), "/api/v1/monitor/events", house.token(), 1))
                    .perSecond();
            report.say("warming, %d: %.0f a second", round, rate);
            if (rate < before * 1.03) return;
            before = Math.max(before, rate);
        }
    }

    private static boolean single(Database database, House house, Child trivial, Report report) throws Exception {
        var toPost = new ArrayList<Double>();
        var toInsert = new ArrayList<Double>();
        long before = house.stored();
        long accepted = 0;
        report.header(
                "P1a, 64 clients", "ours /s", "p99 ms", "CPU µs", "trivial POST /s", "CPU µs", "single-row insert /s");
        for (int pair = 0; pair < PAIRS; pair++) {
            double cpu = house.cpuSeconds() + database.cpuSeconds();
            var ours =
                    Load.run(64, SECONDS, () -> new Posting(house.port(), "/api/v1/monitor/events", house.token(), 1));
            cpu = house.cpuSeconds() + database.cpuSeconds() - cpu;
            accepted += ours.latencies().length;
            double trivialCpu = trivial.cpuSeconds();
            var post = Load.run(64, SECONDS, () -> new Posting(trivial.port(), "/events", "", 1));
            trivialCpu = trivial.cpuSeconds() - trivialCpu;
            var insert = Load.run(64, SECONDS, () -> new Inserting(database.connect()));
            toPost.add(ours.perSecond() / post.perSecond());
            toInsert.add(ours.perSecond() / insert.perSecond());
            report.row(
                    pair + 1,
                    ours.perSecond(),
                    ours.milliseconds(0.99),
                    cpu / ours.latencies().length * 1e6,
                    post.perSecond(),
                    trivialCpu / post.latencies().length * 1e6,
                    insert.perSecond());
        }
        report.verdict("P1a against a trivial POST", toPost, "≥ 0.5");
        report.verdict("P1a against a single-row insert", toInsert, "≥ 0.8");
        return check(report, accepted, house.stored() - before);
    }

    private static boolean bulk(Database database, House house, Report report, String what, String target)
            throws Exception {
        Load.run(8, SECONDS, () -> new Posting(house.port(), "/api/v1/monitor/events", house.token(), BULK));
        house.awaitReaders();
        var ratios = new ArrayList<Double>();
        long before = house.stored();
        long accepted = 0;
        report.header(
                what + ", 8 clients, 500 events a request",
                "ours rows/s",
                "p99 ms",
                "CPU µs a row",
                "turned away",
                "COPY rows/s",
                "readers caught up after s");
        for (int pair = 0; pair < PAIRS; pair++) {
            double cpu = house.cpuSeconds() + database.cpuSeconds();
            var ours = Load.run(
                    8, SECONDS, () -> new Posting(house.port(), "/api/v1/monitor/events", house.token(), BULK));
            cpu = house.cpuSeconds() + database.cpuSeconds() - cpu;
            accepted += (long) ours.latencies().length * BULK;
            double lag = house.awaitReaders();
            var copy = Load.run(8, SECONDS, () -> new Copying(database.connect()));
            ratios.add(ours.perSecond() / copy.perSecond());
            report.row(
                    pair + 1,
                    ours.perSecond() * BULK,
                    ours.milliseconds(0.99),
                    cpu / ours.latencies().length / BULK * 1e6,
                    ours.failed(),
                    copy.perSecond() * BULK,
                    lag);
        }
        report.verdict(what + " against COPY", ratios, target);
        return check(report, accepted, house.stored() - before);
    }

    private static boolean check(Report report, long accepted, long stored) {
        report.say(
                "%nAcknowledged %d events, stored %d: %s",
                accepted, stored, accepted == stored ? "none lost, none twice" : "WRONG");
        return accepted == stored;
    }

    private static void prepare(Database database) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("create table bench_rows (id bigint generated always as identity primary key, "
                    + "event_id varchar(36) unique, payload bytea)");
        }
    }

    /** Posts fresh sign-ins and insists that every one is accepted. */
    static final class Posting implements Load.Client {
        private final Wire wire;
        private final String path;
        private final String token;
        private final int events;

        Posting(int port, String path, String token, int events) throws Exception {
            this.wire = new Wire(port);
            this.path = path;
            this.token = token;
            this.events = events;
        }

        @Override
        public boolean work() throws Exception {
            var body = new StringBuilder(events * 320);
            for (int i = 0; i < events; i++)
                body.append(House.calmLogin(NUMBER.incrementAndGet())).append('\n');
            var answer = wire.send(
                    "POST", path, "application/x-ndjson", token, body.toString().getBytes(StandardCharsets.UTF_8));
            return answer.status() == 202
                    && (token.isEmpty() || answer.body().contains("\"accepted\":" + events + ","));
        }

        @Override
        public void close() throws Exception {
            wire.close();
        }
    }

    /** One durable row a transaction: the same bytes as an event. */
    private static final class Inserting implements Load.Client {
        private final Connection connection;
        private final PreparedStatement insert;

        Inserting(Connection connection) throws Exception {
            this.connection = connection;
            this.insert = connection.prepareStatement("insert into bench_rows (event_id, payload) values (?, ?)");
        }

        @Override
        public boolean work() throws Exception {
            insert.setString(1, UUID.randomUUID().toString());
            insert.setBytes(2, House.calmLogin(NUMBER.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
            return insert.executeUpdate() == 1;
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }

    /** The fastest way into a table with a primary key and a unique index. */
    private static final class Copying implements Load.Client {
        private final Connection connection;

        Copying(Connection connection) {
            this.connection = connection;
        }

        @Override
        public boolean work() throws Exception {
            var rows = new StringBuilder(BULK * 400);
            for (int i = 0; i < BULK; i++) {
                rows.append(UUID.randomUUID()).append('\t').append("\\\\x");
                for (byte b : House.calmLogin(NUMBER.incrementAndGet()).getBytes(StandardCharsets.UTF_8)) {
                    rows.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
                }
                rows.append('\n');
            }
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            return copy.copyIn(
                            "copy bench_rows (event_id, payload) from stdin", new java.io.StringReader(rows.toString()))
                    == BULK;
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }
}
