package io.velvetastro.decisions.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.decisions.web.BodyLimit;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Caller;
import io.velvetastro.language.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds each organisation to a pace of questions, all of its callers together, so that one which asks without end leaves the others their share. Logs come in past it: the intake has turnstiles and days of its own.
 */
final class Pace extends OncePerRequestFilter implements Tally {
    private static final int MOST_REMEMBERED = 100_000;
    private static final double SECOND = 1e9;

    private final double aSecond;
    private final double atOnce;
    private final LongSupplier nanos;
    private final JsonMapper json;
    private final Cache<TenantId, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    private final Spending spending = new Spending();

    /** @param atOnce how many may come at once after a pause */
    Pace(double aSecond, double atOnce, LongSupplier nanos, JsonMapper json) {
        this.aSecond = aSecond;
        this.atOnce = atOnce;
        this.nanos = nanos;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = BodyLimit.path(request);
        return !path.startsWith("/api/v1/")
                || path.equals("/api/v1/monitor/events")
                || path.equals("/api/v1/monitor/import");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || !(who.getPrincipal() instanceof Caller caller)) {
            rest.doFilter(request, response);
            return;
        }
        double left = buckets.get(caller.tenant(), first -> new Bucket()).take();
        response.setHeader("RateLimit-Limit", Long.toString((long) atOnce));
        response.setHeader("RateLimit-Remaining", Long.toString((long) Math.max(0, left)));
        response.setHeader("RateLimit-Reset", seconds(atOnce - left));
        if (left < 0) {
            refuse(response, seconds(-left));
            return;
        }
        spending.add(caller.tenant(), 1);
        rest.doFilter(request, response);
    }

    @Override
    public String kind() {
        return "questions";
    }

    @Override
    public Map<TenantId, Long> spent() {
        return spending.news();
    }

    @Override
    public void heard(TenantId tenant, long questions) {
        buckets.get(tenant, first -> new Bucket()).lose(questions);
    }

    private String seconds(double tokens) {
        return Long.toString((long) Math.max(1, Math.ceil(tokens / aSecond)));
    }

    private void refuse(HttpServletResponse response, String retryAfter) throws IOException {
        var problem = Problems.of(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too much at once",
                "Your organisation asks more than " + (long) aSecond + " times a second.");
        response.setStatus(problem.getStatus());
        response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), problem);
    }

    private final class Bucket {
        private double tokens = atOnce;
        private long since = nanos.getAsLong();

        /** What is left after this one; less than nothing when there was none for it, which is then not counted. */
        synchronized double take() {
            long now = nanos.getAsLong();
            tokens = Math.min(atOnce, tokens + (now - since) / SECOND * aSecond);
            since = now;
            if (tokens < 1) return tokens - 1;
            return --tokens;
        }

        /** What was asked elsewhere is gone here too; nobody owes more than a pause makes up for. */
        synchronized void lose(double asked) {
            tokens = Math.max(-aSecond, tokens - asked);
        }
    }
}
