package io.velvetastro.views.monitor;

import static java.util.Objects.requireNonNull;

import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.questions.Monitor.TrafficAnswer;
import io.velvetastro.questions.Monitor.TrafficPoint;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Walled;
import io.velvetastro.views.web.Unreadable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Answers how much came in, and how much of it attacks rest on. */
@Component
public class TrafficQueries {
    private static final int MOST_BUCKETS = 2_000;
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private final DSLContext db;

    TrafficQueries(@Walled DSLContext db) {
        this.db = db;
    }

    /** Every bucket of the span has its point, empty ones too; buckets begin at multiples of their length. */
    @QueryHandler
    TrafficAnswer answer(Traffic asked) {
        int seconds = asked.bucketSeconds();
        if (seconds < MINUTE || seconds % MINUTE != 0) throw new Unreadable("bucketSeconds", "is not a multiple of 60");
        if (!asked.from().isBefore(asked.to())) throw new Unreadable("to", "is not after from");
        long first = Math.floorDiv(asked.from().getEpochSecond(), seconds);
        long end = Math.ceilDiv(asked.to().getEpochSecond() + (asked.to().getNano() > 0 ? 1 : 0), seconds);
        if (end - first > MOST_BUCKETS)
            throw new Unreadable("bucketSeconds", "makes more than " + MOST_BUCKETS + " buckets of this span");
        var from = Clean.column(Instant.ofEpochSecond(first * seconds));
        var to = Clean.column(Instant.ofEpochSecond(end * seconds));
        Map<Long, long[]> buckets = new TreeMap<>();
        LongStream.range(first, end).forEach(bucket -> buckets.put(bucket, new long[4]));
        traffic(asked, seconds, from, to, buckets);
        attacks(asked, seconds, from, to, buckets);
        return new TrafficAnswer(buckets.entrySet().stream()
                .map(bucket -> point(Instant.ofEpochSecond(bucket.getKey() * seconds), bucket.getValue()))
                .toList());
    }

    private void traffic(
            Traffic asked, int seconds, OffsetDateTime from, OffsetDateTime to, Map<Long, long[]> buckets) {
        db.fetch(
                        """
                        select floor(extract(epoch from at) / ?)::bigint, sum(succeeded)::bigint, sum(failed)::bigint, sum(alerts)::bigint
                        from views.%s where tenant = ? and at >= ?::timestamptz and at < ?::timestamptz group by 1
                        """.formatted(seconds % HOUR == 0 ? "traffic_hour" : "traffic_minute"),
                        seconds,
                        asked.tenant().value(),
                        from,
                        to)
                .forEach(row -> {
                    var sums = requireNonNull(buckets.get(row.get(0, Long.class)));
                    for (int i = 0; i < 3; i++) sums[i] += row.get(i + 1, Long.class);
                });
    }

    private void attacks(
            Traffic asked, int seconds, OffsetDateTime from, OffsetDateTime to, Map<Long, long[]> buckets) {
        db.fetch("""
                        select floor(extract(epoch from at) / ?)::bigint, sum(events)::bigint
                        from views.attack_minute where tenant = ? and at >= ?::timestamptz and at < ?::timestamptz group by 1
                        """, seconds, asked.tenant().value(), from, to)
                .forEach(row -> requireNonNull(buckets.get(row.get(0, Long.class)))[3] += row.get(1, Long.class));
    }

    private static TrafficPoint point(Instant at, long[] sums) {
        return new TrafficPoint(at, sums[0], sums[1], sums[2], sums[3]);
    }
}
