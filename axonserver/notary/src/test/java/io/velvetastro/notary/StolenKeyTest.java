package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.annotation.DirtiesContext;

/** Somebody has the database and the log's signing key, and writes a past in which everything fits: all hashes, all signatures. */
@DirtiesContext(
        classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD) // Nobody else wants a house with a forged past.
class StolenKeyTest extends WithAPast {
    @TempDir
    Path thiefs;

    @Test
    void aRewriteSignedAgainWithTheStolenLogKeyIsCaughtByTheWitness() throws IOException {
        for (int seen = 0; seen < 3; seen++) { // The thief's past will be of fewer signatures.
            history.unfold(70);
            untilWitnessed();
        }
        notary.stop();

        db.update("DELETE FROM store.telemetry WHERE global_index = (SELECT min(global_index) FROM store.telemetry)");
        db.execute(
                "TRUNCATE ledger.leaves, ledger.nodes, ledger.anchors, ledger.checkpoints, ledger.cosignatures, ledger.exports");
        signTheNewPast();
        keys.lastSigned().forget(); // It lies beside the stolen key.
        notary.start();

        until("the house says so", () -> notary.failure() != null);
        assertThat(requireNonNull(notary.failure()))
                .contains("contradicts itself")
                .contains("which were seen");
        var rewritten = Note.parse(tables.newest().orElseThrow().note());
        assertThat(keys.trusted(rewritten)).as("its signature is good").isNotNull();
        var witness = keys.witnesses().getFirst().verifier();
        assertThatThrownBy(() -> Cosignature.require(rewritten, witness)).isInstanceOf(NotProven.class);
        assertThat(StoreAudit.run(store, tables, keys).deviations())
                .anyMatch(deviation -> deviation.what().contains("the witness has seen"));
    }

    /** He leaves the platform's log as the witness has seen it and lets it go on: with another root of one organisation. */
    @Test
    void anotherPastOfOneOrganisationIsCaughtByTheWitnessThoughThePlatformsLogOnlyGrows() throws IOException {
        history.unfold(70);
        untilWitnessed();
        notary.stop();

        var log = tables.find(HERE).orElseThrow();
        var honest = tables.anchor(log.number(), Long.MAX_VALUE).orElseThrow().root();
        var thief = new Rewriting(database, store, log);
        thief.changeTheOldestEvent();
        anchorAndSign(log, thief.root());
        db.update("DELETE FROM ledger.exports");
        keys.lastSigned().forget();
        notary.start();

        until("the house says so", () -> notary.failure() != null);
        assertThat(requireNonNull(notary.failure()))
                .contains("contradicts itself")
                .contains("witness");
        var newest = tables.logState(log.number(), keys.witnessNames()).orElseThrow();
        assertThat(Checkpoint.parse(Note.parse(newest.note()).text()).root())
                .as("no state that is handed out has the thief's root")
                .isEqualTo(honest);
        assertThat(StoreAudit.run(store, tables, keys).deviations())
                .anyMatch(deviation -> deviation.place().startsWith("state "));
    }

    /** One leaf more in the platform's log and one signature, both as the house makes them. */
    private void anchorAndSign(LedgerTables.Log log, Hash root) {
        var own = new LedgerTables(database);
        var platform = own.platform(keys.origin());
        long size = own.size(platform.number());
        var growing = new GrowingLog(platform, own.tree(platform.number(), size), size);
        var anchored = new LedgerTables.Anchored(size, log.number(), own.size(log.number()), root);
        growing.append(anchored.anchor(log.name()).encoded());
        var nodes = new ArrayList<LedgerTables.Node>();
        own.insert(List.of(growing.take(nodes)), nodes);
        own.insertAnchors(List.of(anchored));
        var checkpoint = new Checkpoint(platform.name(), growing.size(), growing.root());
        own.insertCheckpoint(growing.size(), checkpoint.signed(keys.log()).toString());
    }

    /** Hashes and signs what is left with the house's own key, and shows it to nobody. */
    private void signTheNewPast() {
        var stolen =
                new LedgerKeys(keys.log(), keys.former(), List.of(), new LastSigned(thiefs.resolve("last-signed")));
        var work = NotaryConfiguration.work(new LedgerTables(database), store, stolen);
        work.sequencer().step();
        assertThat(work.signer().sign()).isPresent();
    }
}
