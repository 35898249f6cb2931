package io.velvetastro.notary;

import io.velvetastro.language.EventId;
import io.velvetastro.language.Receipts;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Receipt;
import io.velvetastro.ledger.Receipt.Promised;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.Proofs.Placed;
import io.velvetastro.notary.Proofs.State;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Promises in writing what the ledger will hold, and says of every promise that comes back whether it was kept. */
final class ReceiptDesk implements Receipts {
    static final int MOST_EVENTS = 10_000;
    /** Who stored an event and who promised it may be different machines. */
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final StoredBytes store;
    private final LedgerTables tables;
    private final LedgerKeys keys;
    private final Proofs proofs;
    private final Clock clock;

    ReceiptDesk(StoredBytes store, LedgerTables tables, LedgerKeys keys, Proofs proofs, Clock clock) {
        this.store = store;
        this.tables = tables;
        this.keys = keys;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** What became of a promised event. */
    enum Standing {
        /** It is stored as promised and under a witnessed checkpoint. */
        KEPT,
        /** It is stored as promised; the ledger is on its way to it. */
        PENDING,
        /** Something else is stored under its id. */
        CHANGED,
        /** It is not stored any more. */
        GONE
    }

    /**
     * One promise, looked at.
     *
     * @param leaf where the promised leaf stands in the log, when it does: of what is changed or gone, that the ledger had it before
     */
    record Checked(
            String eventId, Standing standing, @Nullable Long leaf) {}

    @Override
    public List<String> of(TenantId tenant, Collection<EventId> events) {
        if (events.size() > MOST_EVENTS) throw tooMuch();
        return promised(
                tenant,
                rows(tenant, events.stream().map(EventId::toString).toList()).values());
    }

    /**
     * Receipts for stored events, and for everything that was decided so far about what these ids name.
     *
     * @throws TooMuch when that is more than is promised at once
     */
    List<String> ofAll(TenantId tenant, Collection<String> ids) {
        var positions = new TreeSet<>(store.positions(tenant, ids).values());
        positions.addAll(store.ofAggregates(tenant, ids, MOST_EVENTS + 1));
        if (positions.size() > MOST_EVENTS) throw tooMuch();
        return promised(tenant, store.at(tenant, positions));
    }

    private static TooMuch tooMuch() {
        return new TooMuch("More than " + MOST_EVENTS + " events are not promised at once; ask for fewer.");
    }

    private List<String> promised(TenantId tenant, Collection<Row> rows) {
        if (rows.isEmpty()) return List.of();
        var log = tables.logOf(tenant);
        requireKnown(log, rows);
        var now = clock.instant();
        var receipts = new ArrayList<String>();
        var promised = rows.stream().map(row -> promise(row, log)).toList();
        for (int from = 0; from < promised.size(); from += Receipt.MOST_EVENTS) {
            var some = promised.subList(from, Math.min(promised.size(), from + Receipt.MOST_EVENTS));
            receipts.add(new Receipt(log.name(), now, some).signed(keys.log()).toString());
        }
        return receipts;
    }

    /** A row from before there were MACs is promised only as the ledger has it: anybody could have written it yesterday. */
    private void requireKnown(Log log, Collection<Row> rows) {
        if (!store.isVouchedFor()) return;
        var old = rows.stream().filter(row -> row.vouched() == Vouched.UNKNOWN).toList();
        if (old.isEmpty()) return;
        var known = new HashMap<Long, Hash>();
        for (var batch :
                tables.batchesAt(log.number(), old.stream().map(Row::position).toList()))
            for (int i = 0; i < batch.leaves() && batch.isWhole(); i++) known.put(batch.position(i), batch.hash(i));
        for (var row : old)
            if (!Objects.equals(known.get(row.position()), leaf(row, log))) throw isNotWhatWasStored(row);
    }

    private static IllegalStateException isNotWhatWasStored(Row row) {
        return new IllegalStateException("The event at position " + row.position() + " is not what was stored");
    }

    private static Promised promise(Row row, Log log) {
        if (row.vouched() == Vouched.CHANGED) throw isNotWhatWasStored(row);
        return new Promised(row.id(), leaf(row, log));
    }

    /** Looks at every promise of a receipt; empty when it is about another organisation's log. */
    Optional<List<Checked>> check(TenantId tenant, Note note) {
        var receipt = Receipt.trusted(note, keys.everyLogKey());
        var log = tables.find(tenant).filter(own -> own.name().equals(receipt.log()));
        if (log.isEmpty()) return Optional.empty();
        var rows = rows(tenant, receipt.events().stream().map(Promised::eventId).toList());
        var state = proofs.state(tenant);
        var leaves = leaves(state, rows.values());
        var broken = receipt.events().stream()
                .filter(promised -> !isKept(promised, log.get(), rows.get(promised.eventId())))
                .map(Promised::leaf)
                .collect(Collectors.toSet());
        var had = tables.leavesWith(log.get().number(), broken, receipt.at().plus(CLOCKS_DIFFER));
        return Optional.of(receipt.events().stream()
                .map(promised -> broken.contains(promised.leaf())
                        ? broken(promised, rows.get(promised.eventId()), had)
                        : kept(promised, leaves.get(promised.eventId())))
                .toList());
    }

    private static boolean isKept(Promised promised, Log log, @Nullable Row row) {
        return row != null && leaf(row, log).equals(promised.leaf());
    }

    private static Checked broken(Promised promised, @Nullable Row row, Map<Hash, Long> had) {
        return new Checked(
                promised.eventId(), row == null ? Standing.GONE : Standing.CHANGED, had.get(promised.leaf()));
    }

    private static Checked kept(Promised promised, @Nullable Long leaf) {
        return new Checked(promised.eventId(), leaf == null ? Standing.PENDING : Standing.KEPT, leaf);
    }

    private Map<String, Long> leaves(Optional<State> state, Collection<Row> rows) {
        return state.map(proven -> proofs.place(proven, rows).stream()
                        .collect(Collectors.toMap(placed -> placed.leaf().eventId(), Placed::index)))
                .orElse(Map.of());
    }

    private Map<String, Row> rows(TenantId tenant, Collection<String> events) {
        return store.at(tenant, store.positions(tenant, events).values()).stream()
                .collect(Collectors.toMap(Row::id, Function.identity(), (first, again) -> first));
    }

    private static Hash leaf(Row row, Log log) {
        return Leaves.of(row).leaf(log.name()).hash();
    }
}
