package io.velvetastro.store.journal;

import static io.velvetastro.store.Logins.HERE;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.store.Logins;
import io.velvetastro.store.StoreOnly;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.springframework.boot.SpringApplication;

/** Compares appends by the journal with COPY of the same rows into a table with primary key and unique index; run by hand. */
final class AppendBench {
    private AppendBench() {}

    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        int batch = Integer.parseInt(arguments[1]);
        int clients = Integer.parseInt(arguments[2]);
        int pairs = Integer.parseInt(arguments[3]);
        int rows = Integer.parseInt(arguments[4]);
        try (var house = SpringApplication.run(
                StoreOnly.class,
                "--velvet.data=" + folder,
                "--velvet.backlog.events=1000000000",
                "--spring.main.banner-mode=off",
                "--logging.level.root=WARN")) {
            var db = house.getBean(HikariDataSource.class);
            var journal = house.getBean(Journal.class);
            var writer = new FactWriter(house.getBean("defaultAxonObjectMapper", ObjectMapper.class));
            try (var connection = db.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS copied (LIKE store.telemetry INCLUDING ALL)");
            }
            append(journal, Logins.logins(batch), 20_000, clients, batch);
            for (int pair = 0; pair < pairs; pair++) {
                var ours = append(journal, null, rows, clients, batch);
                var theirs = copy(db, writer, rows, clients, batch);
                IO.println(
                        "%.0f rows/s appended, %.0f rows/s copied, ratio %.2f".formatted(ours, theirs, ours / theirs));
            }
        }
    }

    private static double append(Journal journal, List<Fact> ignored, int rows, int clients, int batch)
            throws Exception {
        return rate(rows, clients, batch, client -> {
            var facts = Logins.logins(batch);
            return () -> {
                var appended = journal.append(Stream.TELEMETRY, facts);
                if (appended.size() != batch) throw new IllegalStateException("lost some");
            };
        });
    }

    private static double copy(HikariDataSource db, FactWriter writer, int rows, int clients, int batch)
            throws Exception {
        return rate(rows, clients, batch, client -> {
            var text = new StringBuilder();
            for (var fact : Logins.logins(batch)) {
                var written = writer.write(fact);
                text.append(HERE)
                        .append('\t')
                        .append(fact.id())
                        .append("\t2026-03-01 10:00:00+00\t")
                        .append(written.payloadType())
                        .append("\t1\t\\\\x")
                        .append(HexFormat.of().formatHex(written.payload()))
                        .append("\t\\\\x")
                        .append(HexFormat.of().formatHex(written.envelope()))
                        .append('\n');
            }
            var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return () -> {
                try (var connection = db.getConnection()) {
                    new CopyManager(connection.unwrap(BaseConnection.class))
                            .copyIn(
                                    "COPY copied (tenant, event_id, recorded_at, payload_type, revision, payload, envelope) FROM STDIN",
                                    new ByteArrayInputStream(bytes));
                } catch (SQLException | java.io.IOException e) {
                    throw new IllegalStateException(e);
                }
            };
        });
    }

    private interface Prepare {
        Runnable prepare(int client);
    }

    /** Work is prepared before the clock starts, so that only the append itself is measured. */
    private static double rate(int rows, int clients, int batch, Prepare work) throws Exception {
        int batches = rows / batch / clients;
        var prepared = IntStream.range(0, clients)
                .mapToObj(client ->
                        IntStream.range(0, batches).mapToObj(work::prepare).toList())
                .toList();
        var ready = new CountDownLatch(1);
        var done = new AtomicLong();
        var threads = prepared.stream()
                .map(own -> Thread.ofPlatform().start(() -> {
                    try {
                        ready.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    for (var one : own) {
                        one.run();
                        done.addAndGet(batch);
                    }
                }))
                .toList();
        long start = System.nanoTime();
        ready.countDown();
        for (var thread : threads) thread.join();
        return done.get() * 1e9 / (System.nanoTime() - start);
    }
}
