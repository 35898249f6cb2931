package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.regex.Pattern;

/** A piece of a tree as it is served and kept: up to 256 neighbouring hashes of one level in eight. C2SP tlog-tiles. */
public record Tile(int level, long index, int width) {
    public static final int HEIGHT = 8;
    public static final int FULL = 1 << HEIGHT;

    private static final Pattern PATH =
            Pattern.compile("tile/(0|[1-9]\\d?)/((?:x\\d{3}/)*)(\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

    public Tile {
        if (level < 0 || level > 63 || index < 0 || width < 1 || width > FULL) {
            throw new NotProven(
                    Reason.MALFORMED, "tile", "level 0 to 63, width 1 to 256", level + "/" + index + " of " + width);
        }
    }

    /** The tile that holds the {@code hash}-th hash of a tile level, as wide as a tree of this size has it. */
    public static Tile holding(int level, long hash, long size) {
        var index = hash >>> HEIGHT;
        var available = (size >>> (level * HEIGHT)) - (index << HEIGHT);
        return new Tile(level, index, (int) Math.min(available, FULL));
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** Whether a tree of this size has at least this much. */
    public boolean existsAt(long size) {
        return level * HEIGHT < 63 && (index << HEIGHT) + width <= size >>> (level * HEIGHT);
    }

    public byte[] bytes(Nodes nodes) {
        var bytes = new byte[width * Hash.LENGTH];
        for (var i = 0; i < width; i++) {
            nodes.at(level * HEIGHT, (index << HEIGHT) + i).copyTo(bytes, i * Hash.LENGTH);
        }
        return bytes;
    }

    public String path() {
        var digits = Long.toString(index);
        digits = "0".repeat((3 - digits.length() % 3) % 3) + digits;
        var path = new StringBuilder("tile/").append(level);
        for (var at = 0; at < digits.length(); at += 3) {
            path.append(at + 3 < digits.length() ? "/x" : "/").append(digits, at, at + 3);
        }
        if (!isFull()) path.append(".p/").append(width);
        return path.toString();
    }

    public static Tile parse(String path) {
        var parts = PATH.matcher(path);
        if (parts.matches() && parts.group(2).length() <= 20) {
            var index = Long.parseLong(parts.group(2).replaceAll("[x/]", "") + parts.group(3));
            var width = parts.group(4) == null ? FULL : Integer.parseInt(parts.group(4));
            var level = Integer.parseInt(parts.group(1));
            if (level < 64 && width <= FULL) {
                var tile = new Tile(level, index, width);
                if (tile.path().equals(path)) return tile;
            }
        }
        throw new NotProven(Reason.MALFORMED, "tile", "tile/<level>/<index>[.p/<width>]", Text.shown(path));
    }
}
