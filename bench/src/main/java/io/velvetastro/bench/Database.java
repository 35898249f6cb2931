package io.velvetastro.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One durable PostgreSQL that the house and the baselines share, so that both meet the same disk. */
final class Database implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final String name;

    private Database(EmbeddedPostgres postgres, String name) {
        this.postgres = postgres;
        this.name = name;
    }

    /** Another database of the same server, which ends with this one. */
    Database beside(String name) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new Database(postgres, name);
    }

    static Database in(Path folder) throws IOException {
        return new Database(
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("postgres"))
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_wal_size", "4GB")
                        .start(),
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

    /** Processor seconds of the server and its backends; they are our grandchildren's only relation, so they are found by the postmaster's port file. */
    double cpuSeconds() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .mapToDouble(process -> process.info()
                        .totalCpuDuration()
                        .map(d -> d.toNanos() / 1e9)
                        .orElse(0.0))
                .sum();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
