package io.velvetastro.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.app.VelvetAstro;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** What the connections of a running house may do, and what the database refuses them whatever the program says. */
@SpringBootTest(
        classes = VelvetAstro.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "velvet.demo.traffic=false")
@ContextConfiguration(initializers = FreshDatabase.class)
@Import(Unguarded.class)
@ActiveProfiles("demo")
class RightsTest {
    private static final String PERMISSION_DENIED = "42501";
    private static final String AN_EVENT =
            "(tenant, event_id, recorded_at, payload_type, payload, envelope) values (gen_random_uuid(), gen_random_uuid(), now(), 'forged', '', '')";

    @Autowired
    DataSource house;

    @Autowired
    Administrator administrator;

    @Test
    void everyRightIsOnThePage() throws IOException {
        var printed = new Rights(administrator.db()).page();
        var file = Path.of(System.getProperty("velvet.root", "../.."), "docs", "database-rights.md");
        if (Boolean.getBoolean("velvet.print")) Files.writeString(file, printed);
        assertThat(Files.readString(file))
                .as("run with -Dvelvet.print=true to print it anew")
                .isEqualTo(printed);
    }

    /** The control: what somebody adds tomorrow, and says to nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table identity.unheard_of (id int)",
                "grant update on store.telemetry to velvet_events",
                "grant update (payload) on store.decisions to velvet_store",
                "grant select on ledger.leaves to public",
                "revoke insert on views.attack from velvet_views",
                "grant create on schema views to velvet_views",
                "grant velvet_ledger to velvet_house",
                "create function store.obliging() returns int language sql security definer as 'select 1'"
            })
    void whatChangesIsNotOnThePage(String sql) {
        var page = new Rights(administrator.db()).page();
        administrator.transaction().executeWithoutResult(status -> {
            status.setRollbackOnly();
            administrator.db().sql(sql).update();
            assertThat(new Rights(administrator.db()).page()).isNotEqualTo(page);
        });
    }

    @Test
    void theHouseWorksAsNobodySpecial() {
        assertThat(administrator.db().sql("""
                                select rolname from pg_roles where starts_with(rolname, 'velvet_')
                                and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)""").query(String.class).list()).isEmpty();
        assertThat(administrator.db().sql("""
                                select relname from pg_class join pg_roles r on r.oid = relowner where starts_with(r.rolname, 'velvet_')
                                union all select nspname from pg_namespace join pg_roles r on r.oid = nspowner where starts_with(r.rolname, 'velvet_')""").query(String.class).list()).isEmpty();
        assertThat(JdbcClient.create(house)
                        .sql("select session_user || ' ' || current_user")
                        .query(String.class)
                        .single())
                .isEqualTo("velvet_house velvet_house");
    }

    static Stream<String> whatNobodyDoesToAnEvent() {
        return Stream.of("store.telemetry", "store.findings", "store.decisions")
                .flatMap(table -> Stream.of(
                        "update " + table + " set payload = ''",
                        "update " + table + " set mac = null",
                        "delete from " + table,
                        "truncate " + table,
                        "select 1 from " + table + " for update",
                        "alter table " + table + " disable trigger all",
                        "drop table " + table));
    }

    static Stream<String> whatNobodyDoesAtAll() {
        return Stream.of(
                "insert into store.telemetry (global_index, tenant) values (7, gen_random_uuid())",
                "select setval('store.global_index', 1)",
                "delete from store.keys",
                "select * from ledger.leaves",
                "insert into ledger.logs (name) values ('another')",
                "delete from ledger.checkpoints",
                "select * from identity.flyway_schema_history",
                "delete from store.flyway_schema_history",
                "delete from identity.organization",
                "delete from identity.member",
                "truncate views.attack",
                "alter table views.attack disable row level security",
                "drop policy own_rows on views.attack",
                "select views.wall('views.attack')",
                "select views.index_shadow('story', 'attack', true)",
                "create table views.mine (id int)",
                "create table public.mine (id int)",
                "create schema mine",
                "create role mine",
                "grant velvet_ledger to velvet_house",
                "set role postgres",
                "set role velvet_ledger",
                "set role velvet_backup",
                "set session authorization postgres",
                "set session_replication_role = replica",
                "select pg_read_file('/etc/passwd')",
                "copy store.keys to program 'cat'",
                "alter system set fsync = off");
    }

    @ParameterizedTest
    @MethodSource({"whatNobodyDoesToAnEvent", "whatNobodyDoesAtAll"})
    void theDatabaseRefusesTheHouse(String sql) {
        assertThatThrownBy(() -> {
                    try (var connection = house.getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(PERMISSION_DENIED));
    }

    /** The control: it is the role that is refused, not the statement. */
    @Test
    void theOwnerCouldChangeAnEvent() {
        administrator.transaction().executeWithoutResult(status -> {
            status.setRollbackOnly();
            var db = administrator.db();
            assertThat(db.sql("insert into store.telemetry " + AN_EVENT).update())
                    .isOne();
            for (var order : List.of("update store.telemetry set payload = 'y'", "delete from store.telemetry"))
                assertThat(db.sql(order + " where payload_type = 'forged'").update())
                        .isOne();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select views.make_shadow('story', '{flyway_schema_history}')",
                "select views.make_shadow('story', '{nothing}')",
                "select views.make_shadow('story\"; drop table views.attack; --', '{attack}')",
                "select views.drop_shadow('../views')"
            })
    void aRebuildMakesRoomForTablesBehindTheWallAlone(String sql) {
        assertThatThrownBy(() -> {
                    try (var connection = house.getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("ERROR: no ");
    }
}
