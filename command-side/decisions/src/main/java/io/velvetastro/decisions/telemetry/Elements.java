package io.velvetastro.decisions.telemetry;

import java.io.IOException;
import java.io.InputStream;

/**
 * JSON values: the elements of one array, or values that follow each other (NDJSON, one a line or spread over many). Where a value ends is found by its brackets alone, so that one that is not JSON inside does not lose those behind it; where they do not close, the next line that begins alike begins the next value.
 */
final class Elements extends Pieces {
    private enum Shape {
        UNKNOWN,
        LINES,
        VALUES,
        ARRAY,
        BEHIND_ARRAY,
        OVER
    }

    private static final String UNCLOSED = "has brackets or quotes that do not close";
    private static final int MOST_REREADS = 1000;

    private final boolean linesOnly;
    /** How far in from the beginning of its line the current value stands; -1 behind other signs. */
    private int indent;

    private int indentAhead;
    private int rereads;
    private Shape shape = Shape.UNKNOWN;

    private Elements(InputStream in, boolean linesOnly) {
        super(in);
        this.linesOnly = linesOnly;
    }

    /** @param oneALine whether a line break ends a value come what may (NDJSON) */
    static Elements of(InputStream in, boolean oneALine) {
        return new Elements(in, oneALine);
    }

    @Override
    boolean next() throws IOException {
        flaw = null;
        if (shape == Shape.UNKNOWN) begin();
        return switch (shape) {
            case OVER -> false;
            case LINES -> nextLine();
            case ARRAY, VALUES, UNKNOWN -> nextValue();
            case BEHIND_ARRAY -> somethingBehind();
        };
    }

    private void begin() throws IOException {
        skipByteOrderMark();
        if (!skipSpace()) shape = Shape.OVER;
        else if (buffer[next] == '[') {
            shape = Shape.ARRAY;
            next++;
            if (skipSpace() && buffer[next] == ']') {
                next++;
                shape = Shape.BEHIND_ARRAY;
            }
        } else shape = linesOnly ? Shape.LINES : Shape.VALUES;
    }

    private boolean somethingBehind() throws IOException {
        shape = Shape.OVER;
        if (!skipSpace()) return false;
        flaw = "stands behind the end of the array";
        from = to = next;
        return true;
    }

    private boolean nextLine() throws IOException {
        from = next;
        int at = next;
        while (true) {
            while (at < filled && buffer[at] != '\n') at++;
            boolean ended = at < filled;
            if (at - from > LONGEST) flaw = "is longer than " + LONGEST + " bytes";
            if (!ended && flaw != null) forget();
            int scanned = filled - from;
            if (!ended && fill()) {
                at = from + scanned;
                continue;
            }
            if (!ended && filled == from && flaw == null) return false;
            to = flaw != null ? from : ended ? at : filled; // Filling moves the buffer, so "at" may be stale.
            next = ended ? at + 1 : filled;
            return true;
        }
    }

    private boolean nextValue() throws IOException {
        if (!skipSpace()) {
            if (shape == Shape.ARRAY) flaw = "is missing: the array does not end";
            from = to = next;
            boolean cut = shape == Shape.ARRAY;
            shape = Shape.OVER;
            return cut;
        }
        from = next;
        int at = next;
        int depth = 0;
        boolean inString = false;
        boolean escaped = false;
        while (true) {
            for (; at < filled; at++) {
                byte b = buffer[at];
                if (inString) {
                    if (escaped) escaped = false;
                    else if (b == '\\') escaped = true;
                    else if (b == '"') inString = false;
                    else if (b == '\n') return broken(at); // JSON has no line breaks in strings: the quote is missing.
                } else if (b == '"') inString = true;
                else if (b == '{' || b == '[') depth++;
                else if (depth > 0 && (b == '}' || b == ']')) {
                    depth--;
                    if (depth == 0 && shape != Shape.ARRAY) return value(at + 1, at + 1);
                } else if (depth == 0) {
                    if (shape == Shape.ARRAY && b == ',') return value(at, at + 1);
                    if (shape == Shape.ARRAY && b == ']') {
                        shape = Shape.BEHIND_ARRAY;
                        return value(at, at + 1);
                    }
                    if (shape != Shape.ARRAY && isSpace(b)) return value(at, at + 1);
                }
            }
            if (filled - from > LONGEST) {
                if (flaw == null && rereads(from + 1)) return true;
                flaw = "is longer than " + LONGEST + " bytes";
                forget();
            }
            int scanned = filled - from;
            if (!fill()) {
                if (flaw == null && (depth > 0 || shape == Shape.ARRAY) && rereads(from + 1)) return true;
                if (shape == Shape.ARRAY) flaw = "is cut off: the array does not end";
                value(filled, filled);
                shape = Shape.OVER;
                return true;
            }
            at = from + scanned;
        }
    }

    /** Gives up the current value and goes on where the next one begins. */
    private boolean broken(int at) throws IOException {
        while (!restarts(at)) {
            flaw = UNCLOSED;
            if (filled - from > LONGEST) forget();
            int scanned = at - from;
            if (!fill()) {
                shape = Shape.OVER;
                return value(filled, filled);
            }
            at = from + Math.max(0, scanned);
        }
        return true;
    }

    /** As {@link #restarts}, so many times: what was read once is read again. */
    private boolean rereads(int searchFrom) {
        return rereads++ < MOST_REREADS && restarts(searchFrom);
    }

    /** Whether a line read already begins as the current value does; then the current value ends before it. */
    private boolean restarts(int searchFrom) {
        int column = -1; // How far in from the beginning of a line; -1 behind its first sign.
        for (int at = searchFrom; at < filled; at++) {
            byte b = buffer[at];
            if (b == '\n') column = 0;
            else if (column >= 0 && (b == ' ' || b == '\t')) column++;
            else if (column >= 0 && b == '{' && (indent < 0 || column == indent)) {
                indentAhead = column;
                flaw = UNCLOSED;
                to = from;
                next = at;
                return true;
            } else if (b != '\r') column = -1;
        }
        return false;
    }

    private boolean value(int end, int behind) {
        if (end - from > LONGEST) flaw = "is longer than " + LONGEST + " bytes";
        to = flaw != null ? from : end;
        next = behind;
        return true;
    }

    /** Moves {@code next} to the next byte that is no white space, and notes how far in from the beginning of its line it stands; false at the end. */
    private boolean skipSpace() throws IOException {
        indent = indentAhead;
        indentAhead = -1;
        while (true) {
            for (; next < filled && isSpace(buffer[next]); next++) {
                if (buffer[next] == '\n') indent = 0;
                else if (indent >= 0 && buffer[next] != '\r') indent++;
            }
            if (next < filled) return true;
            from = next;
            if (!fill()) return false;
        }
    }
}
