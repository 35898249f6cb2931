package io.velvetastro.decisions.telemetry;

import java.io.IOException;
import java.io.InputStream;

/**
 * Rows of RFC 4180, where a quoted field may hold line breaks. A quote that never closes costs its own line only: reading goes on behind that line's end.
 */
final class Rows extends Pieces {
    /** What an unclosed quote may look through before it counts as unclosed; keeps hostile files linear. */
    private static final int LONGEST_QUOTED = 64 * 1024;

    private static final int MOST_BREAKS = 32;

    private boolean begun;

    Rows(InputStream in) {
        super(in);
    }

    @Override
    boolean next() throws IOException {
        if (!begun) {
            begun = true;
            skipByteOrderMark();
        }
        flaw = null;
        from = next;
        int at = next;
        int firstBreak = -1; // Relative to from: filling moves the buffer.
        int breaks = 0;
        boolean quoted = false;
        while (true) {
            for (; at < filled; at++) {
                byte b = buffer[at];
                if (b == '"') quoted = !quoted;
                else if (b == '\n') {
                    if (!quoted) return endAt(at);
                    if (firstBreak < 0) firstBreak = at - from;
                    if (++breaks > MOST_BREAKS) return unclosed(firstBreak);
                }
            }
            int length = filled - from;
            if (firstBreak >= 0 && length > LONGEST_QUOTED) return unclosed(firstBreak);
            if (length > LONGEST) return tooLong();
            if (!fill()) {
                if (firstBreak >= 0) return unclosed(firstBreak);
                if (filled == from) return false;
                if (quoted) flaw = "has a quote that is never closed";
                to = trimmed(filled);
                next = filled;
                return true;
            }
            at = from + length;
        }
    }

    private boolean endAt(int at) {
        if (at - from > LONGEST) flaw = "is longer than " + LONGEST + " bytes";
        to = trimmed(at);
        next = at + 1;
        return true;
    }

    private boolean unclosed(int firstBreak) {
        flaw = "has a quote that is never closed";
        to = from + firstBreak;
        next = to + 1;
        return true;
    }

    private boolean tooLong() throws IOException {
        flaw = "is longer than " + LONGEST + " bytes";
        forget();
        while (true) {
            for (int at = from; at < filled; at++) {
                if (buffer[at] == '\n') {
                    to = from;
                    next = at + 1;
                    return true;
                }
            }
            forget();
            if (!fill()) return true;
        }
    }

    private int trimmed(int end) {
        return end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    }
}
