package io.velvetastro.ledger;

import java.security.DigestException;
import java.security.MessageDigest;

/**
 * The right edge of a growing tree: all that is needed to append and to know the root, a few hundred bytes for any size. For one thread.
 */
public final class Frontier {
    /** Told each node when it is finished: leaf first, then every subtree that the leaf completes. */
    @FunctionalInterface
    public interface Finished {
        void node(int level, long index, byte[] buffer, int at);
    }

    private static final Finished NOBODY = (level, index, buffer, at) -> {};

    private final MessageDigest digest = Hash.sha256();
    private final byte[] edge = new byte[63 * Hash.LENGTH];
    /** Prefix, left and right child as one block: a single call hashes a node. */
    private final byte[] pair = new byte[1 + 2 * Hash.LENGTH];

    private static final int LEFT = 1;
    private static final int RIGHT = 1 + Hash.LENGTH;

    /** Where events are put together, over and over: each hashed in one piece, with the prefix of a leaf before it. */
    private final Fields record = new Fields("", 2048);

    private final Finished finished;
    private long size;

    public Frontier() {
        this(NOBODY);
    }

    public Frontier(Finished finished) {
        this.finished = finished;
        pair[0] = 1;
    }

    /** The edge of a tree that is kept elsewhere. */
    public static Frontier of(Nodes nodes, long size, Finished finished) {
        var frontier = new Frontier(finished);
        frontier.size = size;
        for (var level = 0; level < 63; level++) {
            if ((size >>> level & 1) == 1)
                nodes.at(level, (size >>> level) - 1).copyTo(frontier.edge, level * Hash.LENGTH);
        }
        return frontier;
    }

    public long size() {
        return size;
    }

    public void append(Hash leaf) {
        leaf.copyTo(pair, RIGHT);
        grow();
    }

    /** Appends the leaf with this content, without making an object of its hash. */
    public void appendContent(byte[] content, int from, int length) {
        digest.update((byte) 0);
        digest.update(content, from, length);
        digestTo(pair, RIGHT);
        grow();
    }

    public void append(Leaf leaf) {
        leaf.write(record.again((byte) 0));
        digest.update(record.written(), 0, record.length());
        digestTo(pair, RIGHT);
        grow();
    }

    /** Appends a leaf whose content stands behind the byte 0 already. */
    public void appendPrefixed(byte[] prefixed) {
        if (prefixed[0] != 0) throw new IllegalArgumentException("A leaf's prefix is 0");
        digest.update(prefixed, 0, prefixed.length);
        digestTo(pair, RIGHT);
        grow();
    }

    private void grow() {
        var index = size;
        var level = 0;
        finished.node(level, index, pair, RIGHT);
        while ((index & 1) == 1) {
            System.arraycopy(edge, level * Hash.LENGTH, pair, LEFT, Hash.LENGTH);
            digest.update(pair, 0, pair.length);
            digestTo(pair, RIGHT);
            level++;
            index >>>= 1;
            finished.node(level, index, pair, RIGHT);
        }
        System.arraycopy(pair, RIGHT, edge, level * Hash.LENGTH, Hash.LENGTH);
        size++;
    }

    public Hash root() {
        if (size == 0) return Hash.EMPTY;
        var lowest = Long.numberOfTrailingZeros(size);
        var root = edge(lowest);
        for (var level = lowest + 1; level < 63; level++) {
            if ((size >>> level & 1) == 1) root = Hash.node(edge(level), root);
        }
        return root;
    }

    private Hash edge(int level) {
        return Hash.at(edge, level * Hash.LENGTH, Hash.LENGTH);
    }

    private void digestTo(byte[] target, int at) {
        try {
            digest.digest(target, at, Hash.LENGTH);
        } catch (DigestException impossible) {
            throw new IllegalStateException("The buffer holds a hash", impossible);
        }
    }
}
