package io.velvetastro.engines.alert;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.Found;
import io.velvetastro.engines.Found.Party;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.Minutes;
import io.velvetastro.engines.alert.AlertMapping.Meaning;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Makes findings of other tools' alerts. What repeats on one machine is one series that counts; what is usual on a machine weighs less than what was never seen there.
 */
public final class Alerts {
    public static final String RULE = "external-alert";
    static final int VERSION = 1;
    /** Silence that ends a run, and the longest a run may last: a tool that never stops is told of twice a day. */
    static final long GAP_MILLIS = Duration.ofHours(1).toMillis();

    static final long LONGEST_MILLIS = Duration.ofHours(12).toMillis();
    private static final long LEARNING_MILLIS = Duration.ofDays(1).toMillis();
    private static final long MEMORY_MILLIS = Duration.ofDays(7).toMillis();
    private static final int USUAL_FROM_RUNS = 2;
    private static final int TOLD_SINGLY = 4;
    private static final long TOLD_EVERY_MILLIS = Duration.ofMinutes(10).toMillis();

    private final AlertMapping mapping;
    private final String version;
    private final Map<String, Meaning> known = new Remembered<>();
    private final Map<Repeat, String> keys = new Remembered<>();

    /** What makes alerts the same one again. */
    private record Repeat(String machine, String sensor, String name) {}

    /** A bounded number of them: names come from outside. */
    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
        private static final int MOST = 4096;

