package io.velvetastro.decisions;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do, and no longer than it should take. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    public static void holds(BooleanSupplier truth) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!truth.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("It did not come true within " + PATIENCE);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
