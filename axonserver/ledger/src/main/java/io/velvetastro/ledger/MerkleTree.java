package io.velvetastro.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A whole tree in memory, for a verifier, a rebuild or a test. */
public final class MerkleTree implements Nodes {
    private final List<Row> rows = new ArrayList<>();
    private final Frontier frontier = new Frontier(this::keep);

    public long size() {
        return frontier.size();
    }

    public Hash root() {
        return frontier.root();
    }

    public void append(Hash leaf) {
        frontier.append(leaf);
    }

    @Override
    public Hash at(int level, long index) {
        return rows.get(level).get(Math.toIntExact(index));
    }

    private void keep(int level, long index, byte[] buffer, int at) {
        if (level == rows.size()) rows.add(new Row());
        rows.get(level).add(buffer, at);
    }

    /** The hashes of one level, packed. */
    private static final class Row {
        private byte[] bytes = new byte[16 * Hash.LENGTH];
        private int length;

        void add(byte[] buffer, int at) {
            if (length == bytes.length) bytes = Arrays.copyOf(bytes, bytes.length * 2);
            System.arraycopy(buffer, at, bytes, length, Hash.LENGTH);
            length += Hash.LENGTH;
        }

        Hash get(int index) {
            return Hash.at(bytes, index * Hash.LENGTH, Hash.LENGTH);
        }
    }
}
