package io.velvetastro.decisions.telemetry;

import java.io.IOException;
import java.io.InputStream;

/** Text lines, ended by a line feed with or without a carriage return. */
final class Lines extends Pieces {
    private boolean begun;

    Lines(InputStream in) {
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
        while (true) {
            while (at < filled && buffer[at] != '\n') at++;
            boolean ended = at < filled;
            if (at - from > LONGEST) flaw = "is longer than " + LONGEST + " bytes";
            if (ended) {
                end(at);
                next = at + 1;
                return true;
            }
            if (flaw != null) forget();
            int scanned = filled - from;
            if (!fill()) {
                if (filled == from && flaw == null) return false;
                end(filled);
                next = filled;
                return true;
            }
            at = from + scanned;
        }
    }

    private void end(int at) {
        to = flaw != null ? from : at > from && buffer[at - 1] == '\r' ? at - 1 : at;
    }
}
