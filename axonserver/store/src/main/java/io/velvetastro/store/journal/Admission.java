package io.velvetastro.store.journal;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Stream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Says "not now" to telemetry while its readers are too far behind, before the backlog grows without limit. */
public final class Admission {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final LongSupplier behind;
    private final long most;
    private final Duration retryAfter;
    private final AtomicLong lookAgainAt = new AtomicLong(System.nanoTime());
    private volatile boolean full;

    /** @param behind how many events of telemetry the slowest reader has not seen */
    public Admission(LongSupplier behind, long most, Duration retryAfter) {
        this.behind = behind;
        this.most = most;
        this.retryAfter = retryAfter;
    }

    void check(Stream stream) {
        if (stream != Stream.TELEMETRY) return; // Findings come of events that were let in.
        long due = lookAgainAt.get();
        long now = System.nanoTime();
        if (now >= due && lookAgainAt.compareAndSet(due, now + LOOK_AGAIN_NANOS)) full = behind.getAsLong() > most;
        if (full) throw new Overloaded("More than " + most + " events wait to be read", retryAfter);
    }
}
