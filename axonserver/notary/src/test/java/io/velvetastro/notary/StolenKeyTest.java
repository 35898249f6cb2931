package io.velvetastro.notary;

import static io.velvetastro.notary.History.until;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Journal;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.testing.FreshDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody has the database and the log's signing key, and writes a past in which everything fits: all hashes, all signatures. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
@DirtiesContext // Nobody else wants a house with a forged past.
class StolenKeyTest {
    @Autowired
    Journal journal;

    @Autowired
    RowMacs macs;

    @Autowired
    DataSource database;

    @Autowired
    StoredBytes store;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    LedgerTables tables;

    @Autowired
    LedgerKeys keys;

    @Autowired
    Notary notary;

    @Test
    void aRewriteSignedAgainWithTheStolenLogKeyIsCaughtByTheWitness() {
        var db = new JdbcTemplate(database);
        new History(journal, db, new TransactionTemplate(transactions), macs).unfold(200);
        long last = store.behind(0, 1_000).rows().getLast().position();
        until(
                "all is witnessed",
                () -> tables.place() >= last
                        && tables.newest().map(LedgerTables.Signed::isCosigned).orElse(false));
        notary.stop();

        db.update("DELETE FROM store.telemetry WHERE global_index = (SELECT min(global_index) FROM store.telemetry)");
        db.execute(
                "TRUNCATE ledger.leaves, ledger.nodes, ledger.anchors, ledger.checkpoints, ledger.cosignatures, ledger.exports");
        notary.start(); // Hashes and signs the new past with the house's own key.

        until("the house says so", () -> notary.failure() != null);
        assertThat(requireNonNull(notary.failure()))
                .contains("contradicts itself")
                .contains("witness");
        var rewritten = Note.parse(tables.newest().orElseThrow().note());
        assertThat(keys.trusted(rewritten)).as("its signature is good").isNotNull();
        var witness = keys.witnesses().getFirst().verifier();
        assertThatThrownBy(() -> Cosignature.require(rewritten, witness)).isInstanceOf(NotProven.class);
        assertThat(StoreAudit.run(store, tables, keys).deviations())
                .anyMatch(deviation -> deviation.what().contains("the witness has seen"));
    }
}
