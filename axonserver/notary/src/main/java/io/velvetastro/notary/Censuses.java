package io.velvetastro.notary;

import static io.velvetastro.language.Refused.Why.CHANGED_MEANWHILE;
import static io.velvetastro.language.Refused.Why.INCOMPLETE_EVIDENCE;
import static java.util.Objects.requireNonNull;

import io.velvetastro.language.CensusCommand.RecordCensus;
import io.velvetastro.language.CensusId;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Refused;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Census;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Stretch;
import io.velvetastro.notary.LedgerTables.Log;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts every hour, before anybody asks, whom the newest leaves name: whoever asks later is shown all of it, or the count tells. */
final class Censuses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Censuses.class);
    private static final String ACTOR = "service:census";
    private static final int MOST_LEAVES = 20_000;
    private static final int ROWS_AT_ONCE = 2_000;
    /** Fewer new leaves wait for company, or until somebody asks. */
    private static final int FEW = 100;

    /** Whoever waits for a bundle waits for so many stretches; the rest is for the next hour. */
    private static final int MOST_AT_ONCE = 5;

    private static final long FIRST_MINUTES = 5;
    private static final long EVERY_MINUTES = 60;

    private final StoredBytes store;
    private final LedgerTables tables;
    private final Proofs proofs;
    private final CommandGateway commands;
    private final Clock clock;
    private final Troubles troubles;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("census").factory());

    Censuses(
            StoredBytes store,
            LedgerTables tables,
            Proofs proofs,
            CommandGateway commands,
            Clock clock,
            Troubles troubles) {
        this.store = store;
        this.tables = tables;
        this.proofs = proofs;
        this.commands = commands;
        this.clock = clock;
        this.troubles = troubles;
        alarm.scheduleWithFixedDelay(this::lookQuietly, FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private void lookQuietly() {
        for (var tenant : tables.tenants()) {
            var what = "census of " + tenant;
            try {
                take(tenant, FEW, Integer.MAX_VALUE);
                troubles.over(what);
            } catch (RuntimeException e) {
                troubles.stand(
                        what,
                        "the newest leaves could not be counted ("
                                + e.getClass().getSimpleName()
                                + "), so no bundle about a person or an incident can be shown to be complete");
                LOG.error(
                        "Could not count the newest leaves of {}; the next look is in {} minutes",
                        tenant,
                        EVERY_MINUTES,
                        e);
            }
        }
    }

    /** Counts what is witnessed; of a long log that was never counted a part. Whoever asks waits, but it is the house that counts. */
    void take(TenantId tenant) {
        var counting = CompletableFuture.runAsync(
                () -> take(tenant, 1, MOST_AT_ONCE), alarm); // The last census itself is no news.
        try {
            counting.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void take(TenantId tenant, int few, int stretches) {
        var state = proofs.state(tenant);
        if (state.isEmpty()) return;
        long size = state.get().anchored().size();
        long from = counted(tenant);
        if (size - from <= few) return;
        requireNoOtherCount(tenant, from);
        for (int done = 0; from < size && done < stretches; done++) {
            long to = Math.min(size, from + MOST_LEAVES);
            count(tenant, state.get().log(), from, to);
            from = to;
        }
    }

    private long counted(TenantId tenant) {
        return taken(tenant).values().stream().mapToLong(Stretch::to).max().orElse(0);
    }

    /** Behind a count that is not the house's own it cannot go on: nothing is counted in vain, and whoever asks hears why. */
    private void requireNoOtherCount(TenantId tenant, long from) {
        long said = rows(tenant).stream()
                .flatMap(row -> stretch(row).stream())
                .mapToLong(Stretch::to)
                .reduce(0, (before, last) -> last);
        if (said != from && counted(tenant) == from)
            throw new Refused(
                    INCOMPLETE_EVIDENCE,
                    "The log holds a count up to leaf " + said + " that is not the house's own; its own ends at " + from
                            + ", so it cannot be shown that nothing is left out.");
    }

    private void count(TenantId tenant, Log log, long from, long to) {
        var census = census(tenant, log, from, to);
        tables.insertCensus(log.number(), from, to, census.packed());
        var now = clock.instant();
        var order =
                new RecordCensus(tenant, from, to, census.size(), census.root().base64(), now);
        try {
            commands.sendAndWait(
                    GenericCommandMessage.asCommandMessage(order).andMetaData(Envelope.of(tenant, ACTOR, now)));
        } catch (RuntimeException failed) {
            boolean hasAnotherCounted = Refused.in(failed) == CHANGED_MEANWHILE && counted(tenant) > from;
            if (!hasAnotherCounted) throw failed;
        }
    }

    /** Only what is still what the ledger has is counted. */
    private Census census(TenantId tenant, Log log, long from, long to) {
        var hashes = new LinkedHashMap<Long, Hash>();
        for (var batch : tables.batchesOver(log.number(), from, to))
            for (int i = 0; i < batch.leaves(); i++) {
                long index = batch.first() + i;
                if (index >= from && index < to) hashes.put(batch.position(i), batch.hash(i));
            }
        var taking = new Census.Taking();
        long index = from;
        var positions = new ArrayList<>(hashes.keySet());
        for (int at = 0; at < positions.size(); at += ROWS_AT_ONCE)
            for (var row : store.at(tenant, positions.subList(at, Math.min(positions.size(), at + ROWS_AT_ONCE)))) {
                var leaf = Leaves.of(row).leaf(log.name());
                if (!leaf.hash().equals(requireNonNull(hashes.get(row.position()))))
                    throw new IllegalStateException(
                            "Leaf " + index + " is not what the store holds at " + row.position());
                taking.add(index++, leaf, leaf.hash());
            }
        if (index != to) throw new IllegalStateException("Between leaves " + from + " and " + to + " events are gone");
        return taking.taken();
    }

    /** Where each census stands in the store, in order. One that is not what was stored was never taken; one that only came late was. */
    Map<Long, Stretch> taken(TenantId tenant) {
        var taken = new LinkedHashMap<Long, Stretch>();
        var doubts = tables.doubts();
        for (var row : rows(tenant))
            if (row.vouched() == Vouched.INTACT
                    || row.vouched() == Vouched.UNKNOWN && !doubts.containsKey(row.position()))
                stretch(row).ifPresent(stretch -> taken.put(row.position(), stretch));
        return taken;
    }

    private List<Row> rows(TenantId tenant) {
        return store.at(tenant, store.ofAggregate(tenant, CensusId.of(tenant).toString()));
    }

    private static Optional<Stretch> stretch(Row row) {
        return Stretch.of(Leaves.of(row).leaf(""));
    }

    /** The census of a stretch as it was kept, if it is still the one that was recorded. */
    Optional<Census> census(Log log, Stretch stretch) {
        return tables.census(log.number(), stretch.from(), stretch.to())
                .map(Census::unpacked)
                .filter(census -> census.root().equals(stretch.root()));
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
