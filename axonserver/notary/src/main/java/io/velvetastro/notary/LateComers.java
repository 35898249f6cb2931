package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import java.time.Duration;
import java.time.Instant;

/** Notices an event behind others that were recorded long after it. A row's MAC covers no position: one that was copied there, or was kept back and put in later, carries a valid one. */
final class LateComers {
    /** Longer than any append takes, and than the clocks of two processes that are looked after differ. */
    private static final long ALLOWED_MILLIS = Duration.ofMinutes(10).toMillis();

    private long newestMillis;

    /** @param newest when the newest event was recorded since, and including, the last that came late */
    LateComers(Instant newest) {
        this.newestMillis = newest.toEpochMilli();
    }

    /** Whether this one is; to be asked of each row, in the order of the store. */
    boolean isOne(Row row) {
        return isOne(row.recordedAt(), row.vouched());
    }

    boolean isOne(Instant recordedAt, Vouched vouched) {
        if (vouched == Vouched.CHANGED) return false; // Nor does it tell when the others should have been recorded.
        long millis = recordedAt.toEpochMilli();
        boolean late = isLate(millis);
        // From a late one on it is reckoned anew: a clock that was put right gives one doubt and not thousands.
        if (late || millis > newestMillis) newestMillis = millis;
        return late;
    }

    private boolean isLate(long millis) {
        return millis < newestMillis - ALLOWED_MILLIS;
    }

    /** Where nobody can say any more whether a doubted row was changed: only what looks late was late. */
    boolean wouldBeOne(Instant recordedAt) {
        return isLate(recordedAt.toEpochMilli());
    }
}
