package io.velvetastro.views;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Brings what strangers wrote into the form that a row can hold: an event is for ever, so it must never stop a projection. */
public final class Clean {
    private static final int LONGEST = 4_000;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final char INSTEAD = '\uFFFD';

    private Clean() {}

    /** NULs and halves of characters, which PostgreSQL refuses, become U+FFFD; no text is longer than 4,000. */
    public static String text(String text) {
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) return rewritten(text, length);
        }
        return length == text.length() ? text : text.substring(0, length);
    }

    public static @Nullable String textOrNull(@Nullable String text) {
        return text == null ? null : text(text);
    }

    private static String rewritten(String text, int length) {
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1)))
                out.append(c).append(text.charAt(++i));
            else out.append(c == 0 || Character.isSurrogate(c) ? INSTEAD : c);
        }
        return out.toString();
    }

    /** Microseconds, which is what PostgreSQL keeps: it would round what we cut, and an hour's last event would land in the next. */
    public static Instant time(Instant at) {
        if (at.isBefore(EARLIEST)) return EARLIEST;
        return at.isAfter(LATEST) ? LATEST : at.truncatedTo(ChronoUnit.MICROS);
    }

    public static OffsetDateTime column(Instant at) {
        return time(at).atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime columnOrNull(@Nullable Instant at) {
        return at == null ? null : column(at);
    }
}
