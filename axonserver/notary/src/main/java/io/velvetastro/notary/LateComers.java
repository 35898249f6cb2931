package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import java.time.Duration;
import java.time.Instant;

/** Notices an event behind others that were recorded long after it. A row's MAC covers no position: one that was copied there, or was kept back and put in later, carries a valid one. */
final class LateComers {
    /** Longer than any append takes, and than the clocks of two processes that are looked after differ. */
    private static final Duration ALLOWED = Duration.ofMinutes(10);

    private Instant newest;

    /** @param newest when the newest event before was recorded */
    LateComers(Instant newest) {
        this.newest = newest;
    }

    /** Whether this one is; to be asked of each row, in the order of the store. */
    boolean isOne(Row row) {
        if (row.vouched() == Vouched.CHANGED)
            return false; // Nor does it tell when the others should have been recorded.
        boolean late = row.recordedAt().isBefore(newest.minus(ALLOWED));
        // From a late one on it is reckoned anew: a clock that was put right gives one doubt and not thousands.
        if (late || row.recordedAt().isAfter(newest)) newest = row.recordedAt();
        return late;
    }
}
