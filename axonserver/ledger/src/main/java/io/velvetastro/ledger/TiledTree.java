package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.HashMap;
import java.util.Map;

/** A tree of which only tiles are at hand; it fetches those that a proof needs, once each. */
public final class TiledTree implements Nodes {
    /** Where tiles come from: a table, a web address, a folder. */
    @FunctionalInterface
    public interface Source {
        byte[] read(Tile tile);
    }

    private final Source source;
    private final long size;
    private final Map<Tile, byte[]> read = new HashMap<>();

    public TiledTree(long size, Source source) {
        this.size = size;
        this.source = source;
    }

    @Override
    public Hash at(int level, long index) {
        var within = level % Tile.HEIGHT;
        var first = index << within;
        var tile = Tile.holding(level / Tile.HEIGHT, first, size);
        return subtree(bytes(tile), (int) (first & (Tile.FULL - 1)), within);
    }

    private Hash subtree(byte[] tile, int first, int height) {
        if (height == 0) return Hash.at(tile, first * Hash.LENGTH, Hash.LENGTH);
        var half = 1 << (height - 1);
        return Hash.node(subtree(tile, first, height - 1), subtree(tile, first + half, height - 1));
    }

    private byte[] bytes(Tile tile) {
        return read.computeIfAbsent(tile, wanted -> {
            var bytes = source.read(wanted);
            if (bytes.length != wanted.width() * Hash.LENGTH) {
                throw new NotProven(
                        Reason.MALFORMED, wanted.path(), wanted.width() * Hash.LENGTH + " bytes", bytes.length);
            }
            return bytes;
        });
    }
}
