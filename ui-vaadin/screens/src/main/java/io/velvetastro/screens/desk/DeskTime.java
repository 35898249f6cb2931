package io.velvetastro.screens.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The clock and the threads of the screens, so that tests can hold both still. */
public record DeskTime(InstantSource clock, Executor threads, Executor beat) {
    private static final int THREADS = 8;
    /** Four changes a second are as many as anybody can read. */
    public static final Duration BEAT = Duration.ofMillis(250);

    /**
     * The running house's. Platform threads, and few: a virtual thread that loads a class holds its carrier, and on a
     * machine with two cores two of them can wait for a third for ever.
     */
    public static DeskTime ofTheHouse(Clock clock) {
        var threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("screens-", 0).factory());
        return new DeskTime(
                clock, threads, CompletableFuture.delayedExecutor(BEAT.toMillis(), TimeUnit.MILLISECONDS, threads));
    }

    Instant now() {
        return clock.instant();
    }
}
