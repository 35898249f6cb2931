package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.LeafHasher;
import io.velvetastro.notary.LedgerTables.Log;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the whole store piece by piece and hashes every row, on as many threads as it is given; hands the pieces out in the order of the store. */
final class HeldRows {
    /** Positions, of which a piece has at most as many rows. */
    private static final int PIECE = 4_096;

    private static final int ROWS_AT_ONCE = 2_048;

    private final StoredBytes store;
    private final Function<TenantId, Optional<Log>> logs;
    private final int threads;

    /**
     * A way through this store.
     *
     * @param logs whose log takes a row; asked by several threads
     * @param threads one works in the thread that asks, and in its transaction
     */
    HeldRows(StoredBytes store, Function<TenantId, Optional<Log>> logs, int threads) {
        this.store = store;
        this.logs = logs;
        this.threads = threads;
    }

    /**
     * A row as the ledger should have it.
     *
     * @param log absent where the row belongs to nobody the ledger knows; the leaf is absent too then
     * @param telling the row itself where it tells of something that the ledger keeps in tables of its own
     */
    record Held(
            long position,
            TenantId tenant,
            @Nullable Log log,
            @Nullable Hash leaf,
            Instant recordedAt,
            Vouched vouched,
            @Nullable Row telling) {}

    /** Told of everything up to this position, piece after piece. */
    void upTo(long end, Consumer<List<Held>> each) {
        if (threads == 1) {
            var hasher = new LeafHasher();
            for (long from = 0; from < end; ) {
                long to = Math.min(end, from + PIECE);
                var piece = piece(hasher, from, to);
                each.accept(piece);
                from = piece.isEmpty() ? nextRow(to, end) : to;
            }
            return;
        }
        var hashers = ThreadLocal.withInitial(LeafHasher::new);
        try (var workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("ledger-hashing-", 0).factory())) {
            try {
                upTo(end, each, workers, hashers);
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private void upTo(long end, Consumer<List<Held>> each, ExecutorService workers, ThreadLocal<LeafHasher> hashers) {
        var begun = new ArrayDeque<Future<List<Held>>>();
        for (long next = 0; next < end || !begun.isEmpty(); ) {
            while (next < end && begun.size() < 2 * threads) {
                long from = next;
                next = Math.min(end, from + PIECE);
                long to = next;
                begun.add(workers.submit(() -> piece(hashers.get(), from, to)));
            }
            var piece = ended(begun.remove());
            each.accept(piece);
            if (piece.isEmpty()) next = nextRow(next, end);
        }
    }

    /** Numbers that no row has taken may be many: undone appends, or somebody who has set the counter forward. */
    private long nextRow(long behind, long end) {
        if (behind >= end) return end;
        var rows = store.between(behind, end, 1).rows();
        return rows.isEmpty() ? end : rows.getFirst().position() - 1;
    }

    private static List<Held> ended(Future<List<Held>> piece) {
        try {
            return piece.get();
        } catch (InterruptedException stopped) {
            throw new CancellationException("Stopped while the store is read");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }

    private List<Held> piece(LeafHasher hasher, long from, long to) {
        var held = new ArrayList<Held>();
        for (long at = from; at < to; ) {
            var chunk = store.between(at, to, ROWS_AT_ONCE);
            for (var row : chunk.rows()) held.add(held(hasher, row));
            at = chunk.upTo() > at ? chunk.upTo() : to;
        }
        return held;
    }

    private Held held(LeafHasher hasher, Row row) {
        var tenant = row.tenant();
        if (tenant == null) return read(row);
        var log = logs.apply(tenant);
        var leaf = log.isEmpty() ? null : hash(hasher, log.get().name(), row);
        return leaf == null
                ? read(row)
                : new Held(row.position(), tenant, log.get(), leaf, row.recordedAt(), row.vouched(), null);
    }

    private static @Nullable Hash hash(LeafHasher hasher, String log, Row row) {
        var aggregate = row.aggregate();
        return hasher.hash(
                log,
                aggregate == null ? "" : Objects.requireNonNullElse(row.aggregateType(), ""),
                aggregate == null ? "" : aggregate,
                aggregate == null ? -1 : row.sequence(),
                row.id(),
                row.payloadType(),
                Objects.requireNonNullElse(row.revision(), ""),
                row.recordedAt().toEpochMilli(),
                row.payload(),
                row.envelope());
    }

    /** By taking it apart: damaged ones, decisions, whose envelope alone says whose they are, and the unusual. */
    private Held read(Row row) {
        var owned = Leaves.of(row);
        var log = logs.apply(owned.tenant());
        return new Held(
                row.position(),
                owned.tenant(),
                log.orElse(null),
                log.map(known -> owned.leaf(known.name()).hash()).orElse(null),
                row.recordedAt(),
                row.vouched(),
                ToldByEvents.isTelling(row) ? row : null); // A decision, as all that tell are.
    }
}
