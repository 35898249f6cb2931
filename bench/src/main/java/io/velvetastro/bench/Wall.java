package io.velvetastro.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Readers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the second wall costs: the same questions over the same rows, by the owner in a transaction for each and by the readers' role on the house's own way through the wall. The fastest of many blocks count: a short question has two speeds, for either of them, and goes from one to the other by itself. */
final class Wall implements Bench.Measurement {
    private static final int BLOCKS = 15;
    private static final int TIMES = 200;
    private static final int OTHERS = 20;
    private static final int ATTACKS = 3_000;

    /** One question: statements that each take the organisation as their only parameter. */
    private record Question(String name, boolean dashboard, List<String> statements) {}

    /** Asks on one connection of a pool, and gives it back when the question is answered. */
    private interface Way {
        void ask(Statements statements) throws SQLException;
    }

    private interface Statements {
        void on(Connection connection) throws SQLException;
    }

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        try (var database = Database.in(folder);
                var house = House.on(folder.resolve("house"), database);
                var owners = pool(database, "postgres");
                var readers = pool(database, "velvet_views_reader")) {
            Feed.calm(house, 20_000);
            Feed.attacks(house, ATTACKS);
            house.awaitReaders();
            var tenant = UUID.fromString(
                    house.get("/api/v1/auth/me").get("organization").get("id").asText());
            List<Question> questions;
            try (var owner = database.connect()) {
                neighbours(owner, tenant);
                questions = questions(owner, tenant);
            }
            var owner = inTheOpen(owners);
            var reader = throughTheWall(new Readers(readers), new TenantId(tenant));
            boolean same = true;
            report.header("question", "owner µs", "reader µs", "ratio", "owner, middle", "reader, middle");
            var verdicts = new ArrayList<String>();
            for (var question : questions) {
                var ours = new ArrayList<Double>();
                var theirs = new ArrayList<Double>();
                for (int block = 0; block < BLOCKS; block++) {
                    theirs.add(micros(owner, tenant, question));
                    ours.add(micros(reader, tenant, question));
                }
                double ratio = Collections.min(ours) / Collections.min(theirs);
                report.row(
                        question.name,
                        Collections.min(theirs),
                        Collections.min(ours),
                        ratio,
                        Report.median(theirs),
                        Report.median(ours));
                verdicts.add("%n**Wall, %s: %.2f** (fastest of %d blocks of %d each), target ≤ %s"
                        .formatted(question.name, ratio, BLOCKS, TIMES, question.dashboard ? "1.10" : "1.25"));
                same &= rows(owner, tenant, question).equals(rows(reader, tenant, question));
            }
            verdicts.forEach(verdict -> report.say("%s", verdict));
            report.say("both answer the same rows: %s", same ? "yes" : "NO");
            report.say("planned anew: %s by the owner, %s by the reader", planned(owners), planned(readers));
            return same;
        }
    }

    private static HikariDataSource pool(Database database, String role) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url().replace("user=postgres", "user=" + role));
        pool.setMaximumPoolSize(1);
        pool.setInitializationFailTimeout(-1); // The house makes the role.
        return pool;
    }

    /** As the house asks, if nobody needed to be told who does. */
    private static Way inTheOpen(DataSource owners) {
        return statements -> {
            try (var connection = owners.getConnection()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                statements.on(connection);
                connection.rollback();
            }
        };
    }

    private static Way throughTheWall(Readers readers, TenantId tenant) {
        return statements -> readers.<Boolean, SQLException>ask(tenant, () -> {
            statements.on(readers.connections().acquire());
            return true;
        });
    }

    /** Statements that PostgreSQL plans each time, against all that it keeps a plan for. */
    private static String planned(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var counted = connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) filter (where custom_plans > generic_plans) || ' of ' || count(*) from pg_prepared_statements")) {
            counted.next();
            return counted.getString(1);
        }
    }

    /** A wall matters where there are others: the same rows again for twenty organisations more. */
    private static void neighbours(Connection owner, UUID tenant) throws SQLException {
        for (var table : List.of(
                "attack",
                "finding",
                "attack_entity",
                "attack_hour",
                "actor_hour",
                "origin_hour",
                "incident",
                "traffic_minute",
                "rule")) {
            try (var columns = owner.createStatement()
                    .executeQuery(
                            "select string_agg(quote_ident(column_name), ', ' order by ordinal_position) from information_schema.columns "
                                    + "where table_schema = 'views' and table_name = '" + table
                                    + "' and column_name <> 'tenant'")) {
                columns.next();
                var names = columns.getString(1);
                owner.createStatement()
                        .execute("insert into views." + table + " (tenant, " + names + ") select md5(n::text)::uuid, "
                                + names + " from views." + table + ", generate_series(1, " + OTHERS
                                + ") n where tenant = '" + tenant + "'");
            }
            owner.createStatement().execute("vacuum analyze views." + table);
        }
    }

    private static List<Question> questions(Connection owner, UUID tenant) throws SQLException {
        var attack = one(owner, "select id from views.attack where tenant = '" + tenant + "' limit 1");
        var incident = one(owner, "select id from views.incident where tenant = '" + tenant + "' limit 1");
        return List.of(
                new Question(
                        "dashboard",
                        true,
                        List.of(
                                "select severity, stage, engine, outcome, sum(attacks)::bigint from views.attack_hour where tenant = ? and at >= now() - interval '1 day' group by 1, 2, 3, 4",
                                "select count(*) filter (where merged_into is null and not resolved), count(*) filter (where recorded_at >= now() - interval '1 day') from views.incident where tenant = ?",
                                "select coalesce(sum(succeeded + failed + alerts), 0)::bigint from views.traffic_minute where tenant = ? and at >= now() - interval '1 day'",
                                "select count(*) from views.rule where tenant = ? and action = 'BLOCK' and lifted_at is null and until > now()",
                                "select entity, sum(events)::bigint, max(severity) from views.actor_hour where tenant = ? and kind = 'SOURCE' and at >= now() - interval '1 day' group by 1 order by 2 desc, 1 limit 8",
                                "select origin, sum(attacks)::bigint, max(severity) from views.origin_hour where tenant = ? and at >= now() - interval '1 day' group by 1 order by 2 desc, 1 limit 50")),
                new Question(
                        "feed",
                        true,
                        List.of("select * from views.attack where tenant = ? order by last_at desc, id desc limit 51")),
                new Question(
                        "one attack",
                        false,
                        List.of(
                                "select a.*, f.score, f.explanation, f.why from views.attack a join views.finding f on f.tenant = a.tenant and f.id = a.finding where a.tenant = ? and a.id = '"
                                        + attack + "'",
                                "select * from views.attack_entity where tenant = ? and series = '" + attack
                                        + "' order by position, role, kind, name, entity limit 500",
                                "select evidence from views.finding where tenant = ? and series = '" + attack
                                        + "' order by position limit 1000")),
                new Question(
                        "one incident",
                        false,
                        List.of(
                                "select * from views.incident where tenant = ? and id = '" + incident + "'",
                                "select kind, name from views.incident_entity where tenant = ? and incident = '"
                                        + incident + "'",
                                "select * from views.finding where tenant = ? and incident = '" + incident
                                        + "' order by reached_at limit 100")));
    }

    private static String one(Connection owner, String sql) throws SQLException {
        try (var row = owner.createStatement().executeQuery(sql)) {
            if (!row.next()) throw new IllegalStateException("nothing to ask for: " + sql);
            return row.getString(1);
        }
    }

    /** The median of many, so that a pause of the machine does not count. */
    private static double micros(Way way, UUID tenant, Question question) throws SQLException {
        var micros = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            way.ask(connection -> read(connection, tenant, question, null));
            micros.add((System.nanoTime() - begin) / 1e3);
        }
        return Report.median(micros);
    }

    private static List<String> rows(Way way, UUID tenant, Question question) throws SQLException {
        var rows = new ArrayList<String>();
        way.ask(connection -> read(connection, tenant, question, rows));
        return rows;
    }

    private static void read(Connection connection, UUID tenant, Question question, @Nullable List<String> into)
            throws SQLException {
        for (var sql : question.statements)
            try (var statement = connection.prepareStatement(sql)) {
                statement.setObject(1, tenant);
                try (var found = statement.executeQuery()) {
                    int columns = found.getMetaData().getColumnCount();
                    while (found.next())
                        for (int i = 1; i <= columns; i++) {
                            var value = found.getString(i);
                            if (into != null) into.add(String.valueOf(value));
                        }
                }
            }
    }
}
