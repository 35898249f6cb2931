package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.ArrayList;
import java.util.List;

/** That a newer tree begins with all of an older one. RFC 9162 §2.1.4. */
public record ConsistencyProof(long from, long size, List<Hash> path) {
    private static final String HEADER = "velvetastro.io/consistency@v1";

    public ConsistencyProof {
        path = List.copyOf(path);
    }

    static ConsistencyProof from(Nodes nodes, long from, long size) {
        if (from < 1 || from > size) {
            throw new IllegalArgumentException("A tree of " + size + " does not begin with one of " + from);
        }
        var path = new ArrayList<Hash>();
        var start = 0L;
        var end = size;
        var wholeOld = true; // The old tree's own root is known to the verifier and left out.
        while (from != end) {
            var split = start + Long.highestOneBit(end - start - 1);
            if (from <= split) {
                path.add(nodes.range(split, end));
                end = split;
            } else {
                path.add(nodes.range(start, split));
                start = split;
                wholeOld = false;
            }
        }
        if (!wholeOld) path.add(nodes.range(start, end));
        return new ConsistencyProof(from, size, path.reversed());
    }

    public void verify(Hash oldRoot, Hash newRoot) {
        // An empty tree is the beginning of every tree: a proof from it would prove nothing.
        if (from < 1 || from > size) {
            throw new NotProven(Reason.INCONSISTENT, "consistency proof", "sizes from 1 up", from + " to " + size);
        }
        if (from == size) {
            if (!path.isEmpty()) {
                throw new NotProven(Reason.INCONSISTENT, "consistency proof", "no hashes for one tree", path.size());
            }
            require("root at size " + from, oldRoot, newRoot);
            return;
        }
        var hashes = path;
        if (Long.bitCount(from) == 1) {
            hashes = new ArrayList<>();
            hashes.add(oldRoot);
            hashes.addAll(path);
        }
        if (hashes.isEmpty()) throw new NotProven(Reason.INCONSISTENT, "consistency proof", "hashes", "none");
        var at = from - 1;
        var last = size - 1;
        while ((at & 1) == 1) {
            at >>>= 1;
            last >>>= 1;
        }
        var older = hashes.getFirst();
        var newer = older;
        for (var hash : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                throw new NotProven(
                        Reason.INCONSISTENT, "consistency proof", "no hash beyond the root", path.size() + " hashes");
            }
            if ((at & 1) == 1 || at == last) {
                older = Hash.node(hash, older);
                newer = Hash.node(hash, newer);
                while (at != 0 && (at & 1) == 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                newer = Hash.node(newer, hash);
            }
            at >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            throw new NotProven(
                    Reason.INCONSISTENT, "consistency proof", "a hash for every level", path.size() + " hashes");
        }
        require("root at size " + from, oldRoot, older);
        require("root at size " + size, newRoot, newer);
    }

    public String text() {
        var text = new StringBuilder(HEADER)
                .append("\nfrom ")
                .append(from)
                .append("\nsize ")
                .append(size)
                .append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.toString();
    }

    public static ConsistencyProof parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[0].equals(HEADER) || !lines[lines.length - 1].isEmpty()) {
            throw new NotProven(Reason.MALFORMED, "consistency proof", HEADER, Text.shown(text));
        }
        var from = Text.number(Text.after("from ", lines[1], "consistency proof"), "consistency proof");
        var size = Text.number(Text.after("size ", lines[2], "consistency proof"), "consistency proof");
        return new ConsistencyProof(from, size, Anchor.hashes(lines, 3, lines.length - 1));
    }

    private static void require(String where, Hash expected, Hash found) {
        if (!expected.equals(found)) throw new NotProven(Reason.INCONSISTENT, where, expected, found);
    }
}
