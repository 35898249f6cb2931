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
        super(says(because));
        this.because = because;
        this.retryAfter = retryAfter;
    }

    private static String says(Because because) {
        return because == Because.BUSY ? "Too many people sign in at once." : "Too many tries.";
    }

    @Override
    public String getMessage() {
        return says(because);
    }

    Because because() {
        return because;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
