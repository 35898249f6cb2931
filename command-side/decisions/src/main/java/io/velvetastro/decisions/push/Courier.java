package io.velvetastro.decisions.push;

import io.velvetastro.decisions.push.Outcome.Declined;
import io.velvetastro.decisions.push.Outcome.Taken;
import io.velvetastro.decisions.push.Pushes.Due;
import io.velvetastro.questions.RecordPush.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes each organisation's record to its receiver: oldest first, one batch after the other, and the place moves once a batch was taken. What was taken and not noted goes again under the same name: better twice than
 * not at all. A replay moves nothing here, for nothing here listens to events.
 */
final class Courier implements AutoCloseable {
    static final int AT_ONCE = 16;
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final int IN_A_ROW = 10;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration LONGEST_ASKED = Duration.ofHours(6);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(15);
    private static final Duration NOBODY_READS = Duration.ofSeconds(10);
    private static final Duration PLAN_LOOK = Duration.ofMinutes(10);

    private final Pushes pushes;
    private final Entries entries;
    private final Messenger messenger;
    private final Reachable reachable;
    private final PushNews news;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Duration pauseAfter;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("record-push-", 0).factory());

    private volatile boolean troubled;

    Courier(
            Pushes pushes,
            Entries entries,
            Messenger messenger,
            Reachable reachable,
            PushNews news,
            TransactionTemplate transaction,
            JsonMapper json,
            Duration pauseAfter,
            Clock clock) {
        this.pushes = pushes;
        this.entries = entries;
        this.messenger = messenger;
        this.reachable = reachable;
        this.news = news;
        this.transaction = transaction;
        this.json = json;
        this.pauseAfter = pauseAfter;
        this.clock = clock;
    }

    /** Waits for nobody: each organisation has a thread of its own while its receiver is slow. */
    @Scheduled(fixedDelayString = "PT0.5S")
    void round() {
        int room = free.drainPermits();
        List<Due> due = List.of();
        try {
            if (room > 0) due = pushes.take(room);
            troubled = false;
        } catch (RuntimeException later) {
            if (!troubled) log.warn("Nobody can say now whose record is due", later); // Once, and not twice a second.
            troubled = true;
        } finally {
            free.release(room - due.size());
        }
        for (var push : due)
            threads.execute(() -> {
                try {
                    deliver(push);
                } finally {
                    free.release();
                }
            });
    }

    void deliver(Due push) {
        try {
            if (push.trialWanted()) {
                trial(push);
                return;
            }
            if (!push.plan().hasAuditExport()) {
                pushes.beyondThePlan(push, PLAN_LOOK);
                return;
            }
            @Nullable Due next = push;
            for (int batch = 0; next != null && batch < IN_A_ROW; batch++) next = go(next);
            if (next != null) pushes.later(next, Duration.ZERO);
        } catch (RuntimeException failed) {
            // It is tried again once nobody holds it.
            if (!threads.isShutdown()) log.warn("The record of {} could not be delivered now", push.tenant(), failed);
        }
    }

    /** @return where it goes on from; nothing where it does not go on now */
    private @Nullable Due go(Due push) {
        var piece = entries.after(push.tenant(), push.place(), push.batchEnd(), Batch.MOST_ENTRIES);
        var rows = piece.map(found -> found.items()).orElse(List.of());
        if (rows.isEmpty()) {
            pushes.later(push, piece.isEmpty() ? NOBODY_READS : untilTheNextLook(push));
            return null;
        }
        var batch = Batch.of(push.tenant(), rows, push.batch() == null ? Batch.MOST_BYTES : Integer.MAX_VALUE, json);
        var name = pushes.begin(push, batch.end());
        if (name.isEmpty()) return null;
        return switch (send(push, name(name.get()), batch.body())) {
            case Taken taken ->
                pushes.taken(push, name.get(), batch.end(), batch.entries()).orElse(null);
            case Declined why -> {
                declined(push, why);
                yield null;
            }
        };
    }

    /** What waits goes after it, as it stands then. */
    private void trial(Due push) {
        var outcome = send(push, name(UUID.randomUUID()), Batch.trial(push.tenant(), clock.instant(), json));
        transaction.executeWithoutResult(status -> {
            pushes.tried(push, outcome);
            if (outcome instanceof Taken && pushes.resume(push)) news.resumed(push.tenant(), clock.instant());
        });
        pushes.later(push, outcome instanceof Taken ? Duration.ZERO : wait(push.tries() + 1));
    }

    private Outcome send(Due push, String name, String body) {
        Receiver receiver;
        try {
            receiver = Receiver.of(pushes.address(push), reachable);
        } catch (Receiver.Unfit noLonger) { // The operator has closed what was open when it was set.
            return Declined.because(Problem.ADDRESS);
        }
        return messenger.send(receiver, pushes.secrets(push), name, clock.instant(), body);
    }

    private void declined(Due push, Declined why) {
        var now = clock.instant();
        var since = push.failingSince() == null ? now : push.failingSince();
        boolean over = why.problem() == Problem.GONE || !since.plus(pauseAfter).isAfter(now);
        var asked = why.stayAway().compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : why.stayAway();
        var own = wait(push.tries() + 1);
        transaction.executeWithoutResult(status -> {
            pushes.declined(push, why, asked.compareTo(own) > 0 ? asked : own);
            if (over && pushes.pause(push, now)) news.paused(push.tenant(), since, now);
        });
    }

    /** Twice as long each time, and never all at the same moment. */
    private static Duration wait(int tries) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries - 1, 10));
        var most = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return most.dividedBy(2)
                .plusMillis(
                        ThreadLocalRandom.current().nextLong(most.dividedBy(2).toMillis()));
    }

    /** The longer nothing has happened there, the less often: a thousand silent organisations cost next to nothing. */
    private Duration untilTheNextLook(Due push) {
        var look = Duration.between(push.lately(), clock.instant()).dividedBy(20);
        if (look.compareTo(SHORTEST_LOOK) < 0) return SHORTEST_LOOK;
        return look.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : look;
    }

    private static String name(UUID batch) {
        return "msg_" + batch.toString().replace("-", "");
    }

    /** What is on its way is cut off, and goes again under its name. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
