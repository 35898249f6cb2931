package io.velvetastro.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One durable PostgreSQL that the house and the baselines share, so that both meet the same disk. */
final class Database implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Path rows;
    private final String name;

    private Database(EmbeddedPostgres postgres, Path rows, String name) {
        this.postgres = postgres;
        this.rows = rows;
        this.name = name;
    }

    /** Another database of the same server, which ends with this one. */
    Database beside(String name) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new Database(postgres, rows, name);
    }

    static Database in(Path folder) throws IOException {
        var rows = folder.resolve("postgres");
        return new Database(
                EmbeddedPostgres.builder()
                        .setDataDirectory(rows)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_wal_size", "4GB")
                        .start(),
                rows,
                "postgres");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name + "?user=postgres";
    }

    int port() {
        return postgres.getPort();
    }

    /** Processor seconds of the server and its backends. They are no children of ours: who starts the server leaves it to the machine. */
    double cpuSeconds() throws IOException {
        long server = Long.parseLong(
                Files.readAllLines(rows.resolve("postmaster.pid")).getFirst());
        return Cpu.secondsOf(ProcessHandle.of(server).orElseThrow());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
