package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Journal;
import io.velvetastro.language.LesserRoles;
import io.velvetastro.language.Stream;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.store.testing.FreshDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;

/** The program that keeps the ledger cannot rewrite it, even if it were told to. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
class LedgerWriterTest {
    @Autowired
    LesserRoles roles;

    @Autowired
    Administrator administrator;

    @Autowired
    Journal journal;

    @Autowired
    LedgerTables tables;

    private JdbcTemplate writer;

    @BeforeEach
    void aLedger() {
        writer = new JdbcTemplate(roles.connections(NotaryConfiguration.WRITER, 1));
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        until("something is signed", () -> tables.newestWitnessed().isPresent());
    }

    @Test
    void itMayAddAndRead() {
        assertThat(writer.queryForObject("SELECT current_user", String.class)).isEqualTo(NotaryConfiguration.WRITER);
        assertThat(writer.queryForObject("SELECT count(*) FROM ledger.leaves", Long.class))
                .isPositive();
    }

    @Test
    void everyTableOfTheLedgerIsClosedToChangeAndRemoval() {
        var all = administrator
                .template()
                .queryForList(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'ledger' AND tablename <> 'flyway_schema_history'",
                        String.class);
        assertThat(all).hasSizeGreaterThan(7);
        for (var table : all) {
            assertThat(writer.queryForList("SELECT 1 FROM ledger." + table + " LIMIT 1"))
                    .isNotNull();
            for (var order :
                    List.of("DELETE FROM ledger." + table, "TRUNCATE ledger." + table, "DROP TABLE ledger." + table))
                refused(order);
            var column = administrator
                    .template()
                    .queryForObject(
                            "SELECT attname FROM pg_attribute WHERE attrelid = ('ledger.' || ?)::regclass AND attnum > 0 AND attidentity = '' ORDER BY attnum LIMIT 1",
                            String.class,
                            table);
            refused("UPDATE ledger." + table + " SET " + column + " = " + column);
        }
    }

    /** All it can have forgotten is what a newer state stands for. */
    @Test
    void theNewestStateOfALogCannotBeForgotten() {
        until("a state was seen", () -> statesOf() > 0);
        long size = tables.logStates(here()).getLast().size();
        writer.query("SELECT ledger.forget_states(?, ?)", row -> {}, here(), size + 1);
        writer.query("SELECT ledger.forget_states(?, ?)", row -> {}, here(), Long.MAX_VALUE);
        assertThat(statesOf()).isPositive();
    }

    private int here() {
        return tables.find(HERE).orElseThrow().number();
    }

    private int statesOf() {
        return tables.logStates(here()).size();
    }

    @Test
    void whatIsNotTheLedgersIsNotItsBusiness() {
        refused("SELECT 1 FROM store.telemetry");
        refused("SELECT 1 FROM store.keys");
        refused("INSERT INTO ledger.flyway_schema_history DEFAULT VALUES");
        refused("CREATE TABLE ledger.more (x int)");
        refused("SET ROLE postgres");
    }

    private void refused(String order) {
        assertThatThrownBy(() -> writer.execute(order))
                .as(order)
                .isInstanceOfSatisfying(
                        DataAccessException.class,
                        no -> assertThat(no.getMostSpecificCause().getMessage())
                                .containsAnyOf("permission denied", "must be owner"));
    }
}
