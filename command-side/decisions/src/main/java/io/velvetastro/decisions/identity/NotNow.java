package io.velvetastro.decisions.identity;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** A sign-in that was not even tried: too many came, from this caller or from everybody. */
final class NotNow extends AuthenticationException {
    /** Whose fault it is. */
    enum Because {
        /** This caller guesses. */
        TOO_MANY_TRIES,
        /** The house is busy. */
        BUSY
    }

    private final Because because;
    private final transient Duration retryAfter;

    NotNow(Because because, Duration retryAfter) {
        super(because == Because.BUSY ? "Too many people sign in at once." : "Too many tries.");
        this.because = because;
        this.retryAfter = retryAfter;
    }

    Because because() {
        return because;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
