package io.velvetastro.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lesser roles on the database that comes with the house, behind its passwords. */
class RolePoolsTest {
    @TempDir
    static Path data;

    private static EmbeddedDatabase database;
    private static HikariDataSource owner;
    private static RolePools roles;

    @BeforeAll
    static void open() {
        database = EmbeddedDatabase.in(data);
        owner = new HikariDataSource();
        owner.setJdbcUrl(database.getJdbcUrl());
        owner.setUsername(database.getUsername());
        owner.setPassword(database.getPassword());
        owner.setMaximumPoolSize(3);
        roles = new RolePools(database, owner);
    }

    @AfterAll
    static void close() throws IOException {
        roles.close();
        owner.close();
        database.close();
    }

    private static String ask(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = owner.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    @Test
    void aRoleThatWasMissingSignsInAsItselfAndMayNothing() throws SQLException {
        var pool = roles.connections("velvet_nobody", 2);
        assertThat(ask(pool, "select session_user || ' ' || current_user")).isEqualTo("velvet_nobody velvet_nobody");
        execute("create table kept (id int)");
        assertThatThrownBy(() -> ask(pool, "select count(*) from kept"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void anotherProcessGetsInWithoutTouchingTheRole() throws SQLException {
        roles.connections("velvet_shared", 1);
        var before = ask(owner, "select xmin::text from pg_authid where rolname = 'velvet_shared'");
        try (var another = new RolePools(database, owner)) {
            assertThat(ask(another.connections("velvet_shared", 1), "select session_user"))
                    .isEqualTo("velvet_shared");
        }
        assertThat(ask(owner, "select xmin::text from pg_authid where rolname = 'velvet_shared'"))
                .isEqualTo(before);
    }

    @Test
    void aRoleThatDoesNotGetInIsMended() throws SQLException {
        execute("create role velvet_shut");
        assertThat(ask(roles.connections("velvet_shut", 1), "select session_user"))
                .isEqualTo("velvet_shut");
        execute("alter role velvet_shut password 'another'");
        try (var another = new RolePools(database, owner)) {
            assertThat(ask(another.connections("velvet_shut", 1), "select session_user"))
                    .isEqualTo("velvet_shut");
        }
    }

    @Test
    void whatIsNoNameIsNoRole() {
        assertThatThrownBy(() -> roles.connections("x; drop table kept", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
