package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;

/** Lets so many requests of one tenant in at a time, so that one flooding tenant leaves room for the others. */
final class Turnstile {
    private final int most;
    private final Duration retryAfter;
    private final ConcurrentHashMap<TenantId, Integer> inside = new ConcurrentHashMap<>();

    Turnstile(int most, Duration retryAfter) {
        this.most = most;
        this.retryAfter = retryAfter;
    }

    /** Held while inside. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws org.springframework.web.ErrorResponseException 429 when the tenant has as many inside as it may */
    Pass enter(TenantId tenant) {
        inside.compute(tenant, (key, count) -> {
            if (count != null && count >= most)
                throw Problems.later(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-at-once",
                        "Too many at once",
                        "This organisation already has " + most + " of these under way.",
                        retryAfter);
            return count == null ? 1 : count + 1;
        });
        return () -> inside.computeIfPresent(tenant, (key, count) -> count == 1 ? null : count - 1);
    }
}
