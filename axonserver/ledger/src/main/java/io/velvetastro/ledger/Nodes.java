package io.velvetastro.ledger;

/** The finished nodes of a tree, from which every proof is made. Level 0 are the leaves. */
@FunctionalInterface
public interface Nodes {
    /** The root of the {@code index}-th complete subtree of 2^level leaves. */
    Hash at(int level, long index);

    /** The root of the tree over the first {@code size} leaves. */
    default Hash root(long size) {
        return size == 0 ? Hash.EMPTY : range(0, size);
    }

    /** The path that leads from a leaf to the root over {@code size} leaves. */
    default InclusionProof include(long index, long size) {
        return InclusionProof.from(this, index, size);
    }

    /** The hashes that show the tree of {@code size} leaves to begin with the tree of {@code from} leaves. */
    default ConsistencyProof connect(long from, long size) {
        return ConsistencyProof.from(this, from, size);
    }

    /** The root over leaves {@code from} (inclusive) to {@code to}, where such a subtree exists. */
    default Hash range(long from, long to) {
        var width = to - from;
        if (Long.bitCount(width) == 1) {
            var level = Long.numberOfTrailingZeros(width);
            return at(level, from >>> level);
        }
        var split = from + Long.highestOneBit(width - 1);
        return Hash.node(range(from, split), range(split, to));
    }
}
