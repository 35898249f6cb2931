package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Fact;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Tile;
import io.velvetastro.notary.LedgerTables.Batch;
import io.velvetastro.notary.LedgerTables.Log;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.annotation.DirtiesContext;

/** A superuser of the database, who has none of the keys, rewrites the past so that everything in the tables fits, and waits for the house to sign it. */
@DirtiesContext // Nobody else wants a house that was lied to.
class RewrittenPastTest extends WithAPast {
    @TempDir
    Path elsewhere;

    private Log log;
    private Row old;

    @BeforeEach
    void aSignedPast() {
        if (!notary.isRunning()) notary.start();
        history.unfold(300);
        untilWitnessed();
        while (tables.size(tables.find(HERE).orElseThrow().number()) < 2 * Tile.FULL) {
            history.unfold(300);
            untilWitnessed();
        }
        log = tables.find(HERE).orElseThrow();
        old = all().stream()
                .filter(row -> row.stream() == Stream.TELEMETRY && HERE.equals(row.tenant()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEventAndAllHashesOverItWithTheKeepersConnectionCut() {
        long size = tables.newest().orElseThrow().size();
        transaction.executeWithoutResult(status -> {
            rewrite();
            db.update("DELETE FROM ledger.exports");
        });
        db.queryForList("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 104"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        until(
                "the house says so",
                () -> notary.failure() != null
                        && requireNonNull(notary.failure()).contains("contradicts itself"));
        assertThat(tables.newest().orElseThrow().size())
                .as("nothing was signed over it")
                .isEqualTo(size);
        rewriteTo(old.payloadType());
        untilWitnessed(); // Once it is put back, it goes on by itself.
    }

    @Test
    void thatIsNoticedByTheAnchorsAloneWhereTheHouseHasForgottenWhatItSigned() {
        refused(forgetful(), "root at size", this::rewrite);
    }

    @Test
    void theAnchorsAreRewrittenToo() {
        refused(forgetful(), "root of leaf", () -> {
            rewrite();
            var root = root();
            db.update(
                    "UPDATE ledger.anchors SET root = ? WHERE index = (SELECT max(index) FROM ledger.anchors WHERE log = ?)",
                    root.bytes(),
                    log.number());
        });
    }

    @Test
    void theAnchorsAreTakenAway() {
        refused(keys, "root at size", () -> {
            rewrite();
            db.update("DELETE FROM ledger.anchors WHERE log = ?", log.number());
        });
        refused(keys, "anchors of", () -> db.update("DELETE FROM ledger.anchors WHERE log = ?", log.number()));
    }

    @Test
    void theOrganisationGetsAnotherLog() {
        refused(
                keys,
                "the log",
                () -> db.update("UPDATE ledger.logs SET tenant = gen_random_uuid() WHERE number = ?", log.number()));
        refused(keys, "the log", () -> {
            db.update("UPDATE ledger.logs SET tenant = gen_random_uuid() WHERE number = ?", log.number());
            db.update("INSERT INTO ledger.logs (tenant, name) VALUES (?, 'another')", HERE.value());
        });
    }

    @Test
    void theStatesAreTakenBackToAnEarlierOne() {
        notary.stop();
        long before = tables.newest().orElseThrow().size();
        notary.start();
        history.unfold(40);
        untilWitnessed();
        for (var whose : List.of(keys, forgetful()))
            refused(whose, "which were seen", () -> {
                db.update(
                        "DELETE FROM ledger.leaves WHERE log = (SELECT number FROM ledger.logs WHERE tenant IS NULL) AND first >= ?",
                        before);
                db.update("DELETE FROM ledger.anchors WHERE index >= ?", before);
                db.update("DELETE FROM ledger.cosignatures WHERE size > ?", before);
                db.update("DELETE FROM ledger.checkpoints WHERE size > ?", before);
            });
    }

    @Test
    void thePlatformsLogIsRewritten() {
        refused(
                forgetful(),
                "root at size",
                () -> db.update("UPDATE ledger.leaves v SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0))"
                        + " WHERE log = (SELECT number FROM ledger.logs WHERE tenant IS NULL)"
                        + " AND first = (SELECT max(first) FROM ledger.leaves WHERE log = v.log)"));
    }

    @Test
    void itsPlaceIsSetForwardSoThatEventsAreNeverTaken() {
        notary.stop();
        journal.append(Stream.TELEMETRY, history.facts(20));
        refused(keys, "a leaf of this event", () -> forgePlace(store.complete()));
        refused(forgetful(), "events up to", () -> forgePlace(1L << 50));
    }

    @Test
    void itsPlaceIsSetBackSoThatEventsAreTakenAgain() {
        refused(
                keys,
                "the ledger",
                () -> db.update("UPDATE ledger.leaves SET last_position = 1 WHERE last_position > 1"));
    }

    @Test
    void thePlatformsLogIsCalledOtherwise() {
        for (var whose : List.of(keys, forgetful()))
            refused(
                    whose,
                    "expected " + keys.origin(),
                    () -> db.update("UPDATE ledger.logs SET name = 'another.example/log' WHERE tenant IS NULL"));
    }

    @Test
    void theCheckpointsAreTakenAway() {
        for (var whose : List.of(keys, forgetful())) {
            refused(whose, "nothing unsigned", () -> takeCheckpointsFrom(0));
            long newest = tables.newest().orElseThrow().size();
            refused(whose, "the root signed at", () -> takeCheckpointsFrom(newest));
        }
    }

    private void takeCheckpointsFrom(long size) {
        db.update("DELETE FROM ledger.exports WHERE size >= ?", size);
        db.update("DELETE FROM ledger.cosignatures WHERE size >= ?", size);
        db.update("DELETE FROM ledger.checkpoints WHERE size >= ?", size);
    }

    @Test
    void anAnchorIsPutBehindAllThatWasSigned() {
        for (var whose : List.of(keys, forgetful()))
            refused(
                    whose,
                    "a signed checkpoint behind it",
                    () -> db.update(
                            "UPDATE ledger.anchors SET index = 1000000000 WHERE index = (SELECT max(index) FROM ledger.anchors WHERE log = ?)",
                            log.number()));
    }

    @Test
    void theOrganisationGetsAnotherLogWhileSomebodyIsAtWork() {
        notary.stop();
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            var work = work(keys);
            db.update("UPDATE ledger.logs SET name = 'another' WHERE number = ?", log.number());
            assertThatThrownBy(() -> {
                        work.sequencer().step();
                        work.signer().sign();
                    })
                    .isInstanceOf(NotProven.class)
                    .hasMessageContaining("the log of " + HERE);
        });
        notary.start();
    }

    @Test
    void theLogOfANewOrganisationIsTakenAwayBeforeItIsSigned() {
        var recent = History.tenant("came just now");
        refusedOnceTaken(List.of(History.fact(recent), History.fact(HERE)), "a leaf of this event", () -> {
            db.update(
                    "DELETE FROM ledger.leaves WHERE log = (SELECT number FROM ledger.logs WHERE tenant = ?)",
                    recent.value());
            db.update("DELETE FROM ledger.logs WHERE tenant = ?", recent.value());
        });
    }

    @Test
    void aLeafThatIsNotSignedIsSaidToBeOfAnotherEvent() {
        refusedOnceTaken(List.of(History.fact(HERE), History.fact(HERE)), "a leaf of this event", () -> {
            var last = lastBatch();
            var positions = ByteBuffer.wrap(last.positions().clone());
            positions.putLong(positions.capacity() - 2 * Long.BYTES, old.position());
            db.update(
                    "UPDATE ledger.leaves SET positions = ? WHERE log = ? AND first = ?",
                    positions.array(),
                    log.number(),
                    last.first());
        });
    }

    @Test
    void anEventIsTakenAwayThatWasTakenButNotYetSigned() {
        var gone = History.fact(HERE);
        refusedOnceTaken(
                List.of(gone, History.fact(ELSEWHERE)),
                "leaves of the store's events",
                () -> db.update(
                        "DELETE FROM store.telemetry WHERE event_id = ?",
                        gone.id().value()));
    }

    @Test
    void doubtsAreTakenAway() {
        notary.stop();
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        db.update(
                "UPDATE store.telemetry SET mac = NULL WHERE global_index = (SELECT max(global_index) FROM store.telemetry)");
        notary.start();
        untilWitnessed();
        refused(keys, "the doubts", () -> db.update("DELETE FROM ledger.doubts"));
    }

    @Test
    void anEventIsRewrittenThatWasTakenButNotYetSigned() {
        notary.stop();
        journal.append(Stream.TELEMETRY, List.of(History.fact(ELSEWHERE), History.fact(HERE)));
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            work(keys).sequencer().step();
            db.update(
                    "UPDATE store.telemetry SET payload_type = 'x' WHERE global_index = (SELECT max(global_index) FROM store.telemetry)");
            assertThatThrownBy(() -> work(keys))
                    .isInstanceOf(NotProven.class)
                    .hasMessageContaining("what the store holds");
        });
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            work(keys).sequencer().step();
            db.update(
                    "DELETE FROM store.telemetry WHERE global_index = (SELECT max(global_index) FROM store.telemetry)");
            assertThatThrownBy(() -> work(keys)).isInstanceOf(NotProven.class);
        });
    }

    /** Whoever holds the seat has taken these and dies before it signs; somebody attacks, and another takes the seat. */
    private void refusedOnceTaken(List<Fact> facts, String because, Runnable attack) {
        notary.stop();
        journal.append(Stream.TELEMETRY, facts);
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            work(keys).sequencer().step();
            assertThatCode(() -> work(keys)).as("untouched").doesNotThrowAnyException();
            attack.run();
            assertThatThrownBy(() -> work(keys)).isInstanceOf(NotProven.class).hasMessageContaining(because);
        });
        notary.start();
    }

    /** Opens the ledger as whoever takes the seat does, lets it take one more event, and sign. */
    private void refused(LedgerKeys whose, String because, Runnable attack) {
        notary.stop();
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            assertThatCode(() -> work(whose)).as("untouched").doesNotThrowAnyException();
            attack.run();
            assertThatThrownBy(() -> {
                        var work = work(whose);
                        work.sequencer().step();
                        work.signer().sign();
                    })
                    .isInstanceOf(NotProven.class)
                    .hasMessageContaining(because);
        });
        notary.start();
    }

    private Notary.Work work(LedgerKeys whose) {
        return NotaryConfiguration.work(new LedgerTables(database), store, whose);
    }

    /** The house's own keys, but the file is not there in which it remembers what it signed. */
    private LedgerKeys forgetful() {
        return new LedgerKeys(
                keys.log(), keys.former(), keys.witnesses(), new LastSigned(elsewhere.resolve("last-signed")));
    }

    private void rewrite() {
        rewriteTo("io.velvetastro.language.LoginSucceeded");
    }

    private void rewriteTo(String payloadType) {
        new Rewriting(database, store, log).change(old.position(), payloadType);
    }

    private Hash root() {
        return new Rewriting(database, store, log).root();
    }

    private Batch lastBatch() {
        return new LedgerTables(database)
                .batchesFrom(log.number(), 0, 1_000_000)
                .getLast();
    }

    private void forgePlace(long place) {
        var last = lastBatch();
        var positions = ByteBuffer.wrap(last.positions().clone());
        positions.putLong(positions.capacity() - Long.BYTES, place);
        db.update(
                "UPDATE ledger.leaves SET positions = ?, last_position = ? WHERE log = ? AND first = ?",
                positions.array(),
                place,
                log.number(),
                last.first());
    }
}
