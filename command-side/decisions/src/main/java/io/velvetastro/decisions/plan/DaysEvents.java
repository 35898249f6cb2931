package io.velvetastro.decisions.plan;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Plan;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what organisations send in a day of UTC and stops them where their plan ends. Each process takes a little ahead from the one number in the database, so that a login costs no second commit; what a killed process had taken ahead counts as sent.
 */
public class DaysEvents implements Allowances {
    private static final long MOST_AHEAD = 5_000;
    private static final long SHARES = 200;

    private final JdbcClient db;
    private final Clock clock;
    private final Map<TenantId, Ahead> ahead = new ConcurrentHashMap<>();

    public DaysEvents(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Taken from the number in the database, and not yet sent. */
    private record Ahead(LocalDate day, long left) {}

    @Override
    public Allowance of(Caller caller) {
        var tenant = caller.tenant();
        var plan = caller.plan();
        return new Allowance() {
            @Override
            public void take(int events) {
                if (events > 0) DaysEvents.this.take(tenant, plan, events);
            }

            @Override
            public void giveBack(int events) {
                ahead.computeIfPresent(tenant, (same, now) -> new Ahead(now.day, now.left + events));
            }
        };
    }

    /** What was sent today, by what the database and this process know. */
    public long sentToday(TenantId tenant) {
        return sentOf(tenant, taken(tenant, today()));
    }

    /** What was sent of so much that the database counts for today. */
    public long sentOf(TenantId tenant, long taken) {
        var known = ahead.get(tenant);
        long unsent = known != null && known.day.equals(today()) ? known.left : 0;
        return Math.max(0, taken - unsent);
    }

    private long taken(TenantId tenant, LocalDate day) {
        return db.sql("select events from identity.events_of_day where organization = ? and day = ?")
                .params(tenant.value(), day)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private void take(TenantId tenant, Plan plan, int events) {
        var day = today();
        var enough = new boolean[1];
        ahead.compute(tenant, (same, before) -> {
            long left = before != null && before.day.equals(day) ? before.left : 0;
            if (left < events) left += granted(tenant, plan.eventsADay(), day, Math.max(events - left, share(plan)));
            enough[0] = left >= events;
            return new Ahead(day, enough[0] ? left - events : left);
        });
        if (!enough[0]) throw full(plan);
    }

    private RuntimeException full(Plan plan) {
        return Problems.later(
                HttpStatus.TOO_MANY_REQUESTS,
                "beyond-the-plan",
                "The day's events are used up",
                "Your plan takes " + plan.eventsADay()
                        + " events a day (UTC). What was stored stays, and everything can be read; more is taken tomorrow, or with another plan.",
                Duration.between(
                        clock.instant(), today().plusDays(1).atStartOfDay().toInstant(UTC)));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), UTC);
    }

    private static long share(Plan plan) {
        return Math.clamp(plan.eventsADay() / SHARES, 1, MOST_AHEAD);
    }

    /** As much of it as the day still has; one after the other, whoever asks. */
    private long granted(TenantId tenant, long limit, LocalDate day, long wanted) {
        db.sql("insert into identity.events_of_day (organization, day, events) values (?, ?, 0) on conflict do nothing")
                .params(tenant.value(), day)
                .update();
        return db.sql("""
                with held as (select events from identity.events_of_day where organization = :tenant and day = :day for update)
                update identity.events_of_day taken
                set events = greatest(held.events, least(cast(:limit as bigint), held.events + :wanted))
                from held where taken.organization = :tenant and taken.day = :day
                returning taken.events - held.events""")
                .param("tenant", tenant.value())
                .param("day", day)
                .param("limit", limit)
                .param("wanted", wanted)
                .query(Long.class)
                .single();
    }
}
