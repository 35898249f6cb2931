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
        if (stream == Stream.TELEMETRY) check(most); // Findings come of events that were let in.
    }

    /** What can wait stops at half, so that it never takes the room of what happens now. */
    void checkWhatCanWait() {
        check(most / 2);
    }

    private void check(long limit) {
        if (behind.getAsLong() > limit)
            throw new Overloaded("More than " + limit + " events wait to be read", retryAfter);
    }
}
