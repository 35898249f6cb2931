package io.velvetastro.screens.forensics;

import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.Address;
import io.velvetastro.language.EventId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.Forensics.HistoryFilter;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the reader looks for and has opened, as it stands in the address bar; what cannot be understood there filters nothing. */
record HistoryQuery(
        Show show,
        Time time,
        Set<String> types,
        @Nullable String user,
        @Nullable String address,
        @Nullable String principal,
        @Nullable IncidentId incident,
        @Nullable EventId open) {
    private static final int LONGEST = 200;
    private static final int MOST_TYPES = 12;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,60}");

    static final HistoryQuery ALL = new HistoryQuery(Show.EVENTS, Time.ANY, Set.of(), null, null, null, null, null);

    /** Which part of the screen. */
    enum Show {
        EVENTS("Events"),
        CUSTODY("Custody"),
        DRILL("Tamper drill"),
        VERIFY("Verify it yourself");

        private final String words;

        Show(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** How far back. */
    enum Time {
        ANY("Any time", null),
        HOUR("Last hour", Duration.ofHours(1)),
        DAY("Last 24 hours", Duration.ofDays(1)),
        WEEK("Last 7 days", Duration.ofDays(7)),
        MONTH("Last 30 days", Duration.ofDays(30));

        private final String words;
        private final @Nullable Duration back;

        Time(String words, @Nullable Duration back) {
            this.words = words;
            this.back = back;
        }

        String words() {
            return words;
        }
    }

    static HistoryQuery of(QueryParameters parameters) {
        var given = parameters.getParameters();
        return new HistoryQuery(
                choice(Show.values(), given, "show", Show.EVENTS),
                choice(Time.values(), given, "time", Time.ANY),
                types(given.getOrDefault("type", List.of())),
                first(given, "user"),
                address(first(given, "address")),
                id(first(given, "principal"), UUID::toString),
                id(first(given, "incident"), IncidentId::new),
                id(first(given, "id"), EventId::new));
    }

    QueryParameters parameters() {
        var all = new LinkedHashMap<String, List<String>>();
        if (show != Show.EVENTS) all.put("show", List.of(Words.key(show)));
        if (time != Time.ANY) all.put("time", List.of(Words.key(time)));
        if (!types.isEmpty()) all.put("type", List.copyOf(types));
        put(all, "user", user);
        put(all, "address", address);
        put(all, "principal", principal);
        put(all, "incident", incident);
        put(all, "id", open);
        return new QueryParameters(all);
    }

    HistoryFilter filter(Instant now) {
        return new HistoryFilter(
                time.back == null ? null : now.minus(time.back), null, types, user, address, principal, incident);
    }

    HistoryQuery showing(Show part) {
        return new HistoryQuery(part, time, types, user, address, principal, incident, open);
    }

    HistoryQuery during(Time chosen) {
        return new HistoryQuery(show, chosen, types, user, address, principal, incident, null);
    }

    HistoryQuery only(Set<String> kinds) {
        return new HistoryQuery(show, time, kinds, user, address, principal, incident, null);
    }

    HistoryQuery opening(@Nullable EventId event) {
        return new HistoryQuery(show, time, types, user, address, principal, incident, event);
    }

    HistoryQuery ofUser(String name) {
        return new HistoryQuery(Show.EVENTS, time, Set.of(), name, null, null, null, open);
    }

    HistoryQuery ofAddress(String from) {
        return new HistoryQuery(Show.EVENTS, time, Set.of(), null, from, null, null, open);
    }

    boolean sameRows(HistoryQuery other) {
        return rows().equals(other.rows());
    }

    boolean filters() {
        return !rows().equals(ALL);
    }

    private HistoryQuery rows() {
        return opening(null).showing(Show.EVENTS);
    }

    /** Adds what was typed: {@code user:}, {@code address:}, {@code type:}, {@code incident:}; a bare address is one, any other word a user. */
    HistoryQuery typed(String words) {
        var given = new LinkedHashMap<String, List<String>>(rows().parameters().getParameters());
        for (var word : words.strip().split("\\s+")) {
            int colon = word.indexOf(':');
            var field = colon > 0 ? word.substring(0, colon) : "";
            switch (field) {
                case "user", "address", "principal", "incident", "time" ->
                    given.put(field, List.of(word.substring(colon + 1)));
                case "type" -> {
                    var values = new ArrayList<>(given.getOrDefault(field, List.of()));
                    values.add(word.substring(colon + 1));
                    given.put(field, values);
                }
                default -> given.put(address(word) == null ? "user" : "address", List.of(word));
            }
        }
        return of(new QueryParameters(given));
    }

    /** Every filter that is on, by field and value. */
    List<Map.Entry<String, String>> tokens() {
        var tokens = new ArrayList<Map.Entry<String, String>>();
        rows().parameters()
                .getParameters()
                .forEach((field, values) -> values.forEach(value -> tokens.add(Map.entry(field, value))));
        return tokens;
    }

    HistoryQuery without(String field, String value) {
        var given = new LinkedHashMap<>(rows().parameters().getParameters());
        given.computeIfPresent(field, (name, values) -> {
            var left = values.stream().filter(each -> !each.equals(value)).toList();
            return left.isEmpty() ? null : left;
        });
        return of(new QueryParameters(given));
    }

    private static <E extends Enum<E>> E choice(E[] values, Map<String, List<String>> given, String field, E usual) {
        var text = first(given, field);
        return Stream.of(values)
                .filter(value -> Words.key(value).equalsIgnoreCase(text))
                .findFirst()
                .orElse(usual);
    }

    private static Set<String> types(List<String> texts) {
        var types = new LinkedHashSet<String>();
        for (var text : texts) if (TYPE.matcher(text).matches() && types.size() < MOST_TYPES) types.add(text);
        return types;
    }

    private static @Nullable String first(Map<String, List<String>> given, String field) {
        var text = given.getOrDefault(field, List.of("")).getFirst().strip();
        return text.isEmpty() || text.length() > LONGEST ? null : text;
    }

    private static @Nullable String address(@Nullable String text) {
        try {
            return text == null ? null : Address.of(text).text();
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private static <I> @Nullable I id(@Nullable String text, Function<UUID, I> named) {
        try {
            return text == null ? null : named.apply(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static void put(Map<String, List<String>> all, String field, @Nullable Object value) {
        if (value != null) all.put(field, List.of(value.toString()));
    }
}
