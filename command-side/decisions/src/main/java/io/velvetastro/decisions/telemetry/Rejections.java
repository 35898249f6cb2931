package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.telemetry.Answer.Rejection;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the lines that were not taken, by number and reason, for thirty days; never the lines themselves. */
@Repository
class Rejections implements Import.RejectionBook {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final JdbcClient db;
    private final InstantSource clock;
    private final AtomicLong sweptAtSecond = new AtomicLong();

    Rejections(JdbcClient db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public void save(TenantId tenant, UUID importId, List<Rejection> rejections) {
        db.sql("""
                insert into intake.rejected (tenant, import_id, line, field, detail, at)
                select ?, ?, line, field, detail, ? from unnest(?::bigint[], ?::text[], ?::text[]) as t(line, field, detail)
                """)
                .params(
                        tenant.value(),
                        importId,
                        utc(clock.instant()),
                        rejections.stream().map(Rejection::index).toArray(Long[]::new),
                        rejections.stream().map(Rejection::field).toArray(String[]::new),
                        rejections.stream().map(Rejection::detail).toArray(String[]::new))
                .update();
        sweep();
    }

    /** At most {@code limit} in order of their index, from behind {@code after}. */
    List<Rejection> page(TenantId tenant, UUID importId, long after, int limit) {
        return db.sql("""
                select line, field, detail from intake.rejected
                where tenant = ? and import_id = ? and line > ? order by line limit ?
                """)
                .params(tenant.value(), importId, after, limit)
                .query((row, n) -> new Rejection(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }

    private void sweep() {
        var now = clock.instant();
        long last = sweptAtSecond.get();
        if (now.getEpochSecond() - last < BETWEEN_SWEEPS.toSeconds()) return;
        if (!sweptAtSecond.compareAndSet(last, now.getEpochSecond())) return;
        db.sql("delete from intake.rejected where at < ?")
                .param(utc(now.minus(KEPT)))
                .update();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
