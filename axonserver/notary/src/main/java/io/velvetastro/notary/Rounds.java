package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through the whole store again and again while the house is at work, wherever the seat of the ledger is: what was edited long after it was signed is noticed without anybody asking. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LATEST_FIRST = Duration.ofMinutes(10);
    /** It works a tenth of the time and rests nine: a core has other things to do. */
    private static final long RESTS = 9;

    private static final int TOLD = 10;

    private final Notary notary;
    private final StoredBytes store;
    private final LedgerTables tables;
    private final LedgerKeys keys;
    private final Clock clock;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ledger-rounds").factory());
    private volatile @Nullable Last last;

    /**
     * Begins the first round before long.
     *
     * @param every how long it rests after a round
     */
    Rounds(Notary notary, StoredBytes store, LedgerTables tables, LedgerKeys keys, Clock clock, Duration every) {
        this.notary = notary;
        this.store = store;
        this.tables = tables;
        this.keys = keys;
        this.clock = clock;
        var first = every.compareTo(LATEST_FIRST) < 0 ? every : LATEST_FIRST;
        alarm.scheduleWithFixedDelay(this::goQuietly, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What the last round came to.
     *
     * @param deviations how much is not as the ledger has it
     * @param first the first of these
     * @param failure what it stumbled over; then nobody knows
     */
    record Last(
            Instant at,
            long events,
            int deviations,
            @Nullable String first,
            @Nullable String failure) {}

    /** Empty until this process has gone round. */
    Optional<Last> last() {
        return Optional.ofNullable(last);
    }

    private void goQuietly() {
        if (!notary.isRunning() || notary.standing().standsBy()) return; // Whoever has the seat goes.
        try {
            last = round();
        } catch (CancellationException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Could not hold the store against the ledger", e);
            var before = last;
            // What was found before is not taken back by a round that did not end.
            last = before != null && before.deviations() > 0
                    ? before
                    : new Last(clock.instant(), 0, 0, null, e.getClass().getSimpleName());
        }
    }

    private Last round() {
        var found = StoreAudit.run(store, tables, keys, Rounds::rest);
        for (var deviation : found.deviations().stream().limit(TOLD).toList())
            LOG.error("{}, {}: {}", deviation.log(), deviation.place(), deviation.what());
        return new Last(
                clock.instant(),
                found.events(),
                found.deviations().size(),
                found.deviations().stream()
                        .findFirst()
                        .map(deviation -> deviation.place() + " " + deviation.what())
                        .orElse(null),
                null);
    }

    private static void rest(long workedNanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(workedNanos * RESTS);
        } catch (InterruptedException stopped) {
            throw new CancellationException("The house ends");
        }
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
