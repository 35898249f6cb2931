package io.velvetastro.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import io.velvetastro.store.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    private static final Duration STARTS_FAIL_FOR = Duration.ofSeconds(12);

    @TempDir
    Path data;

    @Test
    void whatIsStoredIsThereAfterARestartAndOnlyTheOwnerGetsIn() throws Exception {
        try (var database = EmbeddedDatabase.in(data)) {
            execute(database, "CREATE TABLE kept (n int)");
            execute(database, "INSERT INTO kept VALUES (42)");
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"})
                assertThat(ask(database, "SHOW " + setting)).as(setting).isEqualTo("on");
            assertThat(ask(database, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
            assertThatThrownBy(() -> DriverManager.getConnection(database.getJdbcUrl(), "postgres", "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
            assertThat(permissions("keys/postgres.password")).isEqualTo("rw-------");
            assertThat(permissions("postgres")).isEqualTo("rwx------");
            aSecondInstanceIsRefused();
            aKilledServerComesBack(database);
            whateverKeepsItFromStartingMayTakeItsTime(database);
        }
        try (var again = EmbeddedDatabase.in(data)) {
            assertThat(ask(again, "SELECT n FROM kept")).isEqualTo("42");
        }
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    private void aSecondInstanceIsRefused() {
        assertThatThrownBy(() -> EmbeddedDatabase.in(data))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Another Velvet Astro")
                .hasMessageNotContaining("\n");
    }

    /** Such as a full disk: here a setting that it cannot read. */
    private void whateverKeepsItFromStartingMayTakeItsTime(EmbeddedDatabase database) throws IOException {
        var settings = data.resolve("postgres").resolve("postgresql.auto.conf");
        var good = Files.readString(settings);
        Files.writeString(settings, good + "no_such_setting = on\n");
        database.process().orElseThrow().destroyForcibly();
        long killed = System.nanoTime();
        Await.until("many starts have failed", () -> System.nanoTime() - killed > STARTS_FAIL_FOR.toNanos());
        assertThat(answers(database)).isFalse();
        Files.writeString(settings, good);
        Await.until("the database answers again", Duration.ofSeconds(120), () -> answers(database));
    }

    private void aKilledServerComesBack(EmbeddedDatabase database) {
        database.process().orElseThrow().destroyForcibly();
        Await.until("the database answers again", Duration.ofSeconds(120), () -> answers(database));
    }

    private boolean answers(EmbeddedDatabase database) {
        try {
            return ask(database, "SELECT n FROM kept").equals("42");
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedInOneLine() throws IOException {
        var file = Files.createFile(data.resolve("file"));
        assertThatThrownBy(() -> EmbeddedDatabase.in(file.resolve("data")))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("Cannot write to " + file.resolve("data"))
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFullDiskIsNamedInOneLine() {
        assertThatThrownBy(() -> DataFolder.take(data, Long.MAX_VALUE))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("No space left");
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
