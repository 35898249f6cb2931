package io.velvetastro.app.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;

/** How far a long upload is: a line that rewrites itself on a terminal, now and then a new line elsewhere. */
final class Progress {
    private static final boolean TERMINAL =
            System.console() != null && System.console().isTerminal();
    private static final long EVERY_NANOS = TERMINAL ? 200_000_000L : 10_000_000_000L;

    private final PrintStream out;
    private final long totalBytes;
    private final long started = System.nanoTime();
    private long readBytes;
    private long shown = started;

    /** @param totalBytes 0 when nobody knows */
    Progress(PrintStream out, long totalBytes) {
        this.out = out;
        this.totalBytes = totalBytes;
    }

    /** The same bytes, counted as they are read. */
    InputStream watching(InputStream file) {
        readBytes = 0;
        return new FilterInputStream(file) {
            @Override
            public int read() throws IOException {
                var one = super.read();
                if (one >= 0) passed(1);
                return one;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                var count = super.read(into, offset, length);
                if (count > 0) passed(count);
                return count;
            }
        };
    }

    private void passed(int bytes) {
        readBytes += bytes;
        var now = System.nanoTime();
        if (now - shown < EVERY_NANOS) return;
        shown = now;
        out.print((TERMINAL ? "\r" : "")
                + line(readBytes, totalBytes, (now - started) / 1e9)
                + (TERMINAL ? "   " : "\n"));
        out.flush();
    }

    void finished() {
        if (TERMINAL && shown != started) out.print("\r" + " ".repeat(70) + "\r");
    }

    static String line(long readBytes, long totalBytes, double seconds) {
        var speed = readBytes / Math.max(seconds, 0.001);
        if (totalBytes <= 0) return String.format(Locale.ROOT, "  %s sent, %s/s", size(readBytes), size((long) speed));
        var left = (long) ((totalBytes - readBytes) / Math.max(speed, 1));
        return String.format(
                Locale.ROOT,
                "  %3d %% of %s, %s/s, %d:%02d left",
                readBytes * 100 / totalBytes,
                size(totalBytes),
                size((long) speed),
                left / 60,
                left % 60);
    }

    static String size(long bytes) {
        if (bytes < 1_000) return bytes + " B";
        if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        if (bytes < 1_000_000_000) return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
