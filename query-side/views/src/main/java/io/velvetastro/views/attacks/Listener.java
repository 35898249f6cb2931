package io.velvetastro.views.attacks;

import io.velvetastro.language.TenantId;
import io.velvetastro.views.attacks.ThreatTail.News;
import io.velvetastro.views.attacks.ThreatTail.Place;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One open stream: a place, and a thread that reads what is behind it and writes it out. */
final class Listener {
    private final ThreatTail tail;
    private final TenantId tenant;
    private final Principal who;
    private final SseEmitter emitter;
    private final Duration heartbeat;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long behind;
    private long reached;
    private volatile boolean ended;

    Listener(ThreatTail tail, TenantId tenant, Principal who, long behind, SseEmitter emitter, Duration heartbeat) {
        this.tail = tail;
        this.tenant = tenant;
        this.who = who;
        this.behind = behind;
        this.emitter = emitter;
        this.heartbeat = heartbeat;
    }

    TenantId tenant() {
        return tenant;
    }

    /** As they came in. */
    Principal who() {
        return who;
    }

    SseEmitter emitter() {
        return emitter;
    }

    void start(long reached, Runnable closed) {
        this.reached = reached;
        emitter.onCompletion(() -> {
            end();
            closed.run();
        });
        emitter.onTimeout(emitter::complete);
        Thread.ofVirtual().name("threat-listener").start(this::run);
    }

    boolean isBehind(long place) {
        lock.lock();
        try {
            return place > reached;
        } finally {
            lock.unlock();
        }
    }

    void reached(long place) {
        lock.lock();
        try {
            if (place <= reached) return;
            reached = place;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        ended = true;
        lock.lock();
        try {
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            // The first id lets a reader who is cut before any news come back without a gap.
            emitter.send(
                    SseEmitter.event().id(Long.toString(behind)).name("open").data("{}", MediaType.APPLICATION_JSON));
            while (!ended) {
                long upTo = await();
                if (ended) break;
                if (upTo > behind) send(upTo);
                else emitter.send(SseEmitter.event().comment("still here"));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            ended = true; // The server ends what nobody reads; to end it here as well would race with it.
        } catch (InterruptedException | RuntimeException e) {
            emitter.complete(); // The reader comes back behind the last id it has.
        }
    }

    private long await() throws InterruptedException {
        lock.lock();
        try {
            long nanos = heartbeat.toNanos();
            while (reached <= behind && !ended && nanos > 0) nanos = news.awaitNanos(nanos);
            return reached;
        } finally {
            lock.unlock();
        }
    }

    private void send(long upTo) throws IOException {
        var at = Place.after(behind);
        while (behind < upTo && !ended) {
            var changes = tail.changes(tenant, at, upTo);
            boolean all = changes.size() < ThreatTail.MOST;
            for (int i = 0; i < changes.size(); i++) {
                long position = changes.get(i).place().position();
                boolean more =
                        i + 1 < changes.size() ? changes.get(i + 1).place().position() == position : !all;
                if (!more) behind = position; // Until then whoever is cut hears the whole place again.
                send(changes.get(i).news());
            }
            if (all) behind = upTo;
            else at = changes.getLast().place();
        }
    }

    private void send(News news) throws IOException {
        emitter.send(SseEmitter.event()
                .id(Long.toString(behind))
                .name(news.kind())
                .data(news.body(), MediaType.APPLICATION_JSON));
    }
}
