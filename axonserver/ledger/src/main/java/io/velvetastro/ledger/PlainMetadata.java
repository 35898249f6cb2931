package io.velvetastro.ledger;

import java.util.Arrays;

/**
 * Metadata cut straight out of its JSON: an object of texts in printable ASCII without escapes, as all but a few envelopes are. Whatever else comes is left to who reads JSON. For one thread.
 */
final class PlainMetadata {
    private static final int MOST_ENTRIES = 32;

    /** Of each entry in order: where its key begins and ends, and its value. */
    private final int[] places = new int[4 * MOST_ENTRIES];

    private byte[] json = new byte[0];
    private int entries;
    private int at;

    /** Whether this is such metadata, none of its keys twice. */
    boolean read(byte[] source) {
        json = source;
        entries = 0;
        at = 0;
        if (!next('{')) return false;
        if (next('}')) return at == json.length;
        do {
            if (entries == MOST_ENTRIES || !text(0) || !next(':') || !text(2)) return false;
            if (!insert()) return false;
        } while (next(','));
        return next('}') && at == json.length;
    }

    private boolean next(char wanted) {
        if (at >= json.length || json[at] != wanted) return false;
        at++;
        return true;
    }

    private boolean text(int place) {
        if (!next('"')) return false;
        places[4 * entries + place] = at;
        while (at < json.length && json[at] != '"') {
            if (json[at] < ' ' || json[at] > '~' || json[at] == '\\') return false; // Bytes beyond ASCII are negative.
            at++;
        }
        places[4 * entries + place + 1] = at;
        return next('"');
    }

    /** Puts the newest entry where its key belongs; refuses one that is there. */
    private boolean insert() {
        int to = entries++;
        for (; to > 0; to--) {
            int order = compareKeys(to - 1, to);
            if (order == 0) return false;
            if (order < 0) return true;
            for (int i = 0; i < 4; i++) {
                int place = places[4 * to + i];
                places[4 * to + i] = places[4 * (to - 1) + i];
                places[4 * (to - 1) + i] = place;
            }
        }
        return true;
    }

    private int compareKeys(int left, int right) {
        return Arrays.compareUnsigned(
                json, places[4 * left], places[4 * left + 1], json, places[4 * right], places[4 * right + 1]);
    }

    /** The same bytes as {@link Metadata#write}. */
    void write(Fields fields) {
        for (int entry = 0; entry < entries; entry++) {
            fields.blob(json, places[4 * entry], places[4 * entry + 1]);
            fields.tag('s');
            fields.blob(json, places[4 * entry + 2], places[4 * entry + 3]);
        }
    }
}
