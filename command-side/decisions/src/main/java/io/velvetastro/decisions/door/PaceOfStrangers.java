package io.velvetastro.decisions.door;

import io.velvetastro.decisions.web.BodyLimit;
import io.velvetastro.decisions.web.SameForEverybody;
import io.velvetastro.language.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds each address to a pace of pages as long as nobody has signed in with its browser: the door makes a session for whoever comes to it without one. It stands before whatever leads strangers to the
 * form, which would have made it already.
 */
final class PaceOfStrangers extends OncePerRequestFilter {
    private final Buckets<String> addresses;

    /** @param atOnce how many may come at once after a pause */
    PaceOfStrangers(double aSecond, double atOnce, LongSupplier nanos) {
        this.addresses = new Buckets<>(aSecond, atOnce, nanos);
    }

    /** What programs ask has a pace of its own, and how the house is may be asked at any time. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = BodyLimit.path(request);
        return path.startsWith("/api/")
                || path.startsWith("/v3/")
                || path.startsWith("/actuator/")
                || isSomebodys(request.getSession(false));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        if (SameForEverybody.isAskedIn(request)) {
            leavingNoSession(request, response, rest);
            return;
        }
        double left = addresses.take(Pace.sender(request.getRemoteAddr()));
        if (left >= 0) rest.doFilter(request, response);
        else refuse(response, left);
    }

    /** Files are not counted, and one that is not there is answered like a page, with a session that nobody has use for. */
    private static void leavingNoSession(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        boolean cameWithOne = request.getSession(false) != null;
        rest.doFilter(request, response);
        var left = request.getSession(false);
        if (!cameWithOne && left != null) left.invalidate();
    }

    private static boolean isSomebodys(@Nullable HttpSession session) {
        try {
            return session != null
                    && isSomebody(
                            session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY));
        } catch (IllegalStateException alreadyOver) {
            return false;
        }
    }

    static boolean isSomebody(@Nullable Object context) {
        return context instanceof SecurityContext known
                && known.getAuthentication() != null
                && known.getAuthentication().getPrincipal() instanceof Caller;
    }

    /** No page of ours, which would take what is being saved. */
    private void refuse(HttpServletResponse response, double left) throws IOException {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, addresses.secondsFor(-left));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter()
                .write("Your address asks for pages more than " + (long) addresses.aSecond()
                        + " times a second without having signed in. Try again in a moment.\n");
    }
}
