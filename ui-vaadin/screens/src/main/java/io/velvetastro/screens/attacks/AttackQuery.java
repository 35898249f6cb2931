package io.velvetastro.screens.attacks;

import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.Engine;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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
    private static final int LONGEST = 200;

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
        var given = parameters.getParameters();
        return new AttackQuery(
                enums(given, "time", Time.class).stream().findFirst().orElse(Time.ANY),
                enums(given, "severity", Severity.class),
                stages(given.getOrDefault("stage", List.of())),
                enums(given, "engine", Engine.class),
                enums(given, "outcome", Outcome.class),
                first(given, "source"),
                first(given, "user"),
                first(given, "text"),
                id(first(given, "incident"), IncidentId::new),
                id(first(given, "id"), SeriesId::new));
    }

    QueryParameters parameters() {
        var all = new LinkedHashMap<String, List<String>>();
        if (time != Time.ANY) all.put("time", List.of(Words.key(time)));
        put(all, "severity", severities);
        if (!stages.isEmpty())
            all.put(
                    "stage",
                    stages.stream().map(stage -> String.valueOf(stage.number())).toList());
        put(all, "engine", engines);
        put(all, "outcome", outcomes);
        put(all, "source", source);
        put(all, "user", user);
        put(all, "text", text);
        put(all, "incident", incident);
        put(all, "id", open);
        return new QueryParameters(all);
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
        var given = new LinkedHashMap<String, List<String>>(parameters().getParameters());
        var plain = new ArrayList<String>();
        for (var word : words.strip().split("\\s+")) {
            int colon = word.indexOf(':');
            var field = colon > 0 ? word.substring(0, colon).toLowerCase(Locale.ROOT) : "";
            var value = colon > 0 ? word.substring(colon + 1) : "";
            switch (field) {
                case "source", "user", "time" -> given.put(field, List.of(value));
                case "severity", "stage", "engine", "outcome" -> {
                    var values = new ArrayList<>(given.getOrDefault(field, List.of()));
                    values.add(value);
                    given.put(field, values);
                }
                default -> plain.add(word);
            }
        }
        if (!plain.isEmpty()) given.put("text", List.of(String.join(" ", plain)));
        return of(new QueryParameters(given));
    }

    /** Every filter that is on, by field and value, in the order they are shown. */
    List<Map.Entry<String, String>> tokens() {
        var tokens = new ArrayList<Map.Entry<String, String>>();
        opening(null)
                .parameters()
                .getParameters()
                .forEach((field, values) -> values.forEach(value -> tokens.add(Map.entry(field, value))));
        return tokens;
    }

    AttackQuery without(String field, String value) {
        var given = new LinkedHashMap<>(parameters().getParameters());
        given.computeIfPresent(field, (name, values) -> {
            var left = values.stream().filter(each -> !each.equals(value)).toList();
            return left.isEmpty() ? null : left;
        });
        return of(new QueryParameters(given));
    }

    private static <E extends Enum<E>> Set<E> enums(Map<String, List<String>> given, String field, Class<E> type) {
        var found = EnumSet.noneOf(type);
        for (var text : given.getOrDefault(field, List.of()))
            for (var value : type.getEnumConstants()) if (Words.key(value).equalsIgnoreCase(text)) found.add(value);
        return found;
    }

    private static Set<Stage> stages(Collection<String> texts) {
        var found = EnumSet.noneOf(Stage.class);
        for (var text : texts)
            for (var stage : Stage.values())
                if (String.valueOf(stage.number()).equals(text)
                        || Words.key(stage).equalsIgnoreCase(text)) found.add(stage);
        return found;
    }

    private static @Nullable String first(Map<String, List<String>> given, String field) {
        var text = given.getOrDefault(field, List.of("")).getFirst().strip();
        return text.isEmpty() || text.length() > LONGEST ? null : text;
    }

    private static <I> @Nullable I id(@Nullable String text, Function<UUID, I> named) {
        try {
            return text == null ? null : named.apply(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static <E extends Enum<E>> Set<E> flipped(Set<E> before, E value) {
        var after = before.isEmpty() ? EnumSet.noneOf(value.getDeclaringClass()) : EnumSet.copyOf(before);
        if (!after.add(value)) after.remove(value);
        return after;
    }

    private static void put(Map<String, List<String>> all, String field, Set<? extends Enum<?>> values) {
        if (!values.isEmpty()) all.put(field, values.stream().map(Words::key).toList());
    }

    private static void put(Map<String, List<String>> all, String field, @Nullable Object value) {
        if (value != null) all.put(field, List.of(value.toString()));
    }
}
