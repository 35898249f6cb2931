package io.velvetastro.engines.chain;

import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The strands a story had no room for, by a mark of their series: one that is heard of again counts no second time. Once there are too many of these too, further ones are not counted: a story says too little rather than too much.
 */
record Fallen(SortedMap<Integer, Share> shares) {
    static final Fallen NONE = new Fallen(new TreeMap<>());
    private static final int MOST = 1_000;

    int size() {
        return shares.size();
    }

    Collection<Share> all() {
        return shares.values();
    }

    Fallen with(Strand strand) {
        if (shares.size() >= MOST) return this;
        var after = new TreeMap<>(shares);
        after.put(strand.series().hashCode(), strand.share().unmarked());
        return new Fallen(after);
    }

    Fallen without(UUID series) {
        if (!shares.containsKey(series.hashCode())) return this;
        var after = new TreeMap<>(shares);
        after.remove(series.hashCode());
        return new Fallen(after);
    }

    Fallen and(Fallen others) {
        var after = new TreeMap<>(shares);
        others.shares.forEach((series, share) -> {
            if (after.size() < MOST) after.putIfAbsent(series, share);
        });
        return new Fallen(after);
    }

    void pack(Packer packer) {
        packer.number(shares.size());
        shares.forEach((series, share) -> {
            packer.number(series);
            share.pack(packer);
        });
    }

    static Fallen unpack(Unpacker unpacker) {
        var shares = new TreeMap<Integer, Share>();
        for (int left = unpacker.count(); left > 0; left--) shares.put((int) unpacker.number(), Share.unpack(unpacker));
        return new Fallen(shares);
    }
}
