package io.velvetastro.views;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.tenant;
import static io.velvetastro.views.jooq.Tables.RULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.views.Stories.Finding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.BadSqlGrammarException;

@OnTheReadHouse
class WallTest {
    private static final TenantId HERE = tenant("this side");
    private static final TenantId THERE = tenant("that side");

    @Autowired
    private Door door;

    @Autowired
    private Readers readers;

    private DSLContext owner;

    @Autowired
    void with(Administrator administrator) {
        owner = DSL.using(administrator.database(), SQLDialect.POSTGRES);
    }

    @Autowired
    @Walled
    private DSLContext walled;

    @Autowired
    @Walled
    private DataSource connections;

    private void tellBothSides() {
        for (var side : List.of(HERE, THERE)) {
            var finding =
                    Finding.in(side, "s" + side).named("f" + side).by("nora").from("198.51.100.9");
            door.store(new Stories()
                    .raise(finding)
                    .open(side, "i" + side, finding.lastAt(), finding)
                    .block(side, "b" + side, "198.51.100.9/32", "i" + side, NOON, Duration.ofDays(3_650))
                    .events());
        }
        Door.await(
                "both sides are read",
                () -> (long) owner.fetchValue(
                                "select count(*) from views.rule where tenant in (?, ?)", HERE.value(), THERE.value())
                        == 2);
    }

    @Test
    void everyTableStandsBehindTheWall() {
        var open = owner.fetch("""
                select c.relname from pg_class c
                where c.relnamespace = 'views'::regnamespace and c.relkind in ('r', 'p', 'm', 'v') and c.relname <> 'flyway_schema_history'
                and not (c.relrowsecurity and c.relforcerowsecurity and exists (
                    select 1 from pg_policies p where p.schemaname = 'views' and p.tablename = c.relname and p.policyname = 'own_rows'
                    and p.roles = '{velvet_views_reader}' and p.cmd = 'SELECT' and p.qual like '%tenant = (current_setting(''velvet.tenant''%'))
                """).getValues(0, String.class);
        assertThat(open).isEmpty();
        assertThat(owner.fetch(
                                "select distinct privilege_type from information_schema.role_table_grants where grantee = 'velvet_views_reader'")
                        .getValues(0, String.class))
                .containsExactly("SELECT");
    }

    @Test
    void whoReadsIsNobodySpecial() {
        assertThat(
                        owner.fetchValue(
                                "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication from pg_roles where rolname = 'velvet_views_reader'"))
                .isEqualTo(false);
        assertThat(readers.<Object, RuntimeException>ask(
                        HERE, () -> walled.fetchValue("select current_user || ' ' || session_user")))
                .isEqualTo("velvet_views_reader velvet_views_reader");
    }

    @Test
    void aQuestionThatForgetsItsOrganisationSeesNoOther() {
        tellBothSides();
        for (var table : List.of("finding", "attack", "attack_entity", "attack_hour", "incident", "rule")) {
            var seen = readers.ask(
                    HERE,
                    () -> walled.fetch("select distinct tenant from views." + table)
                            .getValues("tenant", UUID.class));
            assertThat(seen).as(table).containsExactly(HERE.value());
        }
    }

    @Test
    void theSameCarelessQuestionOfTheOwnerWouldHaveSeenAll() {
        tellBothSides();
        assertThat(owner.fetch("select distinct tenant from views.rule").getValues("tenant", UUID.class))
                .contains(HERE.value(), THERE.value());
    }

    @Test
    void wordsAreFoundInOnesOwnRowsOnly() {
        tellBothSides();
        var found = readers.ask(
                HERE,
                () -> walled.fetch("select * from views.attacks_with('%198.51.100.9%')")
                        .getValues(0));
        assertThat(found).isNotEmpty();
        assertThat(owner.fetch("select distinct tenant from views.attack where id = any(?::uuid[])", (Object)
                                found.toArray(UUID[]::new))
                        .getValues("tenant", UUID.class))
                .containsExactly(HERE.value());
    }

    @Test
    void outsideOfAQuestionThereIsNoConnection() {
        assertThatThrownBy(() -> walled.fetch("select 1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aQuestionOfOneDoesNotAskForAnother() {
        assertThatThrownBy(() -> readers.ask(HERE, () -> readers.ask(THERE, () -> 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(readers.<Integer, RuntimeException>ask(HERE, () -> readers.ask(HERE, () -> 1)))
                .isEqualTo(1);
    }

    @Test
    void whoDoesNotSayForWhomIsRefusedAlsoAfterSomebodySaidIt() throws SQLException {
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 2; i++) {
                try (var forgotten = connection.createStatement()) {
                    assertThatThrownBy(() -> forgotten.executeQuery("select * from views.attack"))
                            .isInstanceOf(SQLException.class);
                    connection.rollback();
                    forgotten.execute("select set_config('velvet.tenant', '" + HERE + "', true)");
                    forgotten.executeQuery("select * from views.attack").close();
                    connection.commit();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into views.history_name values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid())",
                "update views.attack set title = ''",
                "delete from views.attack",
                "truncate views.attack",
                "alter table views.attack disable row level security",
                "drop policy own_rows on views.attack",
                "create table views.mine (tenant uuid)",
                "create table public.mine (tenant uuid)",
                "select views.wall('views.attack')",
                "select * from store.decisions",
                "select * from store.telemetry",
                "set role postgres",
                "set session authorization postgres"
            })
    void whoReadsCanDoNothingElse(String sql) throws SQLException {
        try (var connection = connections.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select set_config('velvet.tenant', '" + HERE + "', false)");
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void aFailedQuestionLeavesNothingBehind() {
        assertThatThrownBy(() -> readers.ask(HERE, () -> walled.fetch("select * from views.nothing")))
                .isInstanceOf(BadSqlGrammarException.class);
        for (int i = 0; i < 20; i++)
            assertThat(readers.<Object, RuntimeException>ask(
                            THERE, () -> walled.fetchValue("select current_setting('velvet.tenant')")))
                    .isEqualTo(THERE.toString());
    }

    @Test
    void theCarelessModeOfTheSuiteReallyForgets() {
        assertThat(
                        WithoutPredicates.forget(
                                "select 1 from \"views\".\"attack\" where (\"views\".\"attack\".\"tenant\" = cast(? as uuid) and a.tenant = ? and tenant = b.tenant)"))
                .isEqualTo(
                        "select 1 from \"views\".\"attack\" where (cast(? as uuid) is not null and cast(? as uuid) is not null and tenant = b.tenant)");
        tellBothSides();
        var forgetful = WithoutPredicates.in(walled);
        var seen = readers.ask(
                HERE,
                () -> forgetful
                        .selectFrom(RULE)
                        .where(RULE.TENANT.eq(THERE.value()))
                        .fetch(RULE.TENANT));
        assertThat(seen).as("asked for theirs, and the question forgot it").containsOnly(HERE.value());
    }
}
