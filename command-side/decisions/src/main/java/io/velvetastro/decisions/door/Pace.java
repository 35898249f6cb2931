package io.velvetastro.decisions.door;

import io.velvetastro.decisions.web.BodyLimit;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Address;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds each organisation to a pace of questions, all of its callers together, so that one which asks without end leaves the others their share; each of its callers to half of that, so that one person or key
 * does not silence the rest; and whoever shows no token to a pace by address. Logs come in past it: the intake has turnstiles and days of its own.
 */
final class Pace extends OncePerRequestFilter implements Tally {
    private final Buckets<TenantId> organizations;
    private final Buckets<MemberId> callers;
    private final Buckets<String> strangers;
    private final JsonMapper json;
    private final Spending spending = new Spending();

    /** @param atOnce how many may come at once after a pause */
    Pace(double aSecond, double atOnce, LongSupplier nanos, JsonMapper json) {
        this.organizations = new Buckets<>(aSecond, atOnce, nanos);
        this.callers = new Buckets<>(aSecond / 2, atOnce / 2, nanos);
        this.strangers = new Buckets<>(aSecond / 2, atOnce / 2, nanos);
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = BodyLimit.path(request);
        return !(path.startsWith("/api/v1/") || path.startsWith("/v3/"))
                || path.equals("/api/v1/monitor/events")
                || path.equals("/api/v1/monitor/import");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        boolean passes = who != null && who.getPrincipal() instanceof Caller caller
                ? passes(caller, response)
                : passes(response, strangers, sender(request.getRemoteAddr()));
        if (passes) rest.doFilter(request, response);
    }

    /** Whoever has one IPv6 address has its whole /64, with as many addresses as they like. */
    static String sender(String peer) {
        int zone = peer.indexOf('%');
        return Network.ofSender(Address.of(zone < 0 ? peer : peer.substring(0, zone)))
                .toString();
    }

    private boolean passes(HttpServletResponse response, Buckets<String> buckets, String whose) throws IOException {
        double left = buckets.take(whose);
        say(response, buckets, left);
        return left >= 0 || refuse(response, buckets, left, "Your address asks");
    }

    /** The own share first: what a caller is refused for costs the organisation nothing. Answers say what is left of the one that will refuse first. */
    private boolean passes(Caller caller, HttpServletResponse response) throws IOException {
        double own = callers.take(caller.member());
        say(response, callers, own);
        if (own < 0) return refuse(response, callers, own, "You ask");
        double all = organizations.take(caller.tenant());
        if (all < own) say(response, organizations, all);
        if (all < 0) return refuse(response, organizations, all, "Your organisation asks");
        spending.add(caller.tenant(), 1);
        return true;
    }

    private static void say(HttpServletResponse response, Buckets<?> buckets, double left) {
        response.setHeader("RateLimit-Limit", Long.toString((long) buckets.atOnce()));
        response.setHeader("RateLimit-Remaining", Long.toString((long) Math.max(0, left)));
        response.setHeader("RateLimit-Reset", buckets.secondsFor(buckets.atOnce() - left));
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
        organizations.lose(tenant, questions);
    }

    /** False: it does not pass. */
    private boolean refuse(HttpServletResponse response, Buckets<?> buckets, double left, String who)
            throws IOException {
        var says = who + " more than " + (long) buckets.aSecond() + " times a second.";
        var problem = Problems.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "Too much at once", says);
        response.setStatus(problem.getStatus());
        response.setHeader(HttpHeaders.RETRY_AFTER, buckets.secondsFor(-left));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), problem);
        return false;
    }
}
