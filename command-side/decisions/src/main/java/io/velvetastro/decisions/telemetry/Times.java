package io.velvetastro.decisions.telemetry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads ISO 8601 and RFC 3339 times as logs write them: T or a space, any fraction, offset with or without a colon, or none. */
final class Times {
    private static final int SHORTEST = "2026-01-01T00:00:00".length();

    private Times() {}

    /** @param zone of a time that names none */
    static Instant iso(String field, String text, ZoneId zone) {
        try {
            if (text.length() < SHORTEST || text.length() > 40) throw new DateTimeException("length");
            expect(text, 4, '-');
            expect(text, 7, '-');
            if (text.charAt(10) != ' ' && text.charAt(10) != 't') expect(text, 10, 'T');
            expect(text, 13, ':');
            expect(text, 16, ':');
            var date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, 19);
            if (hour > 23 || minute > 59 || second > 60) throw new DateTimeException("range");
            int at = SHORTEST;
            int nanos = 0;
            if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                int digits = 0;
                for (at++; at < text.length() && isDigit(text.charAt(at)); at++, digits++)
                    if (digits < 9) nanos = nanos * 10 + text.charAt(at) - '0';
                if (digits == 0) throw new DateTimeException("fraction");
                for (; digits < 9; digits++) nanos *= 10;
            }
            long local = date.toEpochDay() * 86_400
                    + hour * 3600
                    + minute * 60
                    + Math.min(second, 59); // A leap second counts as the one before.
            return Instant.ofEpochSecond(local - offset(text, at, local, zone), nanos);
        } catch (DateTimeException | IndexOutOfBoundsException notATime) {
            throw new BadField(field, "is not an ISO 8601 time");
        }
    }

    /** How many seconds the zone is ahead of UTC at this local time. */
    static int offset(long localSeconds, ZoneId zone) {
        if (zone instanceof ZoneOffset fixed) return fixed.getTotalSeconds();
        return zone.getRules()
                .getOffset(LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC))
                .getTotalSeconds();
    }

    private static int offset(String text, int at, long local, ZoneId zone) {
        if (at == text.length()) return offset(local, zone);
        char sign = text.charAt(at);
        if ((sign == 'Z' || sign == 'z') && at + 1 == text.length()) return 0;
        if (sign != '+' && sign != '-') throw new DateTimeException("offset");
        int hours = number(text, at + 1, at + 3);
        int rest = at + 3;
        if (rest < text.length() && text.charAt(rest) == ':') rest++;
        int minutes = rest == text.length() && rest == at + 3 ? 0 : number(text, rest, rest + 2);
        if (hours > 18 || minutes > 59 || rest < text.length() && rest + 2 != text.length())
            throw new DateTimeException("offset");
        return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    }

    static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) throw new DateTimeException("digit");
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static void expect(String text, int at, char c) {
        if (text.charAt(at) != c) throw new DateTimeException("separator");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
