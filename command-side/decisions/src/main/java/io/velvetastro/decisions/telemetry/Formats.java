package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.web.Problems;
import io.velvetastro.decisions.web.Problems.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads the query of an import: which format, which log, and what the format needs to know. Whatever is wrong is said by name, all at once. */
record Formats(String format, String log, String realm, int context, Query query) {
    private static final int MOST_COLUMNS = 1_000;
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "sshd", Set.of("year", "zone"),
            "cowrie", Set.of(),
            "ocsf", Set.of(),
            "csv", Set.of("time", "timeUnit", "source", "target", "user", "host", "name", "outcome", "zone"));

    private static final Set<String> COMMON = Set.of("format", "log", "realm", "context", "receipt");
    private static final int MOST_CONTEXT = 1_000_000;

    /** An input as pieces with the parser for them. */
    record Reading(Pieces pieces, Parser parser) {}

    /** @throws org.springframework.web.ErrorResponseException naming each parameter that is wrong */
    static Formats of(MultiValueMap<String, String> parameters) {
        var query = new Query(parameters, new ArrayList<>());
        var format = query.text("format");
        if (format == null || !KNOWN.containsKey(format))
            throw Problems.invalid("format", (format == null ? "is missing: " : "") + "one of sshd, cowrie, ocsf, csv");
        for (var name : parameters.keySet())
            if (!COMMON.contains(name) && !KNOWN.get(format).contains(name))
                query.errors().add(new FieldError(name, "is no parameter of this format"));
        var log = query.name("log", format);
        var realm = query.name("realm", format);
        int context = query.number("context", 0, 0, MOST_CONTEXT);
        return new Formats(format, log, realm, context, query);
    }

    Reading open(InputStream in, InstantSource clock) throws IOException {
        var now = clock.instant();
        var limits = new Limits(clock);
        var addresses = new Addresses();
        var reading = switch (format) {
            case "sshd" -> new Reading(new Lines(in), sshd(limits, addresses, now));
            case "cowrie" -> new Reading(new Lines(in), new Cowrie(log, realm, limits, addresses));
            case "csv" -> csv(in, limits, addresses);
            default -> new Reading(Elements.of(in, true), new Ocsf(realm, limits, addresses));
        };
        query.refuseErrors();
        return reading;
    }

    private Sshd sshd(Limits limits, Addresses addresses, Instant now) {
        int year = query.number("year", 0, 1990, 2100);
        return new Sshd(log, realm, year == 0 ? null : year, query.zone(), limits, addresses, now);
    }

    private Reading csv(InputStream in, Limits limits, Addresses addresses) throws IOException {
        var columns = new EnumMap<Mapping.Role, String>(Mapping.Role.class);
        for (var role : Mapping.Role.values()) {
            var column = query.text(role.parameter());
            if (column != null) columns.put(role, column);
        }
        var unit = Mapping.TimeUnit.of(query.text("timeUnit"));
        if (unit == null) query.errors().add(new FieldError("timeUnit", "is none of s, ms, iso"));
        var mapping = new Mapping(columns, unit == null ? Mapping.TimeUnit.ISO : unit);
        query.errors().addAll(mapping.errors());
        var zone = query.zone();
        query.refuseErrors();
        var rows = new Rows(in);
        var positions = mapping.in(header(rows), query.errors());
        return new Reading(rows, new Csv(log, realm, mapping.timeUnit(), positions, zone, limits, addresses));
    }

    private static List<String> header(Rows rows) throws IOException {
        if (!rows.next() || rows.isBlank())
            throw Problems.invalid("header", "is missing: the first row names the columns");
        if (rows.flaw() != null) throw Problems.invalid("header", rows.flaw());
        var header = new Fields(MOST_COLUMNS);
        try {
            header.split(rows.buffer, rows.from, rows.to);
        } catch (BadField bad) {
            throw Problems.invalid("header", bad.bad().detail());
        }
        if (header.count() > MOST_COLUMNS)
            throw Problems.invalid("header", "names more than " + MOST_COLUMNS + " columns");
        return header.kept();
    }

    /** The parameters with a note of what is wrong with them. */
    record Query(MultiValueMap<String, String> parameters, List<FieldError> errors) {

        @Nullable
        String text(String name) {
            var values = parameters.get(name);
            if (values == null) return null;
            if (values.size() > 1) errors.add(new FieldError(name, "is given more than once"));
            return values.getFirst();
        }

        String name(String name, String fallback) {
            var text = text(name);
            if (text == null) return fallback;
            if (text.isBlank() || text.length() > 100 || !Inert.text(text).equals(text)) {
                errors.add(new FieldError(name, "is not 1 to 100 printable characters"));
                return fallback;
            }
            return text;
        }

        int number(String name, int fallback, int least, int most) {
            var text = text(name);
            if (text == null) return fallback;
            int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
            if (number < least || number > most)
                errors.add(new FieldError(name, "is not a number from " + least + " to " + most));
            return number;
        }

        ZoneId zone() {
            var text = text("zone");
            try {
                return text == null || text.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(text);
            } catch (DateTimeException unknown) {
                errors.add(new FieldError("zone", "is no time zone such as UTC, +02:00 or Europe/Oslo"));
                return ZoneOffset.UTC;
            }
        }

        void refuseErrors() {
            if (!errors.isEmpty()) throw Problems.refusal(Problems.invalid(List.copyOf(errors)));
        }
    }
}
