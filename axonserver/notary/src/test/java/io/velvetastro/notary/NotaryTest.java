package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Stream;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.MerkleTree;
import io.velvetastro.ledger.Note;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotaryTest extends WithAPast {
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

    @AfterEach
    void nothingFailed() {
        assertThat(notary.failure()).isNull();
    }
}
