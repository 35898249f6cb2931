package io.velvetastro.screens.attacks;

import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.Engine;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.screens.parts.AddressBar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the reader filters by and has opened, as it stands in the address bar; what cannot be understood there filters nothing. */
record AttackQuery(
        Time time,
        Set<Severity> severities,
        Set<Stage> stages,
        Set<Engine> engines,
        Set<Outcome> outcomes,
        @Nullable String source,
        @Nullable String user,
        @Nullable String text,
        @Nullable IncidentId incident,
        @Nullable SeriesId open) {
    static final AttackQuery ALL =
            new AttackQuery(Time.ANY, Set.of(), Set.of(), Set.of(), Set.of(), null, null, null, null, null);

    /** How far back. */
    enum Time {
        ANY("Any time"),
        HOUR("Last hour"),
        TODAY("Today"),
        DAY("Last 24 hours"),
        WEEK("Last 7 days");

        private final String words;

        Time(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static AttackQuery of(QueryParameters parameters) {
        return of(AddressBar.of(parameters));
    }

    private static AttackQuery of(AddressBar given) {
        return new AttackQuery(
                given.one("time", Time.ANY),
                given.some("severity", Severity.class),
                stages(given),
                given.some("engine", Engine.class),
                given.some("outcome", Outcome.class),
                given.first("source"),
                given.first("user"),
                given.first("text"),
                given.id("incident", IncidentId::new),
                given.id("id", SeriesId::new));
    }

    QueryParameters parameters() {
        return bar().parameters();
    }

    private AddressBar bar() {
        return new AddressBar()
                .put("time", time, Time.ANY)
                .putAll("severity", severities)
                .putAll("stage", stages.stream().map(Stage::number).toList())
                .putAll("engine", engines)
                .putAll("outcome", outcomes)
                .put("source", source)
                .put("user", user)
                .put("text", text)
                .put("incident", incident)
                .put("id", open);
    }

    Filter filter(Instant now, Instant midnight) {
        var from = switch (time) {
            case ANY -> null;
            case HOUR -> now.minus(Duration.ofHours(1));
            case TODAY -> midnight;
            case DAY -> now.minus(Duration.ofHours(24));
            case WEEK -> now.minus(Duration.ofDays(7));
        };
        return new Filter(from, null, severities, stages, engines, outcomes, source, user, text, incident);
    }

    /** Whether rows are left out. */
    boolean filters() {
        return !opening(null).equals(ALL);
    }

    boolean sameRows(AttackQuery other) {
        return opening(null).equals(other.opening(null));
    }

    AttackQuery opening(@Nullable SeriesId row) {
        return new AttackQuery(time, severities, stages, engines, outcomes, source, user, text, incident, row);
    }

    AttackQuery during(Time chosen) {
        return new AttackQuery(chosen, severities, stages, engines, outcomes, source, user, text, incident, open);
    }

    AttackQuery flip(Severity value) {
        return new AttackQuery(
                time, flipped(severities, value), stages, engines, outcomes, source, user, text, incident, open);
    }

    AttackQuery flip(Stage value) {
        return new AttackQuery(
                time, severities, flipped(stages, value), engines, outcomes, source, user, text, incident, open);
    }

    AttackQuery flip(Engine value) {
        return new AttackQuery(
                time, severities, stages, flipped(engines, value), outcomes, source, user, text, incident, open);
    }

    AttackQuery flip(Outcome value) {
        return new AttackQuery(
                time, severities, stages, engines, flipped(outcomes, value), source, user, text, incident, open);
    }

    /** Adds what was typed: {@code source:}, {@code user:}, {@code severity:}, {@code stage:}, {@code engine:}, {@code outcome:}, {@code time:} or plain words. */
    AttackQuery typed(String words) {
        var given = bar();
        var plain = new ArrayList<String>();
        for (var word : words.strip().split("\\s+")) {
            int colon = word.indexOf(':');
            var field = colon > 0 ? word.substring(0, colon).toLowerCase(Locale.ROOT) : "";
            var value = colon > 0 ? word.substring(colon + 1) : "";
            switch (field) {
                case "source", "user", "time" -> given.put(field, value);
                case "severity", "stage", "engine", "outcome" -> given.add(field, value);
                default -> plain.add(word);
            }
        }
        if (!plain.isEmpty()) given.put("text", String.join(" ", plain));
        return of(given);
    }

    /** Every filter that is on, by field and value, in the order they are shown. */
    List<Map.Entry<String, String>> tokens() {
        return opening(null).bar().tokens();
    }

    AttackQuery without(String field, String value) {
        return of(bar().without(field, value));
    }

    /** By name or by number. */
    private static Set<Stage> stages(AddressBar given) {
        var found = given.some("stage", Stage.class);
        for (var stage : Stage.values())
            if (given.all("stage").contains(String.valueOf(stage.number()))) found.add(stage);
        return found;
    }

    private static <E extends Enum<E>> Set<E> flipped(Set<E> before, E value) {
        var after = before.isEmpty() ? EnumSet.noneOf(value.getDeclaringClass()) : EnumSet.copyOf(before);
        if (!after.add(value)) after.remove(value);
        return after;
    }
}
