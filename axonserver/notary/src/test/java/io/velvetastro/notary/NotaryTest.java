package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Journal;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.Stream;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.MerkleTree;
import io.velvetastro.ledger.Note;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.testing.FreshDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
class NotaryTest {
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

    private JdbcTemplate db;
    private History history;

    @BeforeEach
    void aPast() {
        db = new JdbcTemplate(database);
        history = new History(journal, db, new TransactionTemplate(transactions), macs);
    }

    @Test
    void everyStoredEventIsALeafOfItsOrganisationsLogInTheOrderOfTheStore() {
        history.unfold(1_500);
        untilWitnessed();
        for (var tenant : List.of(HERE, ELSEWHERE)) {
            var log = tables.find(tenant).orElseThrow();
            var tree = new MerkleTree();
            for (var row : all()) {
                var owned = Leaves.of(row);
                if (owned.tenant().equals(tenant))
                    tree.append(owned.leaf(log.name()).hash());
            }
            assertThat(tables.size(log.number())).isEqualTo(tree.size());
            assertThat(tables.tree(log.number(), tree.size()).root(tree.size())).isEqualTo(tree.root());
            var anchored = tables.anchor(log.number(), Long.MAX_VALUE).orElseThrow();
            assertThat(anchored.root()).isEqualTo(tree.root());
        }
    }

    @Test
    void theCheckpointIsSignedAndTheWitnessHasSeenIt() {
        history.unfold(20);
        untilWitnessed();
        var note = Note.parse(tables.newestWitnessed().orElseThrow().note());
        assertThat(Checkpoint.trusted(note, keys.origin(), keys.verifier()).size())
                .isPositive();
        assertThat(Cosignature.require(note, keys.witnesses().getFirst().verifier()))
                .isNotNull();
    }

    @Test
    void whoIsQuietGetsNoNewCheckpoint() {
        history.unfold(5);
        untilWitnessed();
        long size = tables.newest().orElseThrow().size();
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        untilWitnessed();
        assertThat(tables.newest().orElseThrow().size()).isEqualTo(size + 1);
    }

    @Test
    void aStoreThatNobodyTouchedShowsNoDeviation() {
        history.unfold(400);
        untilWitnessed();
        var findings = StoreAudit.run(store, tables, keys);
        assertThat(findings.deviations()).isEmpty();
        assertThat(findings.events()).isEqualTo(all().size());
        assertThat(findings.unwitnessed()).isZero();
    }

    @Test
    void afterARestartTheLogsGoOnWhereTheyWere() {
        history.unfold(300);
        untilWitnessed();
        notary.stop();
        history.unfold(300);
        notary.start();
        untilWitnessed();
        assertThat(StoreAudit.run(store, tables, keys).deviations()).isEmpty();
    }

    private List<StoredBytes.Row> all() {
        return store.behind(0, 1_000_000).rows();
    }

    private void untilWitnessed() {
        long end = store.behind(0, 1_000_000).upTo();
        var last = all().getLast().position();
        until(
                () -> "all is witnessed up to " + end + ": " + notary.failure(),
                () -> tables.place() >= last
                        && tables.unanchored().isEmpty()
                        && tables.newest().map(LedgerTables.Signed::isCosigned).orElse(false));
        assertThat(notary.failure()).isNull();
    }
}
