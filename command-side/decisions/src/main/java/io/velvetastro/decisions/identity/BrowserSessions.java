package io.velvetastro.decisions.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.decisions.identity.Sessions.Sign;
import io.velvetastro.decisions.web.SameForEverybody;
import io.velvetastro.questions.AtTheDoor;
import io.velvetastro.questions.AtTheDoor.Over;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a browser's session when its member's has ended or nobody uses it: before each request by primary key, and every few seconds for screens that only listen, so that a revoked member stops hearing
 * of anything. What a page does by itself is no use of it.
 */
class BrowserSessions extends OncePerRequestFilter implements HttpSessionListener {
    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    /** The container keeps a signed-in browser's session a while longer than we do: then we say why it is over. */
    private static final Duration LONGER_THAN_IDLE = Duration.ofMinutes(10);

    private static final Duration TOLD_FOR = Duration.ofHours(12);
    private static final int MOST_TOLD = 10_000;

    private final Sessions sessions;
    private final RequestCache wanted = new HttpSessionRequestCache();
    private final Set<HttpSession> open = ConcurrentHashMap.newKeySet(); // By themselves: their ids change at sign-in.
    private final Cache<String, Over> over = Caffeine.newBuilder()
            .maximumSize(MOST_TOLD)
            .expireAfterWrite(TOLD_FOR)
            .build();

    BrowserSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return SameForEverybody.isAskedIn(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var session = request.getSession(false);
        var who = session == null ? Optional.<SignedIn>empty() : in(session);
        try {
            if (session != null && who.isPresent()) {
                var now = sessions.asTheyAreNow(who.get(), isNavigation(request) ? Sign.USE : Sign.LISTENING);
                if (now.isPresent()) {
                    keep(session);
                    renew(session, who.get(), now.get());
                } else {
                    var why = end(session, who.get());
                    SecurityContextHolder.clearContext();
                    if (isNavigation(request)) {
                        wanted.saveRequest(request, response); // Where they go on once they are in again.
                        response.sendRedirect(request.getContextPath() + "/login?"
                                + why.name().toLowerCase(Locale.ROOT));
                        return;
                    }
                }
            }
        } catch (DataAccessException unreachable) { // Whether someone may still be here is not known: then not.
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        rest.doFilter(request, response);
    }

    private void keep(HttpSession session) {
        int seconds = (int) sessions.idle().plus(LONGER_THAN_IDLE).toSeconds();
        if (session.getMaxInactiveInterval() < seconds) session.setMaxInactiveInterval(seconds);
    }

    /** A new name, of theirs or of the organisation, and another plan are so from this request on, and not from the next sign-in. */
    private void renew(HttpSession session, SignedIn before, SignedIn now) {
        if (now.getPrincipal().equals(before.getPrincipal())) return;
        synchronized (open) { // Whoever goes on in another organisation meanwhile stays there.
            if (in(session).filter(before::isOfTheSameSession).isEmpty()) return;
            session.setAttribute(CONTEXT, new SecurityContextImpl(now));
        }
        SecurityContextHolder.setContext(new SecurityContextImpl(now));
    }

    private Over end(HttpSession session, SignedIn who) {
        var why = over.get(session.getId(), ended -> sessions.endUnused(who.session()) ? Over.IDLE : Over.ENDED);
        try {
            session.setAttribute(AtTheDoor.ENDS_NOW, why);
            session.invalidate();
        } catch (IllegalStateException alreadyOver) {
            open.remove(session); // Its page has just come by itself, or we have.
        }
        return why;
    }

    /** Why the session a browser comes with is over, where it was ended lately and by us. */
    Optional<Over> over(String session) {
        return Optional.ofNullable(over.getIfPresent(session));
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
            if (!unchanged.contains(who)) end(session, who);
        });
    }

    /**
     * The browser this thread works for goes on in another organisation of its member, under a new session.
     *
     * @param begun the new one, once it stands for everybody to see: whoever looks after listening pages looks at any moment
     */
    void moveTo(Function<SignedIn, SignedIn> begun) {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn before))
            throw new IllegalStateException("no browser's session");
        var browser = open.stream()
                .filter(session ->
                        in(session).filter(before::isOfTheSameSession).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no browser's session"));
        var after = begun.apply(before);
        synchronized (open) {
            browser.setAttribute(CONTEXT, new SecurityContextImpl(after));
        }
        sessions.end(before.session(), "went on in another organisation");
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        open.add(event.getSession());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        open.remove(event.getSession());
        in(event.getSession()).ifPresent(who -> sessions.endSignIn(who.session(), "browser session ended"));
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
