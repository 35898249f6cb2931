package io.velvetastro.screens.forensics;

import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.Address;
import io.velvetastro.language.EventId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.Forensics.HistoryFilter;
import io.velvetastro.screens.parts.AddressBar;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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
    private static final int MOST_TYPES = 12;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,60}");

    static final HistoryQuery ALL = new HistoryQuery(Show.EVENTS, Time.ANY, Set.of(), null, null, null, null, null);

    /** Which part of the screen. */
    enum Show {
        EVENTS("Events"),
        CUSTODY("Custody"),
        AUDIT("Audit"),
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
        return of(AddressBar.of(parameters));
    }

    private static HistoryQuery of(AddressBar given) {
        return new HistoryQuery(
                given.one("show", Show.EVENTS),
                given.one("time", Time.ANY),
                types(given.all("type")),
                given.first("user"),
                address(given.first("address")),
                given.id("principal", UUID::toString),
                given.id("incident", IncidentId::new),
                given.id("id", EventId::new));
    }

    QueryParameters parameters() {
        return bar().parameters();
    }

    private AddressBar bar() {
        return new AddressBar()
                .put("show", show, Show.EVENTS)
                .put("time", time, Time.ANY)
                .putAll("type", types)
                .put("user", user)
                .put("address", address)
                .put("principal", principal)
                .put("incident", incident)
                .put("id", open);
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
        var given = rows().bar();
        for (var word : words.strip().split("\\s+")) {
            int colon = word.indexOf(':');
            var field = colon > 0 ? word.substring(0, colon) : "";
            switch (field) {
                case "user", "address", "principal", "incident", "time" -> given.put(field, word.substring(colon + 1));
                case "type" -> given.add(field, word.substring(colon + 1));
                default -> given.put(address(word) == null ? "user" : "address", word);
            }
        }
        return of(given);
    }

    /** Every filter that is on, by field and value. */
    List<Map.Entry<String, String>> tokens() {
        return rows().bar().tokens();
    }

    HistoryQuery without(String field, String value) {
        return of(rows().bar().without(field, value));
    }

    private static Set<String> types(List<String> texts) {
        var types = new LinkedHashSet<String>();
        for (var text : texts) if (TYPE.matcher(text).matches() && types.size() < MOST_TYPES) types.add(text);
        return types;
    }

    private static @Nullable String address(@Nullable String text) {
        try {
            return text == null ? null : Address.of(text).text();
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }
}
