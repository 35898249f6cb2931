package io.velvetastro.store.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key for each of 2⁴⁸ people, grown from one: a tree with sixteen branches at each of twelve forks, in which a child follows from its parent and never the other way. Whoever is forgotten is cut out: the nodes above are replaced by those beside the way down, from which everybody's key follows but one. (A puncturable pseudorandom function after Goldreich, Goldwasser and Micali.)
 */
final class KeyTree {
    static final int BYTES = 32;
    static final int FORKS = 12;
    private static final int BRANCHES = 16;
    private static final int BITS = 4;
    private static final byte[] FORK = "velvetastro.io/key-fork@v1\n".getBytes(US_ASCII);
    private static final Lent<MessageDigest> DIGESTS = new Lent<>(KeyTree::sha256);

    /** Nodes that cover all people who were not cut out; no two have anybody in common. */
    private final List<Node> nodes;

    /** Everybody below: whose first {@code depth} steps lead here. */
    private record Node(int depth, long steps, byte[] key) {
        boolean covers(long person) {
            return depth == 0 || person >>> (FORKS - depth) * BITS == steps;
        }

        Node child(int branch) {
            return new Node(depth + 1, steps << BITS | branch, DIGESTS.with(digest -> {
                digest.update(FORK);
                digest.update((byte) branch);
                return digest.digest(key);
            }));
        }

        int branchTo(long person) {
            return (int) (person >>> (FORKS - 1 - depth) * BITS) & (BRANCHES - 1);
        }
    }

    private KeyTree(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** A tree from which nobody was cut yet. */
    static KeyTree grown(byte[] root) {
        return new KeyTree(List.of(new Node(0, 0, root.clone())));
    }

    /** A person's key; empty once the person was cut out. */
    Optional<byte[]> keyOf(long person) {
        return nodes.stream()
                .filter(node -> node.covers(person))
                .findFirst()
                .map(node -> down(node, person).key());
    }

    private static Node down(Node from, long person) {
        var node = from;
        while (node.depth() < FORKS) node = node.child(node.branchTo(person));
        return node;
    }

    /** The same tree without this person's key, and without anything it follows from. */
    KeyTree without(long person) {
        var left = new ArrayList<Node>();
        for (var node : nodes) {
            if (!node.covers(person)) left.add(node);
            else
                for (var at = node; at.depth() < FORKS; at = at.child(at.branchTo(person)))
                    for (int branch = 0; branch < BRANCHES; branch++)
                        if (branch != at.branchTo(person)) left.add(at.child(branch));
        }
        return new KeyTree(left);
    }

    byte[] encoded() {
        var bytes = ByteBuffer.allocate(nodes.size() * (1 + Long.BYTES + BYTES));
        for (var node : nodes)
            bytes.put((byte) node.depth()).putLong(node.steps()).put(node.key());
        return bytes.array();
    }

    static KeyTree decoded(byte[] encoded) {
        var bytes = ByteBuffer.wrap(encoded);
        var nodes = new ArrayList<Node>();
        while (bytes.hasRemaining()) {
            int depth = bytes.get();
            long steps = bytes.getLong();
            var key = new byte[BYTES];
            bytes.get(key);
            nodes.add(new Node(depth, steps, key));
        }
        return new KeyTree(nodes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
