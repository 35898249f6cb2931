package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ProofProperties {
    private static final int SIZES = 300;
    private static final MerkleTree TREE = treeOf(SIZES);

    @Example
    void everyLeafOfEveryTreeUpTo300ProvesItself() {
        for (var size = 1; size <= SIZES; size++) {
            var root = TREE.root(size);
            for (var index = 0; index < size; index++) TREE.include(index, size).verify(leaf(index), root);
        }
    }

    @Example
    void everyTreeUpTo300ContainsEveryTreeBeforeIt() {
        for (var size = 1; size <= SIZES; size++) {
            for (var from = 1; from <= size; from++) TREE.connect(from, size).verify(TREE.root(from), TREE.root(size));
        }
    }

    @Example
    void theEdgeOfATreeKnowsEveryRootAndGoesOnWhereItIsPickedUp() {
        for (var size = 0; size < SIZES; size++) {
            var edge = Frontier.of(TREE, size, (level, index, buffer, at) -> {});
            assertThat(edge.root()).isEqualTo(TREE.root(size));
            edge.append(leaf(size));
            assertThat(edge.root()).isEqualTo(TREE.root(size + 1));
        }
    }

    @Property(tries = 300)
    void anyChangedBitOfAnInclusionProofIsNoticed(
            @ForAll @IntRange(min = 2, max = SIZES) int size, @ForAll int at, @ForAll int bit) {
        var index = Math.floorMod(at, size);
        var proof = TREE.include(index, size);
        var root = TREE.root(size);
        refused(() -> new InclusionProof(index, size, flipped(proof.path(), bit)).verify(leaf(index), root));
        refused(() -> proof.verify(flip(leaf(index), bit), root));
        refused(() -> proof.verify(leaf(index), flip(root, bit)));
        refused(() -> new InclusionProof((index + 1) % size, size, proof.path()).verify(leaf(index), root));
        refused(() -> new InclusionProof(
                        index, size, proof.path().subList(1, proof.path().size()))
                .verify(leaf(index), root));
        refused(() -> new InclusionProof(index, size, with(proof.path(), leaf(0))).verify(leaf(index), root));
    }

    @Property(tries = 300)
    void anyChangedBitOfAConsistencyProofIsNoticed(
            @ForAll @IntRange(min = 2, max = SIZES) int size, @ForAll int at, @ForAll int bit) {
        var from = 1 + Math.floorMod(at, size - 1);
        var proof = TREE.connect(from, size);
        var older = TREE.root(from);
        var newer = TREE.root(size);
        refused(() -> new ConsistencyProof(from, size, flipped(proof.path(), bit)).verify(older, newer));
        refused(() -> proof.verify(flip(older, bit), newer));
        refused(() -> proof.verify(older, flip(newer, bit)));
        refused(() -> new ConsistencyProof(from, size, with(proof.path(), leaf(0))).verify(older, newer));
        refused(() -> new ConsistencyProof(
                        from, size, proof.path().subList(1, proof.path().size()))
                .verify(older, newer));
    }

    @Property(tries = 100)
    void aHistoryInWhichOneLeafWasReplacedIsInconsistent(
            @ForAll @IntRange(min = 2, max = SIZES) int size, @ForAll int at, @ForAll int which) {
        var from = 1 + Math.floorMod(at, size - 1);
        var replaced = Math.floorMod(which, from);
        var rewritten = new MerkleTree();
        for (var i = 0; i < size; i++) rewritten.append(i == replaced ? leaf(-1) : leaf(i));
        refused(() -> rewritten.connect(from, size).verify(TREE.root(from), rewritten.root()));
    }

    @Property(tries = 200)
    void consistencyProofsSurviveTheirText(@ForAll @IntRange(min = 1, max = SIZES) int size, @ForAll int at) {
        var proof = TREE.connect(1 + Math.floorMod(at, size), size);
        assertThat(ConsistencyProof.parse(proof.text())).isEqualTo(proof);
    }

    private static void refused(Runnable verify) {
        assertThatThrownBy(verify::run).isInstanceOf(NotProven.class);
    }

    private static List<Hash> flipped(List<Hash> path, int bit) {
        var changed = new ArrayList<>(path);
        var which = Math.floorMod(bit >> 8, path.size());
        changed.set(which, flip(path.get(which), bit));
        return changed;
    }

    private static List<Hash> with(List<Hash> path, Hash more) {
        var longer = new ArrayList<>(path);
        longer.add(more);
        return longer;
    }

    private static Hash flip(Hash hash, int bit) {
        var bytes = hash.bytes();
        bytes[Math.floorMod(bit, 256) / 8] ^= (byte) (1 << (bit & 7));
        return Hash.of(bytes);
    }

    static MerkleTree treeOf(int size) {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++) tree.append(leaf(i));
        return tree;
    }

    static Hash leaf(int index) {
        return Hash.leaf(Integer.toString(index).getBytes());
    }
}
