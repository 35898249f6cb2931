package io.velvetastro.store.streams;

import static io.velvetastro.store.Logins.logins;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Journal;
import io.velvetastro.language.StoredBytes.Flaw;
import io.velvetastro.language.Stream;
import io.velvetastro.store.OnAFreshStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A superuser can put a row where no index sees it, and every rule stands again as if nothing had been. */
@OnAFreshStore
@TestPropertySource(properties = "velvet.db.role=postgres")
class OnceOnlyTest {
    private static final String SAME = "tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac";

    @Autowired
    Journal journal;

    @Autowired
    DataSource database;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void aCopyThatNoIndexKnowsIsFoundAlsoWhereTheDatabaseWasToldToReadIndexesOnly() {
        journal.append(Stream.TELEMETRY, logins(50));
        var db = new JdbcTemplate(database);
        new TransactionTemplate(transactions).executeWithoutResult(open -> {
            open.setRollbackOnly();
            db.execute("SET LOCAL enable_seqscan = off");
            assertThat(new OnceOnly(db).flaws()).isEmpty();
            heedIndex(db, false);
            db.update("INSERT INTO store.telemetry (" + SAME + ") SELECT " + SAME
                    + " FROM store.telemetry ORDER BY global_index LIMIT 1");
            heedIndex(db, true);
            assertThat(new OnceOnly(db).flaws())
                    .extracting(Flaw::what)
                    .singleElement()
                    .asString()
                    .startsWith("hold the same event");
        });
    }

    private static void heedIndex(JdbcTemplate db, boolean heed) {
        db.update("UPDATE pg_index SET indisready = ? WHERE indexrelid = 'store.telemetry_once'::regclass", heed);
    }
}
