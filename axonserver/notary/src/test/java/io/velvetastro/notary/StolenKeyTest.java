package io.velvetastro.notary;

import static io.velvetastro.notary.History.until;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.annotation.DirtiesContext;

/** Somebody has the database and the log's signing key, and writes a past in which everything fits: all hashes, all signatures. */
@DirtiesContext // Nobody else wants a house with a forged past.
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

    /** Hashes and signs what is left with the house's own key, and shows it to nobody. */
    private void signTheNewPast() {
        var stolen =
                new LedgerKeys(keys.log(), keys.former(), List.of(), new LastSigned(thiefs.resolve("last-signed")));
        var work = NotaryConfiguration.work(new LedgerTables(database), store, stolen);
        work.sequencer().step();
        assertThat(work.signer().sign()).isPresent();
    }
}
