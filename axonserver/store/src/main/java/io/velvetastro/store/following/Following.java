package io.velvetastro.store.following;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.store.streams.Streams;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One follower on its way: reads, hands over, moves its place, parks what cannot be taken, and never gives up. */
final class Following implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Following.class);
    private static final long STAY_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long MOST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final BatchFollower follower;
    private final Streams streams;
    private final Places places;
    private final Parked parked;
    private final TransactionManager transactions;
    /** Held during each batch; a rebuild or a retry takes it to hold the follower still. */
    private final ReentrantLock still = new ReentrantLock(true);

    private final Deque<TrackedEventMessage<?>> fetched = new ArrayDeque<>();
    private Streams.@Nullable Reader reader;
    private long aliveAt;
    private int failures;
    private boolean triedParked;
    private long retriedAt;
    private volatile boolean stopped;
    private volatile long place;
    private volatile @Nullable String failure;

    Following(BatchFollower follower, Streams streams, Places places, Parked parked, TransactionManager transactions) {
        this.follower = follower;
        this.streams = streams;
        this.places = places;
        this.parked = parked;
        this.transactions = transactions;
    }

    BatchFollower follower() {
        return follower;
    }

    long place() {
        return place;
    }

    @Nullable
    String failure() {
        return failure;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                int taken = step();
                if (taken == 0) idle();
                else if (taken < follower.batchSize()) gather();
            } catch (InterruptedException e) {
                stopped = true;
            } catch (Throwable e) {
                stumble(e);
            }
        }
        if (reader != null) release();
        letGo();
    }

    /** How many events there were to take. */
    private int step() throws InterruptedException {
        still.lockInterruptibly();
        try {
            if (reader == null && !claim()) return 0;
            var batch = nextBatch();
            if (!batch.isEmpty()) take(batch);
            else place = Math.max(place, reader().position()); // What is not for it lies behind it too.
            failures = 0;
            failure = null;
            return batch.size();
        } finally {
            still.unlock();
        }
    }

    private boolean claim() {
        var claimed = places.claim(follower.name());
        if (claimed.isEmpty()) return false;
        parked.load();
        place = claimed.getAsLong();
        fetched.clear();
        reader = streams.reader(follower.streams(), place);
        aliveAt = System.nanoTime();
        if (!triedParked) {
            triedParked = true; // A new version may have mended what they fell over.
            retryParked();
        }
        return true;
    }

    private List<TrackedEventMessage<?>> nextBatch() {
        while (fetched.size() < follower.batchSize()) {
            var next = reader().next();
            fetched.addAll(next);
            if (next.isEmpty()) break;
        }
        var batch = new ArrayList<TrackedEventMessage<?>>(Math.min(fetched.size(), follower.batchSize()));
        while (!fetched.isEmpty() && batch.size() < follower.batchSize()) batch.add(fetched.remove());
        return batch;
    }

    private void take(List<TrackedEventMessage<?>> batch) {
        try {
            attempt(batch);
        } catch (RuntimeException e) {
            // A stop may look like anything; and when everything fails, it is not the events.
            if (stopped || !follower.parks() || Trouble.passes(e) || parked.isFull()) throw e;
            if (batch.size() == 1) {
                parkSingle(batch.getFirst(), e);
                return;
            }
            // Halving finds the one that cannot be taken among hundreds in a few steps, and loses none of the others.
            int half = batch.size() / 2;
            take(batch.subList(0, half));
            take(batch.subList(half, batch.size()));
        }
    }

    private void attempt(List<TrackedEventMessage<?>> batch) {
        long last = Streams.position(batch.getLast());
        if (parked.isEmpty()) {
            inUnitOfWork(() -> {
                follower.follow(batch);
                places.move(follower.name(), last);
            });
        } else {
            var free = batch.stream()
                    .filter(event -> !parked.holds(sequence(event)))
                    .toList();
            var behindParked = batch.stream()
                    .filter(event -> parked.holds(sequence(event)))
                    .toList();
            inUnitOfWork(() -> {
                if (!free.isEmpty()) follower.follow(free);
                behindParked.forEach(event -> parked.park(sequence(event), event, null));
                places.move(follower.name(), last);
            });
        }
        movedTo(last);
    }

    private void parkSingle(TrackedEventMessage<?> event, Throwable why) {
        var sequence = sequence(event);
        inUnitOfWork(() -> {
            parked.park(sequence, event, why);
            places.move(follower.name(), Streams.position(event));
        });
        parked.remember(sequence);
        movedTo(Streams.position(event));
        log.error(
                "{} cannot take event {} ({}) and parked it with its sequence",
                follower.name(),
                event.getIdentifier(),
                Parked.describe(why));
    }

    private void movedTo(long position) {
        place = position;
        aliveAt = System.nanoTime();
    }

    private void inUnitOfWork(Runnable work) {
        var unit = DefaultUnitOfWork.startAndGet(null);
        unit.attachTransaction(transactions);
        var result = unit.executeWithResult(
                () -> {
                    work.run();
                    return null;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (!result.isExceptional()) return;
        switch (result.exceptionResult()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Parked sequences in order, each until its first event that still cannot be taken. Answers how many events were taken. */
    int retryParked() {
        still.lock();
        try {
            if (reader == null) return 0;
            retriedAt = System.nanoTime();
            int taken = 0;
            for (var sequence : parked.sequences()) taken += retry(sequence);
            parked.load();
            return taken;
        } finally {
            still.unlock();
        }
    }

    private int retry(String sequence) {
        int taken = 0;
        for (var positions = parked.positions(sequence, 500);
                !positions.isEmpty();
                positions = parked.positions(sequence, 500)) {
            for (long position : positions) {
                try {
                    inUnitOfWork(() -> {
                        follower.follow(List.of(streams.at(follower.streams(), position)));
                        parked.release(position);
                    });
                    taken++;
                } catch (RuntimeException e) {
                    log.warn(
                            "{} still cannot take the event at {} ({})", follower.name(), position, Parked.describe(e));
                    return taken;
                }
            }
        }
        return taken;
    }

    /** Runs with the follower held still; afterwards it goes on from its place as then stored. */
    void whileStill(Runnable work) {
        still.lock();
        try {
            work.run();
        } finally {
            letGo(); // Claims and reads its place anew.
            still.unlock();
        }
    }

    private void gather() throws InterruptedException {
        if (follower.pace().isPositive())
            TimeUnit.NANOSECONDS.sleep(follower.pace().toNanos());
    }

    private void idle() throws InterruptedException {
        if (reader == null) {
            TimeUnit.SECONDS.sleep(1); // Another process follows; it may end.
            return;
        }
        if (!parked.isEmpty() && System.nanoTime() - retriedAt > RETRY_NANOS) retryParked();
        if (System.nanoTime() - aliveAt > STAY_ALIVE_NANOS) {
            places.stayAlive(follower.name(), place);
            aliveAt = System.nanoTime();
        }
        reader().await(STAY_ALIVE_NANOS);
    }

    private void stumble(Throwable e) {
        if (stopped) return;
        failures++;
        failure = Parked.describe(e);
        if (failures == 1 || failures % 100 == 0)
            log.error("{} stumbled ({}) and tries again", follower.name(), failure);
        letGo();
        try {
            TimeUnit.NANOSECONDS.sleep(
                    Math.min(MOST_PATIENCE_NANOS, TimeUnit.MILLISECONDS.toNanos(50) << Math.min(failures, 10)));
        } catch (InterruptedException interrupted) {
            stopped = true;
        }
    }

    private void letGo() {
        if (reader != null) reader.close();
        reader = null;
    }

    private void release() {
        try {
            places.release(follower.name());
        } catch (RuntimeException databaseGone) {
            log.debug("Cannot release the place of {}", follower.name(), databaseGone);
        }
    }

    private Streams.Reader reader() {
        if (reader == null) throw new IllegalStateException("not claimed");
        return reader;
    }

    private String sequence(TrackedEventMessage<?> event) {
        return follower.sequence(event).toString();
    }
}
