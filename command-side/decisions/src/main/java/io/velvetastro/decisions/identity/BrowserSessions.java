package io.velvetastro.decisions.identity;

import io.velvetastro.language.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a browser's session when its member's has ended: before each request by primary key, and every few seconds for screens that only listen, so that a revoked member stops hearing of anything.
 */
class BrowserSessions extends OncePerRequestFilter implements HttpSessionListener {
    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    private final Sessions sessions;
    private final Set<HttpSession> open = ConcurrentHashMap.newKeySet(); // By themselves: their ids change at sign-in.

    BrowserSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var session = request.getSession(false);
        var who = session == null ? Optional.<SignedIn>empty() : in(session);
        try {
            if (who.isPresent() && !standsUnchanged(who.get())) {
                session.invalidate();
                SecurityContextHolder.clearContext();
                if (isNavigation(request)) {
                    response.sendRedirect(request.getContextPath() + "/login?ended");
                    return;
                }
            }
        } catch (DataAccessException unreachable) { // Whether someone may still be here is not known: then not.
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        rest.doFilter(request, response);
    }

    /** The screens' own calls hear from Vaadin that their session is over. */
    private static boolean isNavigation(HttpServletRequest request) {
        return request.getMethod().equals("GET") && request.getParameter("v-r") == null;
    }

    /** For push: nobody asks there. A role that was taken or given ends it like a session that is over. */
    @Scheduled(fixedDelayString = "PT5S")
    void endThoseThatAreOver() {
        var listening = new HashMap<SignedIn, HttpSession>();
        for (var session : open) in(session).ifPresent(who -> listening.put(who, session));
        if (listening.isEmpty()) return;
        var unchanged = sessions.unchangedAmong(listening.keySet());
        listening.forEach((who, session) -> {
            if (!unchanged.contains(who)) session.invalidate();
        });
    }

    /** The browser this thread works for goes on in another organisation of its member, under a new session. */
    void moveTo(TenantId organization) {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn before))
            throw new IllegalStateException("no browser's session");
        var browser = open.stream()
                .filter(session -> in(session).filter(before::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no browser's session"));
        var after = sessions.another(before.session(), organization);
        browser.setAttribute(CONTEXT, new SecurityContextImpl(after));
        sessions.end(before.session(), "went on in another organisation");
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        open.add(event.getSession());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        open.remove(event.getSession());
        in(event.getSession()).ifPresent(who -> sessions.end(who.session(), "browser session ended"));
    }

    /** A new role is a new session. */
    private boolean standsUnchanged(SignedIn who) {
        return sessions.standing(who.session())
                .filter(now -> now.getPrincipal().role() == who.getPrincipal().role())
                .isPresent();
    }

    private static Optional<SignedIn> in(HttpSession session) {
        try {
            return session.getAttribute(CONTEXT) instanceof SecurityContext context
                            && context.getAuthentication() instanceof SignedIn who
                    ? Optional.of(who)
                    : Optional.empty();
        } catch (IllegalStateException alreadyOver) {
            return Optional.empty();
        }
    }
}
