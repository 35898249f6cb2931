package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.witness.Watcher;
import io.velvetastro.witness.WitnessAway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One thread that keeps the ledger up with the store: takes what is new, and once a second anchors, signs and has witnessed what it took. Of several processes one does it; the others stand by. */
final class Notary implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Notary.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Below so many at a time it lets them gather: a leaf costs a fraction among hundreds. */
    private static final int FEW = 500;

    /** Enough to see that there are any. */
    private static final int A_FEW = 16;

    private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MOST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How {@link #failure()} begins when the ledger refuses what it finds, rather than waits for somebody. */
    static final String CONTRADICTS = "The ledger contradicts itself";

    /** What does the work once the tables are there. */
    record Work(
            Sequencer sequencer,
            Signer signer,
            LogStates states,
            LedgerTables tables,
            Log platform,
            List<Watcher> witnesses) {}

    /**
     * How far it has come, in times of this process's own clock.
     *
     * @param size of the newest checkpoint
     * @param signedNanos when that was signed; 0 where another process did
     * @param lookedNanos when it last found nothing left to do, or, where it stands by, saw that the other goes on; 0 for never
     * @param standsBy whether another process keeps the ledger, and this one would
     */
    record Standing(long size, long signedNanos, long lookedNanos, boolean standsBy) {
        static final Standing UNKNOWN = new Standing(0, 0, 0, false);

        Standing signed(long size) {
            return new Standing(size, System.nanoTime(), lookedNanos, false);
        }

        Standing looked() {
            return new Standing(size, signedNanos, System.nanoTime(), false);
        }

        Standing watched(long size, boolean goesOn) {
            return new Standing(size, 0, goesOn ? System.nanoTime() : lookedNanos, true);
        }

        /** Whether all that was stored a moment ago is known to have been taken. */
        boolean isUpToDate() {
            return !standsBy && lookedNanos != 0 && System.nanoTime() - lookedNanos < MOMENT_NANOS;
        }
    }

    private final Seat seat;
    private final LedgerTables tables;
    private final StoredBytes store;
    private final Function<LedgerTables, Work> opening;
    private final long signEveryNanos;
    private @Nullable Thread thread;
    private volatile boolean running;
    private volatile @Nullable String failure;
    private volatile long place;
    private volatile long doubts;
    private volatile Standing standing = Standing.UNKNOWN;
    private volatile LogStates.Backlog backlog = LogStates.Backlog.NONE;
    private int failures;

    /**
     * A notary that is not at work yet.
     *
     * @param tables to read from, whoever has the seat
     * @param store what there is to take, whoever takes it
     * @param opening makes what does the work, of the tables as only the holder of the seat may use them
     */
    Notary(
            Seat seat,
            LedgerTables tables,
            StoredBytes store,
            Function<LedgerTables, Work> opening,
            Duration signEvery) {
        this.seat = seat;
        this.tables = tables;
        this.store = store;
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

    /** What the witnesses have not seen of the organisations' own logs. */
    LogStates.Backlog backlog() {
        return backlog;
    }

    private void run() {
        Work work = null;
        long signAt = System.nanoTime() + signEveryNanos;
        try (seat) {
            while (running) {
                try {
                    if (work == null) work = open();
                    if (work == null) {
                        standBy();
                        continue;
                    }
                    boolean fewCome = work.sequencer().step() < FEW;
                    place = work.sequencer().place();
                    doubts = work.sequencer().doubts();
                    if (System.nanoTime() - signAt >= 0) {
                        signAt = System.nanoTime() + signEveryNanos;
                        witness(work); // No second state before the first has been seen: every checkpoint but the
                        // newest
                        // is cosigned.
                        work.signer()
                                .sign()
                                .ifPresent(note -> standing = standing.signed(
                                        Checkpoint.parse(note.text()).size()));
                        witness(work);
                    }
                    if (fewCome) standing = standing.looked();
                    backlog = work.states().backlog();
                    failure = backlog.trouble();
                    failures = 0;
                    if (fewCome) TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN_NANOS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (RuntimeException e) {
                    if (!running) return; // Whoever stops us interrupts what we wait for.
                    if (!(e instanceof WitnessAway)) work = null; // What lies in the tables is looked at anew.
                    if (isDatabase(e)) seat.close(); // It may be somebody else's by now.
                    stumble(e);
                }
            }
        }
    }

    private @Nullable Work open() {
        var own = seat.take();
        if (own.isEmpty()) return null;
        if (standing.standsBy()) LOG.info("The seat of the ledger is free: this process keeps the ledger now");
        standing =
                new Standing(own.get().newest().map(LedgerTables.Signed::size).orElse(0L), 0, 0, false);
        return opening.apply(own.get()); // Which may ask the witness, and take its time.
    }

    /** What the other process does is in the tables: whoever asks here is answered as well as there, and hears when it no longer does anything though there is something to do. */
    private void standBy() throws InterruptedException {
        long taken = tables.place();
        var newest = tables.newest();
        long size = newest.map(LedgerTables.Signed::size).orElse(0L);
        boolean hasMoved = !standing.standsBy() || taken != place || size != standing.size();
        boolean isDone = newest.map(LedgerTables.Signed::isCosigned).orElse(true)
                && store.behind(taken, A_FEW).rows().isEmpty();
        standing = standing.watched(size, hasMoved || isDone);
        place = taken;
        doubts = tables.countDoubts();
        backlog = LogStates.Backlog.NONE;
        failure = null;
        failures = 0;
        TimeUnit.NANOSECONDS.sleep(ASK_AGAIN_NANOS);
    }

    private static boolean isDatabase(RuntimeException e) {
        return e instanceof DataAccessException || e instanceof TransactionException;
    }

    /** Shows the newest checkpoint to every witness that has not seen it, and then the organisations' own logs that stand in it. */
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
        work.states().show();
    }

    private void stumble(RuntimeException e) {
        failure = switch (e) {
            case NotProven contradiction -> CONTRADICTS + ": " + contradiction.getMessage();
            case WitnessAway away -> away.getMessage();
            default -> isDatabase(e) ? "waits for the database" : e.getClass().getSimpleName();
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
