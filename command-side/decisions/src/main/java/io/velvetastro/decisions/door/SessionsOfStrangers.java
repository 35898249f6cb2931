package io.velvetastro.decisions.door;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Keeps no more browser sessions that nobody has signed in with than there is memory for. For one too many the oldest of whichever address holds most is ended: who opens them by the thousand loses their
 * own, and somebody who is typing their password does not.
 */
final class SessionsOfStrangers implements HttpSessionListener, HttpSessionAttributeListener {
    private final int most;
    private final Map<HttpSession, String> senders = new HashMap<>();
    private final Map<String, SequencedSet<HttpSession>> ofEach = new LinkedHashMap<>();

    SessionsOfStrangers(int most) {
        this.most = most;
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        oneTooManyWith(event.getSession(), sender()).ifPresent(SessionsOfStrangers::end);
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        forget(event.getSession());
    }

    /** Somebody has signed in with it: from now on it is theirs. */
    @Override
    public void attributeAdded(HttpSessionBindingEvent change) {
        if (change.getName().equals(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                && PaceOfStrangers.isSomebody(change.getValue())) forget(change.getSession());
    }

    synchronized int count() {
        return senders.size();
    }

    private synchronized Optional<HttpSession> oneTooManyWith(HttpSession session, String sender) {
        senders.put(session, sender);
        ofEach.computeIfAbsent(sender, first -> new LinkedHashSet<>()).add(session);
        if (senders.size() <= most) return Optional.empty();
        var oldest = busiest().getFirst();
        forget(oldest); // At once: the next one too many is another.
        return Optional.of(oldest);
    }

    private SequencedSet<HttpSession> busiest() {
        SequencedSet<HttpSession> busiest = new LinkedHashSet<>();
        for (var each : ofEach.values()) if (each.size() > busiest.size()) busiest = each;
        return busiest;
    }

    private synchronized void forget(HttpSession session) {
        var sender = senders.remove(session);
        if (sender == null) return;
        var others = Objects.requireNonNull(ofEach.get(sender));
        others.remove(session);
        if (others.isEmpty()) ofEach.remove(sender);
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException alreadyOver) {
            // It has just grown old by itself.
        }
    }

    private static String sender() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes asked
                ? Pace.sender(asked.getRequest().getRemoteAddr())
                : "";
    }
}