        Remembered() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }

    public Alerts(AlertMapping mapping) {
        this.mapping = mapping;
        this.version = mapping.version();
    }

    /** Which meanings are in force: alone the rule's own version does not say how a name was understood. */
    public String version() {
        return version;
    }

    /** Names what {@link #step} will recall for this alert. */
    public void willRecall(AlertRaised alert, BiConsumer<Kind<?>, String> wanted) {
        wanted.accept(Series.KIND, key(alert));
        wanted.accept(Watch.KIND, Watch.KEY);
    }

    /** What this alert adds: a new series, a grown one that is worth telling, or nothing. */
    public List<Found> step(Memory memory, AlertRaised alert) {
        long at = alert.occurredAt().toEpochMilli();
        var mark = new Series.Mark(at, alert.id().value());
        var key = key(alert);
        var before = memory.recall(Series.KIND, key);
        if (before.holds(mark)) return List.of();
        var meaning = meaning(alert);
        long since = watched(memory, at);
        var found = new ArrayList<Found>(1);
        Series after;
        if (joins(before, at)) {
            after = before.with(mark);
            if (isNews(after, meaning)) after = tell(alert, after, meaning, since, found);
        } else if (!before.isBlank() && at < before.first()) {
            // Far too late for the present run: a run of its own that leaves the present one alone.
            tell(alert, Series.KIND.blank().begin(series(alert), mark), meaning, since, found);
            return found;
        } else {
            if (before.count() > before.told())
                tell(alert, before, meaning, since, found); // The last word on the run before.
            after = tell(alert, before.begin(series(alert), mark), meaning, since, found);
        }
        memory.keep(Series.KIND, key, after);
        return found;
    }

    private static boolean joins(Series series, long at) {
        return !series.isBlank()
                && at >= series.first() - GAP_MILLIS
                && at <= series.last() + GAP_MILLIS
                && Math.max(at, series.last()) - Math.min(at, series.first()) <= LONGEST_MILLIS;
    }

    private static boolean isNews(Series series, Meaning meaning) {
        if (series.count() >= 2 * series.told()) return true;
        if (meaning.severity() == Severity.INFO) return false;
        return series.count() <= TOLD_SINGLY || series.last() - series.toldAt() >= TOLD_EVERY_MILLIS;
    }

    private static Series tell(AlertRaised alert, Series series, Meaning meaning, long since, List<Found> found) {
        int earlier = series.runsSince(series.first() - MEMORY_MILLIS);
        boolean usual = earlier >= USUAL_FROM_RUNS;
        boolean isNew = earlier == 0 && series.first() - since >= LEARNING_MILLIS;
        var severity = usual ? milder(meaning.severity()) : meaning.severity();
        double score = score(severity, isNew);
        found.add(new Found(
                Engine.EXTERNAL,
                RULE,
                VERSION,
                new SeriesId(series.id()),
                alert.tenant(),
                alert.name(),
                severity,
                score,
                meaning.stage(),
                meaning.technique() == null ? List.of() : List.<Technique>of(meaning.technique()),
                Instant.ofEpochMilli(series.first()),
                Instant.ofEpochMilli(series.last()),
                Instant.ofEpochMilli(series.first()),
                series.count(),
                series.evidence().stream().map(mark -> new EventId(mark.id())).toList(),
                parties(alert),
                why(meaning, usual, isNew, earlier, score),
                explanation(alert, series, usual, isNew),
                alert.place(),
                false,
                severity.compareTo(Severity.MEDIUM) < 0 ? Minutes.NONE : series.owed()));
        return series.noted();
    }

    private static List<Party> parties(AlertRaised alert) {
        var parties = new ArrayList<Party>(3);
        if (alert.principal() != null) parties.add(Party.user(alert.principal().value(), alert.id()));
        if (alert.source() != null) parties.add(Party.attacker(alert.source().value(), alert.id()));
        if (alert.host() != null) parties.add(Party.host(alert.host(), alert.id()));
        if (alert.target() != null)
            parties.add(new Party(
                    Entity.Kind.ADDRESS, Entity.Role.TARGET, alert.target().toString(), alert.id()));
        return List.copyOf(parties);
    }

    private static List<Weight> why(Meaning meaning, boolean usual, boolean isNew, int earlier, double score) {
        double base = score(meaning.severity(), false);
        var said = new Weight(
                "an alert of this name is " + meaning.severity().name().toLowerCase(Locale.ROOT) + " here", base);
        if (usual)
            return List.of(
                    said,
                    new Weight("usual on this machine: " + earlier + " earlier runs within a week", score - base));
        if (isNew) return List.of(said, new Weight("not seen on this machine for a week", score - base));
        return List.of(said);
    }

    private static String explanation(AlertRaised alert, Series series, boolean usual, boolean isNew) {
        var times = series.count() == 1 ? "once" : series.count() + " times";
        var where = alert.host() == null ? "" : " on " + alert.host();
        var text = "Another tool raised this " + times + where + ".";
        if (usual) return text + " It is usual there, so it weighs less.";
        return isNew ? text + " It was not seen there in the week before." : text;
    }

    private static Severity milder(Severity severity) {
        return severity.compareTo(Severity.LOW) <= 0 ? severity : Severity.values()[severity.ordinal() - 1];
    }

    private static double score(Severity severity, boolean isNew) {
        double base = switch (severity) {
            case INFO -> 0.02;
            case LOW -> 0.2;
            case MEDIUM -> 0.45;
            case HIGH -> 0.7;
            case CRITICAL -> 0.9;
        };
        return isNew && severity.compareTo(Severity.MEDIUM) >= 0 ? Math.min(0.99, base + 0.15) : base;
    }

    private static long watched(Memory memory, long at) {
        long since = memory.recall(Watch.KIND, Watch.KEY).since();
        if (at >= since) return since;
        memory.keep(Watch.KIND, Watch.KEY, new Watch(at));
        return at;
    }

    private static UUID series(AlertRaised alert) {
        return new Digest("series")
                .with(alert.tenant().value())
                .with(RULE)
                .with(VERSION)
                .with(alert.id().value())
                .id();
    }

    private String key(AlertRaised alert) {
        return keys.computeIfAbsent(new Repeat(machine(alert), alert.sensor(), alert.name()), Alerts::key);
    }

    private static String key(Repeat repeat) {
        return new Digest("alert")
                .with(repeat.machine())
                .with(repeat.sensor())
                .with(repeat.name())
                .id()
                .toString();
    }

    private static String machine(AlertRaised alert) {
        if (alert.host() != null) return alert.host();
        return alert.target() == null ? "" : alert.target().toString();
    }

    private Meaning meaning(AlertRaised alert) {
        if (alert.severity() != null) return mapping.of(alert.name(), alert.severity());
        return known.computeIfAbsent(alert.name(), name -> mapping.of(name, null));
    }
}
