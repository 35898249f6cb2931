package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * OpenSSH in a syslog file (auth.log): the old form without a year (RFC 3164), the ISO form of rsyslog and journald, and RFC 5424. A line that is no sshd sign-in is skipped; PAM's own lines are too, because sshd reports the same attempt.
 */
final class Sshd implements Parser {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int MOST_REPEATS = 10_000;
    private static final long DAY_SECONDS = 86_400;
    private static final long HALF_YEAR_SECONDS = 182 * DAY_SECONDS;

    private final String log;
    private final String realm;
    private final ZoneId zone;
    private final Limits limits;
    private final Addresses addresses;
    private final Instant now;
    private int year;
    private long lastSeconds = Long.MIN_VALUE;

    private String line = "";
    private int at;
    private Instant time = Instant.EPOCH;
    private String host = "";

    /** @param year of the first line without one, or null for the latest that is not in the future */
    Sshd(
            String log,
            String realm,
            @Nullable Integer year,
            ZoneId zone,
            Limits limits,
            Addresses addresses,
            Instant now) {
        this.log = log;
        this.realm = realm;
        this.zone = zone;
        this.limits = limits;
        this.addresses = addresses;
        this.now = now;
        this.year = year == null ? 0 : year;
    }

    @Override
    public String pieceName() {
        return "line";
    }

    @Override
    public Parsed parse(byte[] bytes, int from, int to) {
        line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        try {
            return read();
        } catch (BadField bad) {
            return bad.bad();
        } catch (IndexOutOfBoundsException cutOff) {
            return new Parsed.Bad("line", "is cut off");
        }
    }

    private Parsed read() {
        at = 0;
        skipPriority();
        boolean rfc5424 = line.startsWith("1 ", at) && at > 0;
        if (rfc5424) at += 2;
        boolean iso = at < line.length() && Character.isDigit(line.charAt(at));
        var stamp = iso ? word() : null;
        int month = 0;
        if (stamp == null) {
            month = month();
            at = line.indexOf(' ', at);
            while (line.charAt(at) == ' ') at++;
        }
        var day = stamp == null ? word() : "";
        var clock = stamp == null ? word() : "";
        if (stamp == null && clock.length() < 8) throw new BadField("time", "is not a syslog time");
        host = word();
        var program = word();
        if (!program.startsWith("sshd")) return Parsed.Nothing.IT;
        if (rfc5424) skipStructuredData();
        var message = line.substring(Math.min(at, line.length())).strip();
        var what = signIn(message, true);
        if (what == null) return Parsed.Nothing.IT;
        time = limits.time("time", stamp == null ? yearless(month, day, clock) : Times.iso("time", stamp, zone));
        host = Inert.cut(Inert.text(host), Limits.SHORT_TEXT);
        return what.times == 1 ? login(what) : new Parsed.Repeated(login(what), what.times);
    }

    /** A sign-in as sshd words it. */
    private record SignIn(boolean succeeded, boolean unknown, String method, String user, String address, int times) {}

    private @Nullable SignIn signIn(String message, boolean mayRepeat) {
        if (mayRepeat && message.startsWith("message repeated ")) {
            int bracket = message.indexOf(" times: [ ");
            int end = message.lastIndexOf(']');
            if (bracket < 0 || end < bracket) return null;
            var count = message.substring("message repeated ".length(), bracket);
            var inner = message.substring(bracket + " times: [ ".length(), end).strip();
            var what = signIn(inner, false);
            if (what == null) return null;
            if (!count.matches("\\d{1,9}") || Integer.parseInt(count) == 0)
                throw new BadField("repeated", "is not a count");
            int times = Integer.parseInt(count);
            if (times > MOST_REPEATS) throw new BadField("repeated", "is more than " + MOST_REPEATS);
            return new SignIn(what.succeeded, what.unknown, what.method, what.user, what.address, times);
        }
        boolean succeeded = message.startsWith("Accepted ");
        if (!succeeded && !message.startsWith("Failed ")) return null;
        int methodFrom = succeeded ? "Accepted ".length() : "Failed ".length();
        int forAt = message.indexOf(" for ", methodFrom);
        // sshd words an accepted name itself, so it ends at the first " from "; a refused name is whatever was typed,
        // so it ends at the last.
        int fromAt = succeeded ? message.indexOf(" from ", forAt + 4) : message.lastIndexOf(" from ");
        if (forAt < 0 || fromAt < forAt) return null;
        var method = message.substring(methodFrom, forAt);
        if (method.equals("none")) return null; // Every client asks so first, to learn what it may try.
        int slash = method.indexOf('/');
        if (slash > 0) method = method.substring(0, slash);
        if (method.indexOf(' ') >= 0) return null;
        int userFrom = forAt + " for ".length();
        boolean unknown = message.startsWith("invalid user ", userFrom);
        if (unknown) userFrom += "invalid user ".length();
        var user = userFrom >= fromAt ? "" : message.substring(userFrom, fromAt);
        int addressFrom = fromAt + " from ".length();
        int port = message.indexOf(" port ", addressFrom);
        var address = message.substring(addressFrom, port < 0 ? message.length() : port);
        return new SignIn(succeeded, unknown, method, user, address, 1);
    }

