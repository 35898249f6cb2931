package io.velvetastro.views.attacks;

import static io.velvetastro.views.jooq.Tables.ATTACK;
import static io.velvetastro.views.jooq.Tables.ATTACK_HOUR;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;

import io.velvetastro.language.Engine;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks.FacetCounts;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Columns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Counts attacks by their facets: whole hours from the roll-up, the ends of the span from the rows. */
final class AttackCounts {
    /** Where only the rows themselves can tell, counting stops here. */
    static final int MOST_COUNTED = 10_000;

    private record Cell(Severity severity, Stage stage, Engine engine, Outcome outcome) {}

    private final DSLContext db;

    AttackCounts(DSLContext db) {
        this.db = db;
    }

    long total(TenantId tenant, Filter filter) {
        if (AttackFilter.isParticular(filter))
            return db.fetchCount(db.selectOne()
                    .from(ATTACK)
                    .where(AttackFilter.of(tenant, filter))
                    .limit(MOST_COUNTED));
        return cells(tenant, filter).entrySet().stream()
                .filter(cell -> passes(cell.getKey(), filter))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Each facet is counted as if nothing were chosen in it: its other values say what they would add. */
    FacetCounts facets(TenantId tenant, Filter filter) {
        var cells = AttackFilter.isParticular(filter) ? cellsOfRows(tenant, filter) : cells(tenant, filter);
        return new FacetCounts(
                facet(
                        cells,
                        Severity.class,
                        Cell::severity,
                        (c, f) -> hasStage(c, f) && hasEngine(c, f) && hasOutcome(c, f),
                        filter),
                facet(
                        cells,
                        Stage.class,
                        Cell::stage,
                        (c, f) -> hasSeverity(c, f) && hasEngine(c, f) && hasOutcome(c, f),
                        filter),
                facet(
                        cells,
                        Engine.class,
                        Cell::engine,
                        (c, f) -> hasSeverity(c, f) && hasStage(c, f) && hasOutcome(c, f),
                        filter),
                facet(
                        cells,
                        Outcome.class,
                        Cell::outcome,
                        (c, f) -> hasSeverity(c, f) && hasStage(c, f) && hasEngine(c, f),
                        filter),
                cells.entrySet().stream()
                        .filter(cell -> passes(cell.getKey(), filter))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
    }

    private static <V extends Enum<V>> Map<V, Long> facet(
            Map<Cell, Long> cells,
            Class<V> type,
            Function<Cell, V> value,
            BiPredicate<Cell, Filter> others,
            Filter filter) {
        var counts = new EnumMap<V, Long>(type);
        cells.forEach((cell, count) -> {
            if (others.test(cell, filter)) counts.merge(value.apply(cell), count, Long::sum);
        });
        return counts;
    }

    private static boolean passes(Cell cell, Filter filter) {
        return hasSeverity(cell, filter)
                && hasStage(cell, filter)
                && hasEngine(cell, filter)
                && hasOutcome(cell, filter);
    }

    private static boolean hasSeverity(Cell cell, Filter filter) {
        return chosen(filter.severities(), cell.severity);
    }

    private static boolean hasStage(Cell cell, Filter filter) {
        return chosen(filter.stages(), cell.stage);
    }

    private static boolean hasEngine(Cell cell, Filter filter) {
        return chosen(filter.engines(), cell.engine);
    }

    private static boolean hasOutcome(Cell cell, Filter filter) {
        return chosen(filter.outcomes(), cell.outcome);
    }

    private static <V> boolean chosen(Set<V> values, V value) {
        return values.isEmpty() || values.contains(value);
    }

    private Map<Cell, Long> cellsOfRows(TenantId tenant, Filter filter) {
        var wide = new Filter(
                filter.from(),
                filter.to(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                filter.source(),
                filter.user(),
                filter.text(),
                filter.incident());
        var some = db.select(ATTACK.SEVERITY, ATTACK.STAGE, ATTACK.ENGINE, ATTACK.OUTCOME)
                .from(ATTACK)
                .where(AttackFilter.of(tenant, wide))
                .limit(MOST_COUNTED)
                .asTable("some");
        var cells = new HashMap<Cell, Long>();
        db.select(
                        some.field(ATTACK.SEVERITY),
                        some.field(ATTACK.STAGE),
                        some.field(ATTACK.ENGINE),
                        some.field(ATTACK.OUTCOME),
                        count())
                .from(some)
                .groupBy(DSL.inline(1), DSL.inline(2), DSL.inline(3), DSL.inline(4))
                .forEach(row -> cells.merge(
                        cell(row.value1(), row.value2(), row.value3(), row.value4()), (long) row.value5(), Long::sum));
        return cells;
    }

    private Map<Cell, Long> cells(TenantId tenant, Filter filter) {
        var cells = new HashMap<Cell, Long>();
        var from = filter.from() == null ? null : Clean.time(filter.from());
        var to = filter.to() == null ? null : Clean.time(filter.to());
        if (from != null && to != null && !from.isBefore(to)) return cells;
        var firstHour = from == null ? null : ceiling(from);
        var lastHour = to == null ? null : to.truncatedTo(ChronoUnit.HOURS);
        if (from != null && to != null && requireNonNull(firstHour).isAfter(lastHour)) {
            rows(tenant, from, to, cells);
            return cells;
        }
        hours(tenant, firstHour, lastHour, cells);
        if (from != null && firstHour != null && from.isBefore(firstHour)) rows(tenant, from, firstHour, cells);
        if (to != null && lastHour != null && lastHour.isBefore(to)) rows(tenant, lastHour, to, cells);
        return cells;
    }

    private static Instant ceiling(Instant at) {
        var hour = at.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(at) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }

    private void hours(TenantId tenant, @Nullable Instant from, @Nullable Instant to, Map<Cell, Long> cells) {
        var h = ATTACK_HOUR;
        Condition when = noCondition();
        if (from != null) when = when.and(h.AT.ge(Clean.column(from)));
        if (to != null) when = when.and(h.AT.lt(Clean.column(to)));
        db.select(h.SEVERITY, h.STAGE, h.ENGINE, h.OUTCOME, sum(h.ATTACKS).cast(SQLDataType.BIGINT))
                .from(h)
                .where(h.TENANT.eq(tenant.value()))
                .and(when)
                .groupBy(h.SEVERITY, h.STAGE, h.ENGINE, h.OUTCOME)
                .forEach(row -> cells.merge(
                        cell(row.value1(), row.value2(), row.value3(), row.value4()), row.value5(), Long::sum));
    }

    private void rows(TenantId tenant, Instant from, Instant to, Map<Cell, Long> cells) {
        var a = ATTACK;
        db.select(a.SEVERITY, a.STAGE, a.ENGINE, a.OUTCOME, count())
                .from(a)
                .where(a.TENANT.eq(tenant.value()))
                .and(a.LAST_AT.ge(Clean.column(from)))
                .and(a.LAST_AT.lt(Clean.column(to)))
                .groupBy(a.SEVERITY, a.STAGE, a.ENGINE, a.OUTCOME)
                .forEach(row -> cells.merge(
                        cell(row.value1(), row.value2(), row.value3(), row.value4()), (long) row.value5(), Long::sum));
    }

    private static Cell cell(short severity, short stage, String engine, String outcome) {
        return new Cell(
                Columns.severity(severity), Columns.stage(stage), Engine.valueOf(engine), Outcome.valueOf(outcome));
    }
}
