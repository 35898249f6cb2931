package io.velvetastro.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.MerkleTree;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildWitnessTest {
    private static final String ORIGIN = "velvetastro.io/log/1";

    private static final Hash ROOT = Hash.leaf(new byte[1]);

    private final SigningKey log = SigningKey.generate(ORIGIN, Kind.LOG);

    @TempDir
    Path folder;

    @Test
    void itIsAProcessOfItsOwnThatRemembersWhatItsPredecessorSaw() throws Exception {
        var tree = new MerkleTree();
        for (int i = 0; i < 5; i++) tree.append(Hash.leaf(new byte[] {(byte) i}));
        var other = new MerkleTree();
        for (int i = 0; i < 5; i++) other.append(Hash.leaf(new byte[] {(byte) -i}));

        try (var witness = new ChildWitness(folder, List.of(log.verifier()))) {
            var cosigned = note(tree, 3).with(witness.cosign(note(tree, 3), from -> tree.connect(from, 3)));
            assertThat(Cosignature.require(cosigned, witness.verifier())).isNotNull();
            assertThat(witness.verifier().name()).isEqualTo("velvetastro.io/witness/1");
            assertThat(ProcessHandle.current().children()).isNotEmpty();
        }
        try (var successor = new ChildWitness(folder, List.of(log.verifier()))) {
            assertThat(successor.last()).contains(new Checkpoint(ORIGIN, 3, tree.root(3)));
            assertThatThrownBy(() -> successor.cosign(note(other, 5), from -> other.connect(from, 5)))
                    .isInstanceOf(NotProven.class);
            assertThat(successor.cosign(note(tree, 5), from -> tree.connect(from, 5)))
                    .isNotNull();
        }
    }

    /** A busy organisation's log is shown once a second, and a house may have very many. */
    @Test
    void itStartsAgainWithAsMuchToRememberAsItsFileCanHold() throws Exception {
        try (var file = Files.newBufferedWriter(folder.resolve(WitnessFolder.SEEN_LOGS))) {
            for (int state = 0; state < 250_000; state++)
                file.append(new Checkpoint(ORIGIN + "/" + "%032x".formatted(state % 50_000), 1 + state, ROOT).text())
                        .append('\n');
        }
        try (var witness = new ChildWitness(folder, List.of(log.verifier()))) {
            assertThat(witness.last()).isEmpty();
        }
        try (var states = Files.lines(folder.resolve(WitnessFolder.SEEN_LOGS))) {
            assertThat(states.filter(String::isEmpty).count())
                    .as("it has kept the newest of each")
                    .isEqualTo(50_000);
        }
    }

    @Test
    void onceItsChildHasDiedTheNextQuestionStartsAnother() throws Exception {
        try (var witness = new ChildWitness(folder, List.of(log.verifier()))) {
            witness.last();
            var key = witness.verifier();
            for (var child : ProcessHandle.current().children().toList()) {
                child.destroyForcibly();
                child.onExit().join();
            }
            assertThat(witness.last()).isEmpty();
            assertThat(witness.verifier()).isEqualTo(key);
        }
    }

    @Test
    void aWitnessWhoseKeyIsGoneDoesNotMakeItselfAnother() throws IOException {
        var tree = new MerkleTree();
        tree.append(Hash.leaf(new byte[1]));
        var owned = new WitnessFolder(folder);
        owned.key("velvetastro.io/witness/1");
        owned.memory(ORIGIN).remember(new Checkpoint(ORIGIN, 1, tree.root(1)));
        Files.delete(owned.secret());
        assertThatThrownBy(() -> owned.key("velvetastro.io/witness/1"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("witness.key is missing");
    }

    private Note note(MerkleTree tree, int size) {
        return new Checkpoint(ORIGIN, size, tree.root(size)).signed(List.of(log));
    }
}
