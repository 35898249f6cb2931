package io.velvetastro.store.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Stream;
import io.velvetastro.store.Logins;
import io.velvetastro.store.axon.EventJson;
import io.velvetastro.store.database.EmbeddedDatabase;
import io.velvetastro.store.journal.Admission;
import io.velvetastro.store.journal.FactWriter;
import io.velvetastro.store.journal.JdbcJournal;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.JdbcStreams;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.serialization.json.JacksonSerializer;
import org.flywaydb.core.Flyway;

/** A house in a process of its own, which appends until it is killed and says which appends were acknowledged. */
final class Burst {
    static final int BATCH = 10;

    private Burst() {}

    public static void main(String... arguments) throws Exception {
        var database = EmbeddedDatabase.in(Path.of(arguments[0]));
        IO.println("server " + database.process().orElseThrow().pid());
        var pool = pool(database);
        Flyway.configure()
                .dataSource(pool)
                .schemas("store")
                .defaultSchema("store")
                .locations("classpath:db/store")
                .load()
                .migrate();
        if (arguments[1].equals("careless")) beCareless(pool);
        var streams = new JdbcStreams(
                pool,
                JacksonSerializer.builder().objectMapper(EventJson.mapper()).build(),
                null);
        var journal = new JdbcJournal(
                pool,
                new FactWriter(EventJson.mapper()),
                RowMacs.open(pool, Path.of(arguments[0])),
                streams,
                new Admission(() -> 0, 1, Duration.ZERO),
                Clock.systemUTC());
        for (int batch = 0; ; batch++) {
            journal.append(Stream.TELEMETRY, facts(batch));
            IO.println("acknowledged " + batch);
        }
    }

    static List<Fact> facts(int batch) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> Logins.login(Logins.HERE, id(batch, i)))
                .toList();
    }

    static EventId id(int batch, int i) {
        return new EventId(UUID.nameUUIDFromBytes((batch + "/" + i).getBytes()));
    }

    static HikariDataSource pool(EmbeddedDatabase database) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.getJdbcUrl());
        pool.setUsername(database.getUsername());
        pool.setPassword(database.getPassword());
        return pool;
    }

    /** What the house never does: answer before the log is written. */
    private static void beCareless(HikariDataSource pool) throws Exception {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET synchronous_commit = off");
            statement.execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
            statement.execute(
                    "ALTER SYSTEM SET wal_writer_flush_after = '1GB'"); // Or it writes whenever a megabyte is full.
            statement.execute("ALTER ROLE postgres SET synchronous_commit = off");
            statement.execute("SELECT pg_reload_conf()");
        }
        pool.getHikariPoolMXBean().softEvictConnections();
    }
}
