package io.velvetastro.decisions.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How large and how far away values may be; what goes beyond is refused by name. */
final class Limits {
    static final int USER = 512;
    static final int NAME = 512;
    static final int SHORT_TEXT = 255;
    static final int UID = 512;
    /** Longer user agents are cut: the beginning says all, and a sender must not escape notice by a long one. */
    static final int USER_AGENT = 1024;

    static final int LINE = 2048;

    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");

    private final Instant last;

    Limits(InstantSource clock) {
        last = clock.instant().plus(AHEAD);
    }

    Instant time(String field, Instant at) {
        if (at.isAfter(last)) throw new BadField(field, "is more than 10 minutes ahead of our clock");
        if (at.isBefore(FIRST)) throw new BadField(field, "is before 1990");
        return at;
    }

    /** Trimmed and inert; null when nothing is left. */
    static @Nullable String text(String field, @Nullable String text, int most) {
        if (text == null) return null;
        if (text.length() > most) throw new BadField(field, "is longer than " + most + " characters");
        var clean = Inert.text(text).strip();
        return clean.isEmpty() ? null : clean;
    }
}