    private Parsed.Login login(SignIn what) {
        Address source = what.address.equals("UNKNOWN") ? null : addresses.read("address", what.address);
        var cause = what.succeeded
                ? null
                : what.unknown
                        ? Cause.UNKNOWN_USER
                        : what.method.equals("publickey") ? Cause.WRONG_KEY : Cause.WRONG_PASSWORD;
        return new Parsed.Login(
                time,
                what.succeeded,
                realm,
                null,
                log,
                Limits.text("user", Inert.cut(what.user, Limits.USER), Limits.USER + 1),
                source,
                "ssh",
                Inert.cut(Inert.text(what.method), Limits.SHORT_TEXT),
                host,
                cause,
                null,
                null,
                Inert.cut(Inert.text(line), Limits.LINE),
                false);
    }

    private String word() {
        int end = line.indexOf(' ', at);
        if (end < 0) end = line.length();
        if (end == at) throw new BadField("line", "is not a syslog line");
        var word = line.substring(at, end);
        at = end;
        while (at < line.length() && line.charAt(at) == ' ') at++;
        return word;
    }

    private void skipPriority() {
        if (!line.startsWith("<")) return;
        int end = line.indexOf('>');
        if (end > 0 && end <= 4) at = end + 1;
    }

    /** Behind RFC 5424's program: process id, message id, and structured data or a dash. */
    private void skipStructuredData() {
        word();
        word();
        if (line.charAt(at) != '[') {
            word();
            return;
        }
        boolean quoted = false;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '\\') at++;
            else if (c == '"') quoted = !quoted;
            else if (c == ']' && !quoted && (at + 1 == line.length() || line.charAt(at + 1) == ' ')) break;
        }
        at = Math.min(at + 1, line.length());
    }

    private int month() {
        int found =
                line.length() < at + 4 || line.charAt(at + 3) != ' ' ? -1 : MONTHS.indexOf(line.substring(at, at + 3));
        if (found < 0 || found % 3 != 0) throw new BadField("time", "is not a syslog time");
        return found / 3 + 1;
    }

    /** A log only goes forward: far back means the year has turned, far ahead a straggler from before the turn. */
    private Instant yearless(int month, String day, String clock) {
        int dayOfMonth;
        long ofDay;
        try {
            dayOfMonth = Times.number(day, 0, day.length());
            if (clock.charAt(2) != ':' || clock.charAt(5) != ':') throw new BadField("time", "is not a syslog time");
            int hour = Times.number(clock, 0, 2);
            int minute = Times.number(clock, 3, 5);
            int second = Times.number(clock, 6, 8);
            if (hour > 23 || minute > 59 || second > 60) throw new BadField("time", "is not a time of day");
            ofDay = hour * 3600L + minute * 60 + Math.min(second, 59);
        } catch (java.time.DateTimeException notANumber) {
            throw new BadField("time", "is not a syslog time");
        }
        if (year == 0) year = latestPast(month, dayOfMonth);
        long seconds = seconds(year, month, dayOfMonth, ofDay);
        if (lastSeconds != Long.MIN_VALUE) {
            if (seconds < lastSeconds - HALF_YEAR_SECONDS) seconds = seconds(++year, month, dayOfMonth, ofDay);
            else if (seconds > lastSeconds + HALF_YEAR_SECONDS) {
                long before = seconds(year - 1, month, dayOfMonth, ofDay);
                if (before >= lastSeconds - DAY_SECONDS) return Instant.ofEpochSecond(before);
            }
        }
        lastSeconds = Math.max(lastSeconds, seconds);
        return Instant.ofEpochSecond(seconds);
    }

    private int latestPast(int month, int day) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        int guess = today.getYear();
        // A day of grace: the log's zone may be ahead of ours. The 29th of February has its own year.
        while (day > YearMonth.of(guess, month).lengthOfMonth() && guess > today.getYear() - 8
                || day <= YearMonth.of(guess, month).lengthOfMonth()
                        && day > 0
                        && LocalDate.of(guess, month, day).isAfter(today.plusDays(1))) guess--;
        return guess;
    }

    private long seconds(int inYear, int month, int day, long ofDay) {
        if (day < 1 || day > YearMonth.of(inYear, month).lengthOfMonth())
            throw new BadField(
                    "time", "is a day that " + inYear + " does not have; name the year of the first line with year=");
        long local = LocalDate.of(inYear, month, day).toEpochDay() * DAY_SECONDS + ofDay;
        return local - Times.offset(local, zone);
    }
}
