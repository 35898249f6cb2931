package io.velvetastro.decisions.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A token bucket for each of many: so much at once after a pause, and so much a second from then on. Who has not asked for long is forgotten, and has a full one. */
final class Buckets<K> {
    private static final int MOST_REMEMBERED = 100_000;
    private static final double SECOND = 1e9;

    private final double aSecond;
    private final double atOnce;
    private final LongSupplier nanos;
    private final Cache<K, Bucket> each = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    Buckets(double aSecond, double atOnce, LongSupplier nanos) {
        this.aSecond = aSecond;
        this.atOnce = atOnce;
        this.nanos = nanos;
    }

    double aSecond() {
        return aSecond;
    }

    double atOnce() {
        return atOnce;
    }

    /** What is left after this one; less than nothing when there was none for it, which is then not counted. */
    double take(K whose) {
        return each.get(whose, first -> new Bucket()).take();
    }

    /** What was asked elsewhere is gone here too; nobody owes more than a pause makes up for. */
    void lose(K whose, double asked) {
        each.get(whose, first -> new Bucket()).lose(asked);
    }

    /** How long until {@code tokens} have come back, in whole seconds and at least one. */
    String secondsFor(double tokens) {
        return Long.toString((long) Math.max(1, Math.ceil(tokens / aSecond)));
    }

    private final class Bucket {
        private double tokens = atOnce;
        private long since = nanos.getAsLong();

        synchronized double take() {
            long now = nanos.getAsLong();
            tokens = Math.min(atOnce, tokens + (now - since) / SECOND * aSecond);
            since = now;
            if (tokens < 1) return tokens - 1;
            return --tokens;
        }

        synchronized void lose(double asked) {
            tokens = Math.max(-aSecond, tokens - asked);
        }
    }
}
