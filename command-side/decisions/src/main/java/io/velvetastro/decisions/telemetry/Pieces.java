package io.velvetastro.decisions.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into pieces (lines, rows, array elements) and never holds more than one, however long the stream or the piece. */
abstract sealed class Pieces permits Lines, Rows, Elements {
    /** A longer piece is refused by name and skipped. */
    static final int LONGEST = 256 * 1024;

    private static final int FIRST_BUFFER = 16 * 1024;

    private final InputStream in;
    private boolean drained;
    byte[] buffer = new byte[FIRST_BUFFER];
    /** Where unread bytes end. */
    int filled;
    /** Where the current piece begins and ends. */
    int from;

    int to;
    /** Where the next piece begins. */
    int next;

    @Nullable
    String flaw;

    Pieces(InputStream in) {
        this.in = in;
    }

    /** Moves to the next piece; false at the end. */
    abstract boolean next() throws IOException;

    /** Why the current piece cannot be read at all, or null. */
    @Nullable
    String flaw() {
        return flaw;
    }

    boolean isBlank() {
        for (int i = from; i < to; i++) if (!isSpace(buffer[i])) return false;
        return true;
    }

    /** Reads more bytes behind {@code filled}, keeping those from {@code from} on; false at the end of the stream. */
    boolean fill() throws IOException {
        if (drained) return false;
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= from;
            next -= from;
            to -= from;
            from = 0;
        }
        if (filled == buffer.length) buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, 2 * LONGEST));
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            drained = true;
            return false;
        }
        filled += read;
        return true;
    }

    /** Forgets what was read of the current piece, so that the rest of it needs no room. */
    void forget() {
        from = filled;
        next = filled;
        to = filled;
    }

    void skipByteOrderMark() throws IOException {
        while (filled - next < 3 && fill()) {}
        if (filled - next >= 3
                && buffer[next] == (byte) 0xef
                && buffer[next + 1] == (byte) 0xbb
                && buffer[next + 2] == (byte) 0xbf) next += 3;
        from = next;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
