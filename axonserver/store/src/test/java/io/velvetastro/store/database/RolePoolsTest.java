package io.velvetastro.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.RoomRole;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

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
        roles = new RolePools(new Roles(database), owner);
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
        try (var another = new RolePools(new Roles(database), owner)) {
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
        try (var another = new RolePools(new Roles(database), owner)) {
            assertThat(ask(another.connections("velvet_shut", 1), "select session_user"))
                    .isEqualTo("velvet_shut");
        }
    }

    @Test
    void aProcessMayWhatItsRoomsMayAndNothingElse() throws SQLException {
        var rooms = new Roles(database);
        execute("create table first_room (id int); create table second_room (id int)");
        rooms.admit("velvet_process", List.of(new RoomRole("velvet_first")));
        rooms.admit("velvet_both", List.of(new RoomRole("velvet_first"), new RoomRole("velvet_second")));
        execute("grant select on first_room to velvet_first; grant select on second_room to velvet_second");
        var one = roles.connections("velvet_process", 1);
        assertThat(ask(one, "select count(*) from first_room")).isEqualTo("0");
        refused(one, "select count(*) from second_room");
        refused(one, "create table public.mine (id int)");
        refused(one, "create schema mine");
        refused(one, "create role mine");
        refused(one, "set session_replication_role = replica");
        refused(one, "set role postgres");
        refused(one, "grant velvet_second to velvet_process");
        assertThat(ask(roles.connections("velvet_both", 1), "select count(*) from second_room"))
                .isEqualTo("0");
    }

    @Test
    void aRoomThatIsAddedLaterIsJoined() throws SQLException {
        var rooms = new Roles(database);
        rooms.admit("velvet_grows", List.of(new RoomRole("velvet_old")));
        rooms.admit("velvet_grows", List.of(new RoomRole("velvet_old"), new RoomRole("velvet_new")));
        assertThat(ask(owner, """
                        select string_agg(r.rolname, ' ' order by r.rolname) from pg_auth_members m join pg_roles r on r.oid = m.roleid
                        where m.member = 'velvet_grows'::regrole""")).isEqualTo("velvet_new velvet_old");
    }

    @Test
    void anOrdinaryOwnerNeedsTheRightToMakeRolesAndOnlyOnce() throws SQLException {
        execute("create role plain login password 'plain'");
        var ofPlain = new Roles(new Given(database.getJdbcUrl(), "plain", "plain"));
        var house = List.of(new RoomRole("velvet_room_of_plain"));
        assertThatThrownBy(() -> ofPlain.admit("velvet_of_plain", house))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("ALTER ROLE plain CREATEROLE");
        execute("alter role plain createrole");
        ofPlain.admit("velvet_of_plain", house);
        execute("alter role plain nocreaterole");
        ofPlain.admit("velvet_of_plain", house);
    }

    @Test
    void anOwnerWhoDidNotMakeTheRolesIsToldWhichToBeGiven() throws SQLException {
        execute("create role other login createrole password 'other'");
        execute("create role velvet_of_another; create role velvet_room_of_another");
        var ofOther = new Roles(new Given(database.getJdbcUrl(), "other", "other"));
        var house = List.of(new RoomRole("velvet_room_of_another"), new RoomRole("velvet_room_of_other"));
        assertThatThrownBy(() -> ofOther.admit("velvet_of_another", house))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("GRANT velvet_of_another, velvet_room_of_another TO other WITH ADMIN OPTION");
        execute("grant velvet_of_another, velvet_room_of_another to other with admin option");
        ofOther.admit("velvet_of_another", house);
    }

    private record Given(String getJdbcUrl, String getUsername, String getPassword) implements JdbcConnectionDetails {}

    private static void refused(DataSource who, String sql) {
        assertThatThrownBy(() -> {
                    try (var connection = who.getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void whatIsNoNameIsNoRole() {
        assertThatThrownBy(() -> roles.connections("x; drop table kept", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
