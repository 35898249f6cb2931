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
import io.velvetastro.notary.Proofs.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Promises in writing what the ledger will hold, and says of every promise that comes back whether it was kept. */
final class ReceiptDesk implements Receipts {
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
        var rows = rows(tenant, events.stream().map(EventId::toString).toList());
        if (rows.isEmpty()) return List.of();
        var log = tables.logOf(tenant);
        var now = clock.instant();
        var receipts = new ArrayList<String>();
        var promised = rows.values().stream().map(row -> promise(row, log)).toList();
        for (int from = 0; from < promised.size(); from += Receipt.MOST_EVENTS) {
            var some = promised.subList(from, Math.min(promised.size(), from + Receipt.MOST_EVENTS));
            receipts.add(new Receipt(log.name(), now, some).signed(keys.log()).toString());
        }
        return receipts;
    }

    /** The events decided about one thing are promised like those that were reported. */
    List<EventId> ofAggregate(TenantId tenant, String aggregate) {
        return store.at(tenant, store.ofAggregate(tenant, aggregate)).stream()
                .map(row -> EventId.of(row.id()))
                .toList();
    }

    private static Promised promise(Row row, Log log) {
        if (row.vouched() == Vouched.CHANGED)
            throw new IllegalStateException("The event at position " + row.position() + " is not what was stored");
        return new Promised(row.id(), leaf(row, log));
    }

    /** Looks at every promise of a receipt; empty when it is about another organisation's log. */
    Optional<List<Checked>> check(TenantId tenant, Note note) {
        var receipt = Receipt.trusted(note, keys.everyLogKey());
        var log = tables.find(tenant).filter(own -> own.name().equals(receipt.log()));
        if (log.isEmpty()) return Optional.empty();
        var rows = rows(tenant, receipt.events().stream().map(Promised::eventId).toList());
        var state = proofs.state(tenant);
        var leaves = leaves(tenant, state, rows.values());
        return Optional.of(receipt.events().stream()
                .map(promised -> checked(promised, log.get(), rows.get(promised.eventId()), leaves))
                .toList());
    }

    private Checked checked(Promised promised, Log log, @Nullable Row row, Map<String, Long> leaves) {
        if (row == null) return new Checked(promised.eventId(), Standing.GONE, leafOf(log, promised.leaf()));
        if (!leaf(row, log).equals(promised.leaf()))
            return new Checked(promised.eventId(), Standing.CHANGED, leafOf(log, promised.leaf()));
        var leaf = leaves.get(row.id());
        return new Checked(promised.eventId(), leaf == null ? Standing.PENDING : Standing.KEPT, leaf);
    }

    private @Nullable Long leafOf(Log log, Hash hash) {
        var found = tables.leafWith(log.number(), hash);
        return found.isPresent() ? found.getAsLong() : null;
    }

    private Map<String, Long> leaves(TenantId tenant, Optional<State> state, Collection<Row> rows) {
        if (state.isEmpty()) return Map.of();
        var leaves = new HashMap<String, Long>();
        for (var row : rows)
            proofs.place(tenant, state.get(), List.of(row.position()))
                    .forEach(placed -> leaves.put(placed.leaf().eventId(), placed.index()));
        return leaves;
    }

    private Map<String, Row> rows(TenantId tenant, Collection<String> events) {
        return store.at(tenant, store.positions(tenant, events).values()).stream()
                .collect(Collectors.toMap(Row::id, Function.identity(), (first, again) -> first));
    }

    private static Hash leaf(Row row, Log log) {
        return Leaves.of(row).leaf(log.name()).hash();
    }
}
