package io.velvetastro.decisions.identity;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.security.authentication.BadCredentialsException;

/** Says no on the beat: how long the house looked at its reasons, and so whether there was an account to look at, is not heard outside. */
class Beat {
    /** Longer than a look takes, and short for whoever mistyped. */
    static final Duration QUARTER_OF_A_SECOND = Duration.ofMillis(250);

    private final long nanos;

    /** @param length between two beats, counted from when somebody asks; at least a nanosecond */
    Beat(Duration length) {
        this.nanos = length.toNanos();
    }

    /** Whoever is let in, or told to come back later, learns it at once; who is refused, at the next beat. */
    <T> T refusing(Supplier<T> tried) {
        long asked = System.nanoTime();
        try {
            return tried.get();
        } catch (BadCredentialsException refused) {
            long took = System.nanoTime() - asked;
            long beat = asked + (took / nanos + 1) * nanos;
            for (long left = beat - System.nanoTime(); left > 0; left = beat - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) break; // The house is closing.
            }
            throw refused;
        }
    }
}
