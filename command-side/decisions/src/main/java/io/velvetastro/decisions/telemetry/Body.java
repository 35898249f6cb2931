package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The body of a request as a stream of plain bytes: unpacked as it flows, and refused when it unpacks to absurd size. */
final class Body {
    static final Set<String> EVENTS =
            Set.of("application/json", "application/x-ndjson", "application/ndjson", "application/jsonl");
    static final Set<String> LOGS = Set.of(
            "text/plain",
            "text/csv",
            "application/octet-stream",
            "application/json",
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/gzip",
            "application/x-gzip");

    /** Logs shrink to a tenth or a fiftieth; a bomb shrinks to a thousandth. */
    private static final int MOST_RATIO = 200;

    private static final long BEFORE_RATIO_COUNTS = 10 * 1024 * 1024;
    private static final int READ_AHEAD = 16 * 1024;

    private Body() {}

    /** The body unpacks to absurd size. */
    static final class Bomb extends IOException {
        Bomb() {
            super("unpacks to more than " + MOST_RATIO + " times its size");
        }
    }

    /** @throws org.springframework.web.ErrorResponseException 415 for what is not among {@code types} or packed in an unknown way */
    static InputStream open(HttpServletRequest request, Set<String> types) throws IOException {
        var type = type(request.getContentType());
        if (type != null && !types.contains(type))
            throw unsupported(
                    "Content-Type",
                    "one of " + String.join(", ", types.stream().sorted().toList()));
        var encoding = request.getHeader("Content-Encoding");
        boolean packed = type != null && type.endsWith("gzip");
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            if (!encoding.strip().equalsIgnoreCase("gzip") || packed)
                throw unsupported("Content-Encoding", "gzip, once, or none");
            packed = true;
        }
        return packed ? unpacked(request.getInputStream()) : request.getInputStream();
    }

    /** Whether the sender says that there is one JSON value a line. */
    static boolean isLines(HttpServletRequest request) {
        return !"application/json".equals(type(request.getContentType()));
    }

    static InputStream unpacked(InputStream packed) throws IOException {
        var counted = new Counted(packed);
        return new Guarded(new GZIPInputStream(counted, READ_AHEAD), counted);
    }

    private static @Nullable String type(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) return null;
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static RuntimeException unsupported(String header, String wanted) {
        var problem = Problems.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Unsupported media type",
                header + " must be " + wanted + ".");
        problem.setProperty("errors", java.util.List.of(new Problems.FieldError(header, "must be " + wanted)));
        return Problems.refusal(problem);
    }

    private static class Counted extends FilterInputStream {
        long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) count++;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            if (read > 0) count += read;
            return read;
        }
    }

    private static final class Guarded extends Counted {
        private final Counted packed;

        Guarded(InputStream unpacked, Counted packed) {
            super(unpacked);
            this.packed = packed;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            if (count > BEFORE_RATIO_COUNTS && count > MOST_RATIO * packed.count) throw new Bomb();
            return read;
        }
    }
}
