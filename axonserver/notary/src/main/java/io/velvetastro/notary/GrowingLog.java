package io.velvetastro.notary;

import io.velvetastro.ledger.Frontier;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.Nodes;
import io.velvetastro.ledger.Tile;
import io.velvetastro.notary.LedgerTables.Batch;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.LedgerTables.Node;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One log at its growing end: the edge of its tree in memory, and what was appended but not yet written. */
final class GrowingLog {
    private final Log log;
    private final Frontier edge;
    private final List<Node> nodes = new ArrayList<>();
    private byte[] hashes = new byte[64 * Hash.LENGTH];
    private byte[] positions = new byte[64 * Long.BYTES];
    private int pending;
    private long lastPosition;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    GrowingLog(Log log, Nodes kept, long size) {
        this.log = log;
        this.edge = Frontier.of(kept, size, this::finished);
    }

    Log log() {
        return log;
    }

    long size() {
        return edge.size();
    }

    Hash root() {
        return edge.root();
    }

    void append(byte[] content) {
        place(0, 0);
        edge.appendContent(content, 0, content.length);
        pending++;
    }

    void append(Leaf leaf, long position) {
        place(position, leaf.recordedMillis());
        edge.append(leaf);
        pending++;
    }

    private void place(long position, long recordedMillis) {
        if (pending * Long.BYTES == positions.length) positions = Arrays.copyOf(positions, positions.length * 2);
        ByteBuffer.wrap(positions).putLong(pending * Long.BYTES, position);
        lastPosition = position;
        from = Math.min(from, recordedMillis);
        to = Math.max(to, recordedMillis);
    }

    /** What is to be written; afterwards nothing is pending. */
    Batch take(List<Node> finishedNodes) {
        var batch = new Batch(
                log.number(),
                edge.size() - pending,
                pending,
                Arrays.copyOf(hashes, pending * Hash.LENGTH),
                lastPosition == 0 ? new byte[0] : Arrays.copyOf(positions, pending * Long.BYTES),
                lastPosition,
                from,
                to);
        finishedNodes.addAll(nodes);
        nodes.clear();
        pending = 0;
        from = Long.MAX_VALUE;
        to = Long.MIN_VALUE;
        return batch;
    }

    private void finished(int level, long index, byte[] buffer, int at) {
        if (level == 0) {
            if ((pending + 1) * Hash.LENGTH > hashes.length) hashes = Arrays.copyOf(hashes, hashes.length * 2);
            System.arraycopy(buffer, at, hashes, pending * Hash.LENGTH, Hash.LENGTH);
        } else if (level % Tile.HEIGHT == 0) {
            nodes.add(new Node(log.number(), level, index, Arrays.copyOfRange(buffer, at, at + Hash.LENGTH)));
        }
    }
}
