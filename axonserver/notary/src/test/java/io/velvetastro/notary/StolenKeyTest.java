package io.velvetastro.notary;

import static io.velvetastro.notary.History.until;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;

/** Somebody has the database and the log's signing key, and writes a past in which everything fits: all hashes, all signatures. */
@DirtiesContext // Nobody else wants a house with a forged past.
class StolenKeyTest extends WithAPast {
    @Test
    void aRewriteSignedAgainWithTheStolenLogKeyIsCaughtByTheWitness() {
        history.unfold(200);
        untilWitnessed();
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
