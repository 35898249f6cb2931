package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That a leaf stands at an index of a tree. RFC 9162 §2.1.3. */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    static InclusionProof from(Nodes nodes, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("There is no leaf " + index + " in a tree of " + size);
        }
        var path = new ArrayList<Hash>();
        var from = 0L;
        var to = size;
        while (to - from > 1) {
            var split = from + Long.highestOneBit(to - from - 1);
            if (index < split) {
                path.add(nodes.range(split, to));
                to = split;
            } else {
                path.add(nodes.range(from, split));
                from = split;
            }
        }
        return new InclusionProof(index, size, path.reversed());
    }

    /** One level of the way up: the hash that the proof gives, and what it makes with the one computed so far. */
    public record Step(Hash given, boolean givenIsLeft, Hash computed) {}

    /** The way from a leaf to the root, level by level, for whoever shows it. */
    public List<Step> steps(Hash leaf) {
        var steps = new ArrayList<Step>(path.size());
        climb(leaf, steps);
        return steps;
    }

    /** The root that this path leads to, whatever it is worth. */
    public Hash rootFor(Hash leaf) {
        return climb(leaf, null);
    }

    private Hash climb(Hash leaf, @Nullable List<Step> steps) {
        if (index < 0 || index >= size) {
            throw new NotProven(Reason.NOT_INCLUDED, "inclusion proof", "an index below " + size, index);
        }
        var at = index;
        var last = size - 1;
        var root = leaf;
        for (var sibling : path) {
            if (last == 0) throw tooLong();
            boolean left = (at & 1) == 1 || at == last;
            if (left) {
                root = Hash.node(sibling, root);
                while (at != 0 && (at & 1) == 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                root = Hash.node(root, sibling);
            }
            if (steps != null) steps.add(new Step(sibling, left, root));
            at >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            throw new NotProven(
                    Reason.NOT_INCLUDED, "inclusion proof", "a hash for every level", path.size() + " hashes");
        }
        return root;
    }

    private NotProven tooLong() {
        return new NotProven(
                Reason.NOT_INCLUDED, "inclusion proof", "no hash beyond the root", path.size() + " hashes");
    }

    public void verify(Hash leaf, Hash root) {
        var found = rootFor(leaf);
        if (!found.equals(root)) {
            throw new NotProven(Reason.NOT_INCLUDED, "root of leaf " + index + " in a tree of " + size, root, found);
        }
    }
}
