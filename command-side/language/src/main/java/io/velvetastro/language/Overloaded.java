package io.velvetastro.language;

import java.time.Duration;

/** "Not now": a limit on load was reached; nothing was stored, and the caller may try again after the given time. */
public sealed class Overloaded extends RuntimeException permits StillBeingStored {
    private final transient Duration retryAfter;

    public Overloaded(String what, Duration retryAfter) {
        super(what);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
