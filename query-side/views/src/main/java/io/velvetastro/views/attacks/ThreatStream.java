package io.velvetastro.views.attacks;

import io.velvetastro.language.Attendance;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.web.Unreadable;
import io.velvetastro.views.web.ViewProblems;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open streams. One look at the database serves them all; each then reads its own changes and holds none, so a reader who is slow costs a thread of few bytes and no memory, and is cut when a write takes too long.
 */
@Component
class ThreatStream implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ThreatStream.class);
    /** After this long a stream ends, and its reader comes back: a connection that nobody remembers is not kept for ever. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final long LOOK_EVERY_MILLIS = 250;

    /** Whether they still may hear is asked before they are told anything, and this often while there is nothing to tell. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    private final ThreatTail tail;
    private final Attendance attendance;
    private final int mostOfOne;
    private final Duration heartbeat;
    private final Map<TenantId, Set<Listener>> open = new ConcurrentHashMap<>();
    private volatile @Nullable Thread looker;

    ThreatStream(
            ThreatTail tail,
            Attendance attendance,
            @Value("${velvet.stream.connections-per-organization:50}") int mostOfOne,
            @Value("${velvet.stream.heartbeat:15s}") Duration heartbeat) {
        this.tail = tail;
        this.attendance = attendance;
        this.mostOfOne = mostOfOne;
        this.heartbeat = heartbeat;
    }

    SseEmitter open(TenantId tenant, Principal who, @Nullable String lastEventId) {
        long now = tail.place(tenant);
        long behind = lastEventId == null || lastEventId.isBlank() ? now : Math.min(now, place(lastEventId));
        var listener = new Listener(tail, tenant, who, behind, new SseEmitter(LONGEST.toMillis()), heartbeat);
        open.compute(tenant, (key, known) -> {
            var listeners = known == null ? ConcurrentHashMap.<Listener>newKeySet() : known;
            if (listeners.size() >= mostOfOne)
                throw ViewProblems.tooMany(
                        "Your organisation has " + mostOfOne + " streams open, which is the most.", 30);
            listeners.add(listener);
            return listeners;
        });
        listener.start(now, () -> closed(listener));
        return listener.emitter();
    }

    private static long place(String lastEventId) {
        if (!lastEventId.strip().matches("\\d{1,18}"))
            throw new Unreadable("Last-Event-ID", "is not an id that this stream gave out");
        return Long.parseLong(lastEventId.strip());
    }

    private void closed(Listener listener) {
        open.computeIfPresent(listener.tenant(), (tenant, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    int listeners(TenantId tenant) {
        return open.getOrDefault(tenant, Set.of()).size();
    }

    private void look() {
        long asked = System.nanoTime();
        while (looker == Thread.currentThread()) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                var listening = Set.copyOf(open.keySet());
                if (listening.isEmpty()) continue;
                var places = tail.places(listening);
                boolean due = System.nanoTime() - asked >= ASK_EVERY.toNanos();
                endThoseThatMayNot(
                        all(listener -> due || listener.isBehind(places.getOrDefault(listener.tenant(), 0L))));
                if (due) asked = System.nanoTime();
                places.forEach(this::tell);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Streams wait for the database", e);
            }
        }
    }

    private void endThoseThatMayNot(Set<Listener> listeners) {
        if (listeners.isEmpty()) return;
        var unchanged =
                attendance.unchangedAmong(listeners.stream().map(Listener::who).collect(Collectors.toSet()));
        for (var listener : listeners) if (!unchanged.contains(listener.who())) listener.end();
    }

    private Set<Listener> all(Predicate<Listener> which) {
        return open.values().stream().flatMap(Set::stream).filter(which).collect(Collectors.toSet());
    }

    private void tell(TenantId tenant, long place) {
        open.getOrDefault(tenant, Set.of()).forEach(listener -> listener.reached(place));
    }

    @Override
    public void start() {
        looker = Thread.ofVirtual().name("threat-stream").unstarted(this::look);
        looker.start();
    }

    @Override
    public void stop() {
        var thread = looker;
        looker = null;
        if (thread != null) thread.interrupt();
        all(listener -> true).forEach(Listener::end);
    }

    @Override
    public boolean isRunning() {
        return looker != null;
    }

    /** Before the web server waits for its requests to end: these never would. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
