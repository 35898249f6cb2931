package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Goes through the whole store again and again while the house is at work, wherever the seat of the ledger is, and at once when somebody asks: what was edited long after it was signed is noticed. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LATEST_FIRST = Duration.ofMinutes(10);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
    /** It works a tenth of the time and rests nine: a core has other things to do. */
    private static final long RESTS = 9;
    /** Whoever asks, waits. */
    private static final long RESTS_WHEN_ASKED = 1;

    private static final int TOLD = 10;

    private final Notary notary;
    private final StoredBytes store;
    private final LedgerTables tables;
    private final LedgerKeys keys;
    private final AuditBook book;
    private final Troubles troubles;
    private final Clock clock;
    private final long everyNanos;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ledger-rounds").factory());
    private long dueNanos;
    private volatile @Nullable Last last;

    /**
     * Begins the first round before long.
     *
     * @param every how long it rests after a round
     */
    Rounds(
            Notary notary,
            StoredBytes store,
            LedgerTables tables,
            LedgerKeys keys,
            AuditBook book,
            Troubles troubles,
            Clock clock,
            Duration every) {
        this.notary = notary;
        this.store = store;
        this.tables = tables;
        this.keys = keys;
        this.book = book;
        this.troubles = troubles;
        this.clock = clock;
        this.everyNanos = every.toNanos();
        var first = every.compareTo(LATEST_FIRST) < 0 ? every : LATEST_FIRST;
        this.dueNanos = System.nanoTime() + first.toNanos();
        var looks = every.compareTo(LOOKS_EVERY) < 0 ? every : LOOKS_EVERY;
        alarm.scheduleWithFixedDelay(this::lookQuietly, looks.toMillis(), looks.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Somebody has asked meanwhile, and wants to hear of what is stored by now. */
    private static final class Overtaken extends RuntimeException {}

    /** Empty while nobody has ever gone round. */
    Optional<Last> last() {
        return Optional.ofNullable(last);
    }

    private void lookQuietly() {
        try {
            look();
            troubles.over("rounds");
        } catch (CancellationException stopped) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("The rounds wait for the database", away); // That it is away is said elsewhere.
        } catch (RuntimeException | Error e) { // Whatever leaves here ends the alarm, and nobody would look again.
            LOG.error("The rounds through the store do not go on", e);
            troubles.stand(
                    "rounds",
                    "nobody holds the store against the ledger (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void look() {
        if (!notary.isRunning()) return;
        if (last == null || notary.standing().standsBy()) last = book.last().orElse(null);
        if (notary.standing().standsBy()) return; // Whoever has the seat goes.
        var wish = book.waiting();
        if (wish.isEmpty() && System.nanoTime() - dueNanos < 0) return;
        try {
            go(wish.map(AuditBook.Wish::number).orElse(0L));
            dueNanos = System.nanoTime() + everyNanos;
        } catch (Overtaken asked) {
            LOG.debug("A round is begun anew", asked);
        }
    }

    private void go(long wish) {
        var began = clock.instant();
        long checkpoint =
                tables.newestWitnessed().map(LedgerTables.Signed::size).orElse(0L);
        AuditBook.Round round;
        try {
            var found = StoreAudit.run(store, tables, keys, wish > 0 ? Rounds::restWhenAsked : new UntilAsked());
            for (var deviation : found.deviations().stream().limit(TOLD).toList())
                LOG.error("{}, {}: {}", deviation.log(), deviation.place(), deviation.what());
            round = new AuditBook.Round(
                    wish, began, clock.instant(), checkpoint, found.events(), found.deviations(), null);
        } catch (CancellationException | Overtaken notEnded) {
            throw notEnded;
        } catch (RuntimeException | Error e) {
            LOG.error("Could not hold the store against the ledger", e);
            var failure = e.getClass().getSimpleName();
            round = new AuditBook.Round(wish, began, clock.instant(), checkpoint, 0, List.of(), failure);
        }
        remember(round);
        book.insert(round);
    }

    /** Also where it cannot be written down. What was found before is not taken back by a round that did not end. */
    private void remember(AuditBook.Round round) {
        var before = last;
        if (round.failure() != null && before != null && before.deviations() > 0) return;
        last = new Last(
                round.endedAt(),
                round.events(),
                round.deviations().size(),
                round.deviations().stream()
                        .findFirst()
                        .map(deviation -> deviation.place() + " " + deviation.what())
                        .orElse(null),
                round.failure());
    }

    /** Lets go of a round as soon as somebody asks for one. */
    private final class UntilAsked implements StoreAudit.Pace {
        private long lookAtNanos = System.nanoTime() + LOOKS_EVERY.toNanos();

        @Override
        public void rest(long workedNanos) {
            sleep(workedNanos * RESTS);
            if (System.nanoTime() - lookAtNanos < 0) return;
            lookAtNanos = System.nanoTime() + LOOKS_EVERY.toNanos();
            if (book.waiting().isPresent()) throw new Overtaken();
        }
    }

    private static void restWhenAsked(long workedNanos) {
        sleep(workedNanos * RESTS_WHEN_ASKED);
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException stopped) {
            throw new CancellationException("The house ends");
        }
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
