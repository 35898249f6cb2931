package io.velvetastro.store.journal;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Stream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Says "not now" to telemetry while its readers are too far behind, before the backlog grows without limit. */
public final class Admission {
    private final LongSupplier behind;
    private final long most;
    private final Duration retryAfter;

    /** @param behind how many events of telemetry the slowest reader has not seen */
    public Admission(LongSupplier behind, long most, Duration retryAfter) {
        this.behind = behind;
        this.most = most;
        this.retryAfter = retryAfter;
    }

    void check(Stream stream) {
        if (stream != Stream.TELEMETRY) return; // Findings come of events that were let in.
        if (behind.getAsLong() > most)
            throw new Overloaded("More than " + most + " events wait to be read", retryAfter);
    }
}
