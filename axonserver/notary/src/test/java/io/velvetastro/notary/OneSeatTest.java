package io.velvetastro.notary;

import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Journal;
import io.velvetastro.language.LesserRoles;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.questions.Monitor.State;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.store.testing.FreshDatabase;
import io.velvetastro.witness.Watcher;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two processes that could keep the ledger: one does, and the other goes on where it stopped. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
class OneSeatTest {
    private static final String HOLDERS =
            "FROM pg_locks WHERE locktype = 'advisory' AND classid = 104 AND objid = 1 AND objsubid = 2 AND granted"
                    + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    @Autowired
    Journal journal;

    @Autowired
    RowMacs macs;

    @Autowired
    Administrator administrator;

    @Autowired
    StoredBytes store;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    LedgerTables tables;

    @Autowired
    LedgerKeys keys;

    @Autowired
    NotarySettings settings;

    @Value("${velvet.data}")
    String data;

    @Autowired
    LesserRoles roles;

    @Autowired
    Notary notary;

    private JdbcTemplate db;
    private History history;
    private Notary other;
    /** As another process has them: the same files, and a witness's process of its own. */
    private LedgerKeys othersKeys;

    @BeforeEach
    void aSecondNotary() {
        db = administrator.template();
        history = new History(journal, db, new TransactionTemplate(transactions), macs);
        until("the first keeps the ledger", () -> holders() == 1);
        othersKeys = new OpenedKeys(settings, data, tables.newest()).open();
        other = new Notary(
                seat(othersKeys),
                tables,
                store,
                own -> NotaryConfiguration.work(own, store, othersKeys),
                Duration.ofMillis(50));
        other.start();
        until("the second stands by", () -> other.standing().standsBy());
    }

    @AfterEach
    void goOn() {
        other.stop();
        othersKeys.witnesses().forEach(Watcher::close);
        if (!notary.isRunning()) notary.start();
    }

    @Test
    void theSecondStandsByAndKnowsHowFarTheFirstHasCome() {
        history.unfold(200);
        untilWitnessed();
        until(
                "it follows",
                () -> other.place()
                        >= store.behind(0, 1_000_000).rows().getLast().position());
        assertThat(holders()).isOne();
        assertThat(other.standing().standsBy()).isTrue();
        assertThat(other.failure()).isNull();
    }

    @Test
    void itGoesOnWhenTheFirstEndsAndNoCheckpointIsSignedTwice() {
        history.unfold(200);
        notary.stop();
        history.unfold(200);
        until("the second keeps it", () -> !other.standing().standsBy());
        untilWitnessed();
        assertThat(StoreAudit.run(store, tables, othersKeys).isClean()).isTrue();
    }

    @Test
    void whoLosesTheSeatAndLivesOnLeavesTheWitnessToTheNext() {
        history.unfold(100);
        untilWitnessed();
        until("the second has the seat", () -> {
            db.queryForList("SELECT pg_terminate_backend(pid) " + HOLDERS);
            return isKeptWithin(Duration.ofSeconds(1), other);
        });
        history.unfold(100);
        untilWitnessed();
        until("the first has noticed and stands by", () -> notary.standing().standsBy());
        assertThat(StoreAudit.run(store, tables, othersKeys).isClean()).isTrue();
    }

    @Test
    void whoStandsByNoticesThatTheHolderHangs() {
        history.unfold(50);
        untilWitnessed();
        other.stop();
        notary.stop();
        try (var hangs = seat(keys)) {
            assertThat(hangs.take()).isPresent();
            other.start();
            until("the second stands by", () -> other.standing().standsBy());
            assertThat(stateAfter(Duration.ofSeconds(1))).isEqualTo(State.UP);
            history.unfold(50);
            until("nothing was done for a while", () -> stillFor(Duration.ofSeconds(2)));
            assertThat(stateAfter(Duration.ofSeconds(31))).isEqualTo(State.DEGRADED);
        }
        untilWitnessed();
        until("the second says so", () -> stateAfter(Duration.ofSeconds(1)) == State.UP);
    }

    private boolean stillFor(Duration time) {
        return System.nanoTime() - other.standing().lookedNanos() > time.toNanos();
    }

    /** What the second would say so long after it last saw the ledger go on. */
    private State stateAfter(Duration time) {
        var standing = other.standing();
        return LedgerHealth.of(null, standing, standing.lookedNanos() + time.toNanos())
                .state();
    }

    private static boolean isKeptWithin(Duration patience, Notary notary) {
        long end = System.nanoTime() + patience.toNanos();
        while (notary.standing().standsBy() && System.nanoTime() < end) LockSupport.parkNanos(5_000_000);
        return !notary.standing().standsBy();
    }

    @Test
    void whoLosesItsConnectionLosesTheSeatAndNothingIsWrittenTwice() {
        for (int round = 0; round < 5; round++) {
            history.unfold(100);
            db.queryForList("SELECT pg_terminate_backend(pid) " + HOLDERS);
            history.unfold(100);
            until("somebody keeps it again", () -> holders() == 1);
        }
        untilWitnessed();
        until(
                "one keeps it and the other knows that it does not",
                () -> notary.standing().standsBy() != other.standing().standsBy());
        var holders = other.standing().standsBy() ? keys : othersKeys;
        assertThat(StoreAudit.run(store, tables, holders).isClean()).isTrue();
    }

    @Test
    void whoNoLongerHoldsTheSeatCannotWrite() {
        notary.stop();
        other.stop();
        try (var seat = seat(keys);
                var next = seat(othersKeys)) {
            var held = seat.take().orElseThrow();
            assertThat(next.take()).isEmpty();
            db.queryForList("SELECT pg_terminate_backend(pid) " + HOLDERS);
            until("the next has it", () -> next.take().isPresent());
            assertThatThrownBy(() -> held.insertCheckpoint(1_000_000, "forged"))
                    .isInstanceOf(DataAccessException.class);
            assertThat(tables.checkpoint(1_000_000)).isEmpty();
        }
    }

    private Seat seat(LedgerKeys owned) {
        return new Seat(roles.connections(NotaryConfiguration.WRITER, 1), owned.witnesses());
    }

    private long holders() {
        Long holders = db.queryForObject("SELECT count(*) " + HOLDERS, Long.class);
        return holders == null ? 0 : holders;
    }

    private void untilWitnessed() {
        var last = store.behind(0, 1_000_000).rows().getLast().position();
        until(
                () -> "all is witnessed up to " + last,
                () -> tables.place() >= last
                        && tables.unanchored().isEmpty()
                        && tables.newest().map(LedgerTables.Signed::isCosigned).orElse(false));
    }
}
