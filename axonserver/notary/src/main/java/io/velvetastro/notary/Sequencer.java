package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.notary.LedgerTables.Batch;
import io.velvetastro.notary.LedgerTables.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives every stored event its place in its organisation's log, in the order of the store and without gaps. One per database. */
final class Sequencer {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int EVENTS_AT_ONCE = 2_000;

    private final StoredBytes store;
    private final LedgerTables tables;
    private final GrowingLogs logs;
    private final TransactionTemplate transaction;
    private final LateComers lateComers;
    private long place;
    private long taken;
    private long doubts;

    Sequencer(StoredBytes store, LedgerTables tables, GrowingLogs logs, TransactionTemplate transaction) {
        this.store = store;
        this.tables = tables;
        this.logs = logs;
        this.transaction = transaction;
        this.place = tables.place();
        this.lateComers = new LateComers(new NewestTaken(store, tables).upTo(place));
        this.taken = place;
        this.doubts = tables.countDoubts();
    }

    long place() {
        return place;
    }

    /** Where the last event lies that it has taken: what lies behind may have been left free. */
    long taken() {
        return taken;
    }

    /** How many events were not what had been stored when it came to them. */
    long doubts() {
        return doubts;
    }

    /** Takes the next events; answers how many there were. */
    int step() {
        var chunk = store.behind(place, EVENTS_AT_ONCE);
        if (!chunk.rows().isEmpty()) {
            take(chunk.rows());
            taken = chunk.rows().getLast().position();
        }
        place = chunk.upTo();
        return chunk.rows().size();
    }

    private void doubt(StoredBytes.Row row, GrowingLog log) {
        tables.insertDoubt(row.position(), log.log().number());
        doubts++;
        LOG.error(
                "The event at position {} is not what was stored there: it was changed, or put there later, before the ledger had it",
                row.position());
    }

    private void take(List<StoredBytes.Row> rows) {
        try {
            transaction.executeWithoutResult(status -> {
                var grown = new LinkedHashSet<GrowingLog>();
                for (var row : rows) {
                    var owned = Leaves.of(row);
                    var log = logs.of(owned.tenant());
                    log.append(owned.leaf(log.log().name()), row.position());
                    grown.add(log);
                    // It becomes a leaf as it was found: what is left out would be gone without a trace.
                    if (lateComers.isOne(row) || row.vouched() == Vouched.CHANGED) doubt(row, log);
                }
                var nodes = new ArrayList<Node>();
                var batches = new ArrayList<Batch>();
                for (var log : grown) batches.add(log.take(nodes));
                tables.insert(batches, nodes);
                grown.forEach(logs::grew);
            });
        } catch (RuntimeException failed) {
            logs.forget();
            throw failed;
        }
    }
}
