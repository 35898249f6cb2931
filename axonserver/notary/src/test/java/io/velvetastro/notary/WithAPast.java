package io.velvetastro.notary;

import static io.velvetastro.notary.History.until;

import io.velvetastro.language.Journal;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.testing.FreshDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A store, a history that can unfold in it, and a notary that takes it all down; tests then do something to one of them, as a superuser would who writes in the house's own transaction. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
@TestPropertySource(properties = "velvet.db.role=postgres")
abstract class WithAPast {
    @Autowired
    Journal journal;

    @Autowired
    StoredBytes store;

    @Autowired
    LedgerTables tables;

    @Autowired
    LedgerKeys keys;

    @Autowired
    Notary notary;

    @Autowired
    DataSource database;

    JdbcTemplate db;
    TransactionTemplate transaction;
    History history;

    @Autowired
    void aPast(Journal journal, DataSource database, PlatformTransactionManager transactions, RowMacs macs) {
        db = new JdbcTemplate(database);
        transaction = new TransactionTemplate(transactions);
        history = new History(journal, db, transaction, macs);
    }

    List<StoredBytes.Row> all() {
        return store.behind(0, 1_000_000).rows();
    }

    void untilWitnessed() {
        long last = all().getLast().position();
        until(
                () -> "all is witnessed up to " + last + ": " + notary.failure(),
                () -> tables.place() >= last
                        && tables.unanchored().isEmpty()
                        && tables.newest().map(LedgerTables.Signed::isCosigned).orElse(false)
                        && tables.unseen(keys.witnessNames()).isEmpty());
    }
}
