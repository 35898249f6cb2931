package io.velvetastro.views.story;

import static io.velvetastro.views.jooq.Tables.ACTOR_HOUR;
import static io.velvetastro.views.jooq.Tables.ATTACK_HOUR;
import static io.velvetastro.views.jooq.Tables.ATTACK_MINUTE;
import static io.velvetastro.views.jooq.Tables.ORIGIN_HOUR;

import io.velvetastro.views.Rows;
import io.velvetastro.views.jooq.tables.records.ActorHourRecord;
import io.velvetastro.views.jooq.tables.records.AttackHourRecord;
import io.velvetastro.views.jooq.tables.records.AttackMinuteRecord;
import io.velvetastro.views.jooq.tables.records.AttackRecord;
import io.velvetastro.views.jooq.tables.records.OriginHourRecord;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.TableRecord;

/** Collects how the sums over the attacks change, so that a batch moves each of them once. At any time they equal a GROUP BY over the rows. */
final class RollUps {
    static final String SOURCE = "SOURCE";
    static final String USER = "USER";

    private record Hour(UUID tenant, OffsetDateTime at, short severity, short stage, String engine, String outcome) {}

    private record Origin(UUID tenant, OffsetDateTime at, String origin, short severity, short stage) {}

    private record Actor(UUID tenant, OffsetDateTime at, String kind, String entity, short severity) {}

    private record Minute(UUID tenant, OffsetDateTime at) {}

    private static final class Sum {
        private long attacks;
        private long events;
        private boolean lowered;

        void add(long attacks, long events) {
            this.attacks += attacks;
            this.events += events;
            lowered |= attacks < 0;
        }

        boolean isNothing() {
            return attacks == 0 && events == 0;
        }
    }

    private final Map<Hour, Sum> hours = new HashMap<>();
    private final Map<Origin, Sum> origins = new HashMap<>();
    private final Map<Actor, Sum> actors = new HashMap<>();
    private final Map<Minute, Sum> minutes = new HashMap<>();

    void appeared(AttackRecord attack) {
        move(attack, 1);
    }

    void went(AttackRecord attack) {
        move(attack, -1);
    }

    void outcomeChanged(
            UUID tenant,
            OffsetDateTime lastAt,
            short severity,
            short stage,
            String engine,
            String before,
            String after) {
        var at = lastAt.truncatedTo(ChronoUnit.HOURS);
        sum(hours, new Hour(tenant, at, severity, stage, engine, before)).add(-1, 0);
        sum(hours, new Hour(tenant, at, severity, stage, engine, after)).add(1, 0);
    }

    void events(UUID tenant, OffsetDateTime at, long more) {
        if (more > 0)
            sum(minutes, new Minute(tenant, at.truncatedTo(ChronoUnit.MINUTES))).add(0, more);
    }

    private void move(AttackRecord a, int sign) {
        var at = a.getLastAt().truncatedTo(ChronoUnit.HOURS);
        long events = sign * a.getEvents();
        sum(hours, new Hour(a.getTenant(), at, a.getSeverity(), a.getStage(), a.getEngine(), a.getOutcome()))
                .add(sign, 0);
        sum(origins, new Origin(a.getTenant(), at, a.getOrigin(), a.getSeverity(), a.getStage()))
                .add(sign, events);
        if (a.getSourceId() != null)
            sum(actors, new Actor(a.getTenant(), at, SOURCE, a.getSourceId(), a.getSeverity()))
                    .add(sign, events);
        if (a.getUserId() != null)
            sum(actors, new Actor(a.getTenant(), at, USER, a.getUserId(), a.getSeverity()))
                    .add(sign, events);
    }

    private static <K> Sum sum(Map<K, Sum> sums, K key) {
        return sums.computeIfAbsent(key, k -> new Sum());
    }

    void write(DSLContext db) {
        write(
                db,
                ATTACK_HOUR,
                hours,
                (k, s) -> new AttackHourRecord(k.tenant, k.at, k.severity, k.stage, k.engine, k.outcome, s.attacks),
                "(tenant, at, severity, stage, engine, outcome)",
                "attacks = t.attacks + excluded.attacks");
        write(
                db,
                ORIGIN_HOUR,
                origins,
                (k, s) -> new OriginHourRecord(k.tenant, k.at, k.origin, k.severity, k.stage, s.attacks, s.events),
                "(tenant, at, origin, severity, stage)",
                "attacks = t.attacks + excluded.attacks, events = t.events + excluded.events");
        write(
                db,
                ACTOR_HOUR,
                actors,
                (k, s) -> new ActorHourRecord(k.tenant, k.at, k.kind, k.entity, k.severity, s.attacks, s.events),
                "(tenant, kind, at, entity, severity)",
                "attacks = t.attacks + excluded.attacks, events = t.events + excluded.events");
        write(
                db,
                ATTACK_MINUTE,
                minutes,
                (k, s) -> new AttackMinuteRecord(k.tenant, k.at, s.events),
                "(tenant, at)",
                "events = t.events + excluded.events");
    }

    private static <K, R extends TableRecord<R>> void write(
            DSLContext db, Table<R> table, Map<K, Sum> sums, BiFunction<K, Sum, R> row, String key, String add) {
        sums.values().removeIf(Sum::isNothing);
        Collection<R> rows = sums.entrySet().stream()
                .map(entry -> row.apply(entry.getKey(), entry.getValue()))
                .toList();
        Rows.insert(db, table, rows, "on conflict " + key + " do update set " + add);
        var lowered = sums.entrySet().stream()
                .filter(entry -> entry.getValue().lowered)
                .map(entry -> row.apply(entry.getKey(), entry.getValue()))
                .toList();
        if (lowered.isEmpty()) return;
        // A sum of nothing leaves no row: a rebuild, which never saw it, must arrive at the same table.
        var name = table.getName();
        db.execute(
                "delete from " + name + " t using json_populate_recordset(null::" + name
                        + ", ?::json) k where t.attacks = 0 and "
                        + key.replace("(", "(t.").replace(", ", ", t.") + " = "
                        + key.replace("(", "(k.").replace(", ", ", k."),
                Rows.json(db, table, lowered));
    }
}
