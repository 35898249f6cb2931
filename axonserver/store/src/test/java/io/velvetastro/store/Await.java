package io.velvetastro.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks until something is so, for a bounded time. */
public final class Await {
    private Await() {}

    public static void until(String what, BooleanSupplier isSo) {
        until(what, Duration.ofSeconds(60), isSo);
    }

    public static void until(String what, Duration atMost, BooleanSupplier isSo) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("Not so within " + atMost + ": " + what);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
