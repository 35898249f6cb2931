package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.ledger.NotProven.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private static final String ORIGIN = "velvet.example/log";
    private static final String OWN = ORIGIN + "/0a1b2c";
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");

    private final SigningKey log = SigningKey.generate(ORIGIN, VerifierKey.Kind.LOG);
    private final SigningKey key = SigningKey.generate("witness.example", VerifierKey.Kind.WITNESS);
    private final Evidence.Memory memory = new Evidence.Memory();
    private final Witness witness = new Witness(key, ORIGIN, log.verifier(), memory);
    private final MerkleTree tree = ProofProperties.treeOf(10);

    @Test
    void itSaysWhenItSawACheckpoint() {
        var note = note(4);
        var cosigned = note.with(witness.cosign(note, first(4), NOW));
        assertThat(Cosignature.require(cosigned, key.verifier())).isEqualTo(NOW);
        assertThat(Note.parse(cosigned.toString()).signatures()).hasSize(2);
        assertThat(witness.seen(ORIGIN)).isEqualTo(4);
    }

    @Test
    void itFollowsALogThatOnlyGrows() {
        cosign(4, first(4));
        cosign(4, tree.connect(4, 4));
        cosign(9, tree.connect(4, 9));
        assertThat(witness.seen(ORIGIN)).isEqualTo(9);
    }

    @Test
    void aHistoryRewrittenWithAStolenLogKeyIsNotCosigned() {
        cosign(4, first(4));
        var rewritten = new MerkleTree();
        for (var i = 0; i < 10; i++) rewritten.append(ProofProperties.leaf(i == 2 ? -1 : i));
        var note = new Checkpoint(ORIGIN, 9, rewritten.root(9)).signed(List.of(log));
        refused(Reason.INCONSISTENT, () -> witness.cosign(note, rewritten.connect(4, 9), NOW));
        refused(Reason.INCONSISTENT, () -> witness.cosign(note, tree.connect(4, 9), NOW));
        assertThat(witness.seen(ORIGIN)).isEqualTo(4);
    }

    @Test
    void aSecondTreeOfTheSameSizeIsNotCosigned() {
        cosign(4, first(4));
        var fork = new Checkpoint(ORIGIN, 4, tree.root(5)).signed(List.of(log));
        refused(Reason.INCONSISTENT, () -> witness.cosign(fork, new ConsistencyProof(4, 4, List.of()), NOW));
    }

    @Test
    void aShorterTreeIsNotCosigned() {
        cosign(9, first(9));
        refused(Reason.INCONSISTENT, () -> witness.cosign(note(4), tree.connect(4, 4), NOW));
        refused(Reason.INCONSISTENT, () -> witness.cosign(note(4), new ConsistencyProof(9, 4, List.of()), NOW));
    }

    @Test
    void whatTheLogKeyHasNotSignedIsNotCosigned() {
        var stranger = SigningKey.generate(ORIGIN, VerifierKey.Kind.LOG);
        var note = new Checkpoint(ORIGIN, 4, tree.root(4)).signed(List.of(stranger));
        refused(Reason.UNSIGNED, () -> witness.cosign(note, first(4), NOW));
    }

    @Test
    void eachOrganisationsLogIsALogOfItsOwnAndItsPastIsNotRewrittenEither() {
        cosign(4, first(4));
        witness.cosign(own(tree, 5), first(5), NOW);
        assertThat(witness.seen(OWN)).isEqualTo(5);
        assertThat(witness.seen(ORIGIN)).isEqualTo(4);
        var rewritten = new MerkleTree();
        for (var i = 0; i < 10; i++) rewritten.append(ProofProperties.leaf(i == 2 ? -1 : i));
        refused(Reason.INCONSISTENT, () -> witness.cosign(own(rewritten, 9), rewritten.connect(5, 9), NOW));
        refused(
                Reason.INCONSISTENT,
                () -> witness.cosign(own(rewritten, 5), new ConsistencyProof(5, 5, List.of()), NOW));
        witness.cosign(own(tree, 9), tree.connect(5, 9), NOW);
    }

    @Test
    void onlyLogsOfThisHouseAreTakenAndOnlyUnderItsKeyAndTheirName() {
        for (var stranger :
                List.of("velvet.example/log2", "velvet.example/log/", OWN + "/more", "else.example/log/a")) {
            var note = new Checkpoint(stranger, 5, tree.root(5)).signed(List.of(log.named(stranger)));
            refused(Reason.WRONG_ORIGIN, () -> witness.cosign(note, first(5), NOW));
        }
        var thief = SigningKey.generate(OWN, VerifierKey.Kind.LOG);
        var note = new Checkpoint(OWN, 5, tree.root(5)).signed(List.of(thief));
        refused(Reason.UNSIGNED, () -> witness.cosign(note, first(5), NOW));
        var byThePlatforms = new Checkpoint(OWN, 5, tree.root(5)).signed(List.of(log));
        refused(Reason.UNSIGNED, () -> witness.cosign(byThePlatforms, first(5), NOW));
    }

    private Note own(MerkleTree of, int size) {
        return new Checkpoint(OWN, size, of.root(size)).signed(List.of(log.named(OWN)));
    }

    @Test
    void aLogKeyDoesNotMakeAWitness() {
        refused(Reason.MALFORMED, () -> new Witness(log, ORIGIN, log.verifier(), memory));
    }

    @Test
    void aCosignatureWithAnotherTimeIsAForgery() {
        var note = note(4);
        var line = witness.cosign(note, first(4), NOW);
        var backdated = line.signature().clone();
        backdated[7] ^= 1;
        var forged = note.with(new Note.Line(line.name(), line.keyId(), backdated));
        refused(Reason.FORGED, () -> Cosignature.require(forged, key.verifier()));
    }

    private void cosign(int size, ConsistencyProof proof) {
        witness.cosign(note(size), proof, NOW);
    }

    private Note note(int size) {
        return new Checkpoint(ORIGIN, size, tree.root(size)).signed(List.of(log));
    }

    private static ConsistencyProof first(int size) {
        return new ConsistencyProof(0, size, List.of());
    }

    private static void refused(Reason reason, Runnable act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
