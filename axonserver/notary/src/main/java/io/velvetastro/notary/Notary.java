package io.velvetastro.notary;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.witness.Watcher;
import io.velvetastro.witness.WitnessAway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One thread that keeps the ledger up with the store: takes what is new, and once a second anchors, signs and has witnessed what it took. */
final class Notary implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Notary.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Below so many at a time it lets them gather: a leaf costs a fraction among hundreds. */
    private static final int FEW = 500;

    private static final long MOST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How {@link #failure()} begins when the ledger refuses what it finds, rather than waits for somebody. */
    static final String CONTRADICTS = "The ledger contradicts itself";

    /** What does the work once the tables are there. */
    record Work(Sequencer sequencer, Signer signer, LedgerTables tables, Log platform, List<Watcher> witnesses) {}

    /**
     * How far it has come, in times of this process's own clock.
     *
     * @param size of the newest checkpoint
     * @param signedNanos when that was signed; 0 where another process did
     * @param lookedNanos when it last found nothing left to do; 0 for never
     */
    record Standing(long size, long signedNanos, long lookedNanos) {
        static final Standing UNKNOWN = new Standing(0, 0, 0);

        Standing signed(long size) {
            return new Standing(size, System.nanoTime(), lookedNanos);
        }

        Standing looked() {
            return new Standing(size, signedNanos, System.nanoTime());
        }
    }

    private final Supplier<Work> opening;
    private final long signEveryNanos;
    private @Nullable Thread thread;
    private volatile boolean running;
    private volatile @Nullable String failure;
    private volatile long place;
    private volatile long doubts;
    private volatile Standing standing = Standing.UNKNOWN;
    private int failures;

    Notary(Supplier<Work> opening, Duration signEvery) {
        this.opening = opening;
        this.signEveryNanos = signEvery.toNanos();
    }

    /** What it stumbles over now; null while all is well. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Up to where it has taken what the store holds. */
    long place() {
        return place;
    }

    /** How many events had been changed before it came to them. */
    long doubts() {
        return doubts;
    }

    Standing standing() {
        return standing;
    }

    private void run() {
        Work work = null;
        long signAt = System.nanoTime() + signEveryNanos;
        while (running) {
            try {
                if (work == null) work = open();
                boolean fewCome = work.sequencer().step() < FEW;
                place = work.sequencer().place();
                doubts = work.sequencer().doubts();
                if (System.nanoTime() - signAt >= 0) {
                    signAt = System.nanoTime() + signEveryNanos;
                    witness(work); // No second state before the first has been seen: every checkpoint but the newest is
                    // cosigned.
                    work.signer()
                            .sign()
                            .ifPresent(note -> standing = standing.signed(
                                    Checkpoint.parse(note.text()).size()));
                    witness(work);
                }
                if (fewCome) standing = standing.looked();
                failure = null;
                failures = 0;
                if (fewCome) TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN_NANOS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!running) return; // Whoever stops us interrupts what we wait for.
                stumble(e);
            }
        }
    }

    private Work open() {
        var work = opening.get();
        standing = new Standing(
                work.tables().newest().map(LedgerTables.Signed::size).orElse(0L), 0, 0);
        return work;
    }

    /** Shows the newest checkpoint to every witness that has not seen it. */
    private void witness(Work work) {
        var newest = work.tables().newest();
        if (newest.isEmpty()) return;
        var note = Note.parse(newest.get().note());
        long size = newest.get().size();
        var tree = work.tables().tree(work.platform().number(), size);
        for (var witness : work.witnesses()) {
            if (note.claims(witness.verifier())) continue;
            var line = witness.cosign(note, from -> tree.connect(from, size));
            work.tables().insertCosignature(size, line.name(), line.toString());
        }
    }

    private void stumble(RuntimeException e) {
        failure = switch (e) {
            case NotProven contradiction -> CONTRADICTS + ": " + contradiction.getMessage();
            case WitnessAway away -> away.getMessage();
            case DataAccessException unreachable -> "waits for the database";
            case TransactionException unreachable -> "waits for the database";
            default -> e.getClass().getSimpleName();
        };
        if (failures++ == 0) LOG.error("The ledger does not keep up with the store", e);
        long patience = Math.min(MOST_PATIENCE_NANOS, LOOK_AGAIN_NANOS << Math.min(failures, 10));
        try {
            TimeUnit.NANOSECONDS.sleep(patience);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void start() {
        running = true;
        failure = null;
        failures = 0;
        thread = Thread.ofPlatform().name("notary").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        var working = thread;
        if (working == null) return;
        working.interrupt();
        try {
            working.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 100;
    }
}
