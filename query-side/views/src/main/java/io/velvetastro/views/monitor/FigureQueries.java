package io.velvetastro.views.monitor;

import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Monitor.Figures;
import io.velvetastro.questions.Monitor.FiguresAnswer;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Walled;
import io.velvetastro.views.attacks.AttackQueries;
import io.velvetastro.views.web.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers the dashboard's tiles, each from sums that are kept, none by counting events. */
@Component
public class FigureQueries {
    private static final int HOURS = 24;
    private static final int WEEKS = 4;
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofDays(30);
    private final DSLContext db;
    private final AttackQueries attacks;

    FigureQueries(@Walled DSLContext db, AttackQueries attacks) {
        this.db = db;
        this.attacks = attacks;
    }

    @QueryHandler
    FiguresAnswer answer(Figures asked) {
        var span = Duration.between(asked.dayStart(), asked.now());
        if (span.isNegative() || span.compareTo(Duration.ofDays(2)) > 0)
            throw new Unreadable("dayStart", "is not the midnight before now");
        var tenant = asked.tenant();
        var today = attacks.counts(tenant, asked.dayStart(), asked.now().plusNanos(1_000));
        var incidents = incidents(asked);
        var stopped = stopped(asked);
        return new FiguresAnswer(
                incidents.get("open", Long.class),
                incidents.get("opened_today", Long.class),
                today.total(),
                usual(asked, span),
                stopped.get("contained", Long.class),
                stopped.get("containable", Long.class),
                incidents.get("acknowledged", Double.class),
                number(
                        "select coalesce(sum(succeeded + failed + alerts), 0) from views.traffic_minute where tenant = ? and at >= ?::timestamptz and at <= ?::timestamptz",
                        tenant,
                        asked.dayStart(),
                        asked.now()),
                number(
                        "select count(*) from views.rule where tenant = ? and action = 'BLOCK' and lifted_at is null and until > ?::timestamptz and at <= ?::timestamptz",
                        tenant,
                        asked.now(),
                        asked.now()),
                today.severities(),
                trend(
                        asked,
                        "select at, attacks as n from views.attack_hour where tenant = ? and at >= ?::timestamptz and at <= ?::timestamptz"),
                trend(
                        asked,
                        "select recorded_at as at, 1 as n from views.incident where tenant = ? and recorded_at >= ?::timestamptz and recorded_at <= ?::timestamptz"),
                trend(
                        asked,
                        "select at, succeeded + failed + alerts as n from views.traffic_minute where tenant = ? and at >= ?::timestamptz and at <= ?::timestamptz"),
                trend(
                        asked,
                        "select at, 1 as n from views.rule where action = 'BLOCK' and tenant = ? and at >= ?::timestamptz and at <= ?::timestamptz"));
    }

    private Record incidents(Figures asked) {
        return db.fetchSingle(
                """
                select count(*) filter (where merged_into is null and not resolved) as open,
                    count(*) filter (where recorded_at >= ?::timestamptz) as opened_today,
                    percentile_cont(0.5) within group (order by extract(epoch from acknowledged_at - recorded_at)::double precision)
                        filter (where acknowledged_at >= ?::timestamptz) as acknowledged
                from views.incident where tenant = ? and recorded_at <= ?::timestamptz
                """,
                Clean.column(asked.dayStart()),
                Clean.column(asked.now().minus(ACKNOWLEDGED_WITHIN)),
                asked.tenant().value(),
                Clean.column(asked.now()));
    }

    private Record stopped(Figures asked) {
        return db.fetchSingle("""
                select count(*) as containable, count(*) filter (where exists (
                    select 1 from views.playbook_step s where s.tenant = a.tenant and s.incident = a.incident and s.target = a.network
                    and s.state in ('STANDING', 'UNDONE'))) as contained
                from views.advice a where a.tenant = ? and a.at >= ?::timestamptz and a.at <= ?::timestamptz and not a.history
                """, asked.tenant().value(), Clean.column(asked.dayStart()), Clean.column(asked.now()));
    }

    /** The mean of those of the last weeks that have any attack before them. */
    private @Nullable Double usual(Figures asked, Duration span) {
        var first = db.fetchSingle(
                        "select min(at) as at from views.attack_hour where tenant = ?",
                        asked.tenant().value())
                .get("at", OffsetDateTime.class);
        if (first == null) return null;
        var since = first.toInstant();
        var weeks = new ArrayList<Long>();
        for (int week = 1; week <= WEEKS; week++) {
            var start = asked.dayStart().minus(7L * week, ChronoUnit.DAYS);
            if (start.isBefore(since)) break;
            weeks.add(attacks.counts(asked.tenant(), start, start.plus(span)).total());
        }
        OptionalDouble mean = weeks.stream().mapToLong(Long::longValue).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private long number(String sql, TenantId tenant, Instant one, Instant other) {
        var value = db.fetchValue(sql, tenant.value(), Clean.column(one), Clean.column(other));
        return ((Number) value).longValue();
    }

    /** The 24 hours before now, oldest first. */
    private List<Long> trend(Figures asked, String rows) {
        var start = asked.now().minus(HOURS, ChronoUnit.HOURS);
        var trend = new long[HOURS];
        db.fetch(
                        "select least(floor(extract(epoch from at - ?::timestamptz) / 3600), 23)::int as hour, sum(n)::bigint as n from ("
                                + rows + ") as counted group by 1",
                        Clean.column(start),
                        asked.tenant().value(),
                        Clean.column(start),
                        Clean.column(asked.now()))
                .forEach(row -> trend[row.get("hour", Integer.class)] += row.get("n", Long.class));
        return IntStream.range(0, HOURS).mapToObj(hour -> trend[hour]).toList();
    }
}
