package io.velvetastro.notary;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Anchor;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Nodes;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.NotProven.Reason;
import io.velvetastro.ledger.Note;
import io.velvetastro.notary.LastSigned.State;
import io.velvetastro.notary.LedgerTables.Anchored;
import io.velvetastro.notary.LedgerTables.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That what lies in the ledger's tables goes on from what was signed: asked whenever something is read from them that the next signature will rest on. The tables are a claim of whoever has the database; the signed checkpoint, the witnesses and the file beside the keys are not.
 */
final class Continuity {
    private static final int EVENTS_AT_ONCE = 2_000;

    private final LedgerTables tables;
    private final LastSigned file;
    private final Log platform;
    private @Nullable Checkpoint signed;
    private @Nullable State last;

    /** @throws NotProven when the platform's log is not the one that was signed */
    Continuity(LedgerTables tables, LedgerKeys keys, Log platform) {
        this.tables = tables;
        this.file = keys.lastSigned();
        this.platform = platform;
        this.signed = tables.newest()
                .map(newest -> keys.trusted(Note.parse(newest.note())))
                .orElse(null);
        this.last = file.read().orElse(null);
        var seen = new ArrayList<Checkpoint>();
        keys.witnesses().forEach(witness -> witness.last().ifPresent(seen::add));
        if (last != null) seen.add(last.platform());
        if (!platform.name().equals(keys.origin()))
            throw new NotProven(Reason.WRONG_ORIGIN, "the platform's log", keys.origin(), platform.name());
        requirePlatform(seen);
    }

    private void requirePlatform(List<Checkpoint> seen) {
        long size = tables.size(platform.number());
        var tree = tables.tree(platform.number(), size);
        for (var known : seen)
            requireBeginning("the platform's log", tree, size, tree.root(size), known.size(), known.root());
        requireSigned(size, tree.root(size));
    }

    /** Holds what was read of a log against what is known of it. */
    void require(Log log, Nodes tree, long size, Hash root) {
        if (log.number() == platform.number()) {
            requireSigned(size, root);
            return;
        }
        var anchored = tables.anchor(log.number(), Long.MAX_VALUE);
        var known = last == null || log.tenant() == null ? null : last.logs().get(log.tenant());
        if (known != null) {
            requireSameLog(log, known);
            requireBeginning(log.name(), tree, size, root, known.size(), known.root());
            long newest = anchored.map(Anchored::size).orElse(0L);
            if (newest < known.size())
                throw new NotProven(
                        Reason.INCONSISTENT, "anchors of " + log.name(), "one of " + known.size(), "up to " + newest);
        }
        anchored.ifPresent(anchor -> {
            requireBeginning(log.name(), tree, size, root, anchor.size(), anchor.root());
            requireIncluded(log, anchor);
        });
    }

    private static void requireSameLog(Log log, Anchor known) {
        if (!known.log().equals(log.name()))
            throw new NotProven(Reason.CONTRADICTED, "the log of " + log.tenant(), known.log(), log.name());
    }

    private void requireSigned(long size, Hash root) {
        if (signed == null ? size > 0 : size != signed.size() || !root.equals(signed.root()))
            throw new NotProven(
                    Reason.INCONSISTENT,
                    "the platform's log",
                    signed == null ? "nothing unsigned" : "the root signed at " + signed.size(),
                    "another at " + size);
    }

    private void requireIncluded(Log log, Anchored anchor) {
        if (signed == null || anchor.index() >= signed.size())
            throw new NotProven(
                    Reason.NOT_INCLUDED, "anchor " + anchor.index(), "a signed checkpoint behind it", "none");
        tables.tree(platform.number(), signed.size())
                .include(anchor.index(), signed.size())
                .verify(anchor.anchor(log.name()).hash(), signed.root());
    }

    private static void requireBeginning(String log, Nodes tree, long size, Hash root, long known, Hash knownRoot) {
        if (known > size)
            throw new NotProven(Reason.INCONSISTENT, log, known + " leaves, which were seen", size + " leaves");
        if (known > 0) tree.connect(known, size).verify(knownRoot, root);
    }

    /** Goes once more through what was taken since the last signature, and nothing else may have been: no event left out, none put in, none in another's log. */
    void requireTail(StoredBytes store) {
        long place = tables.place();
        if (store.complete() < place)
            throw new NotProven(Reason.CONTRADICTED, "the store", "events up to " + place, store.complete());
        if (last == null) return;
        long doubts = tables.countDoubts();
        if (doubts < last.doubts())
            throw new NotProven(Reason.CONTRADICTED, "the doubts", "at least " + last.doubts(), doubts);
        if (place < last.place())
            throw new NotProven(Reason.INCONSISTENT, "the ledger", "events up to " + last.place(), "up to " + place);
        var ends = new HashMap<String, Long>();
        last.logs().forEach((tenant, known) -> {
            requireSameLog(tables.find(tenant).orElseThrow(() -> gone(known)), known);
            ends.put(known.log(), known.size());
        });
        passTail(store, last.place(), place, ends);
        tables.sizes().forEach((log, size) -> {
            long expected = ends.getOrDefault(log.name(), 0L);
            if (size != expected)
                throw new NotProven(
                        Reason.CONTRADICTED, log.name(), "the " + expected + " leaves of the store's events", size);
        });
    }

    private static NotProven gone(Anchor known) {
        return new NotProven(Reason.INCONSISTENT, "the log " + known.log(), "its " + known.size() + " leaves", "none");
    }

    private void passTail(StoredBytes store, long from, long place, Map<String, Long> ends) {
        for (long at = from; at < place; ) {
            var chunk = store.behind(at, EVENTS_AT_ONCE);
            var byTenant = new HashMap<TenantId, List<Row>>();
            for (var row : chunk.rows())
                if (row.position() <= place)
                    byTenant.computeIfAbsent(Leaves.of(row).tenant(), tenant -> new ArrayList<>())
                            .add(row);
            byTenant.forEach((tenant, rows) -> {
                var log = tables.find(tenant).orElseThrow(() -> notTaken(rows.getFirst()));
                long first = ends.getOrDefault(log.name(), 0L);
                requireLeaves(log, first, rows);
                ends.put(log.name(), first + rows.size());
            });
            if (chunk.upTo() <= at) return;
            at = chunk.upTo();
        }
    }

    private void requireLeaves(Log log, long first, List<Row> rows) {
        var found = new HashMap<Long, Hash>();
        var positions = new HashMap<Long, Long>();
        for (var batch : tables.batchesOver(log.number(), first, first + rows.size()))
            for (int i = 0; i < batch.leaves() && batch.isWhole(); i++) {
                found.put(batch.first() + i, batch.hash(i));
                positions.put(batch.first() + i, batch.position(i));
            }
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var hash = Optional.ofNullable(found.get(first + i)).orElseThrow(() -> notTaken(row));
            if (requireNonNull(positions.get(first + i)) != row.position()) throw notTaken(row);
            if (!hash.equals(Leaves.of(row).leaf(log.name()).hash()))
                throw new NotProven(
                        Reason.CONTRADICTED,
                        "leaf " + (first + i) + " of " + log.name(),
                        "what the store holds at position " + row.position(),
                        "something else");
        }
    }

    private static NotProven notTaken(Row row) {
        return new NotProven(Reason.CONTRADICTED, "position " + row.position(), "a leaf of this event", "none");
    }

    /** The next state is signed and committed: from here on nothing before it can be rewritten unnoticed. */
    void signed(Checkpoint checkpoint, long place, long doubts, Map<TenantId, Anchor> grown) {
        signed = checkpoint;
        var before = last == null ? new State(checkpoint, place, doubts, tables.newestAnchors()) : last;
        last = before.then(checkpoint, place, doubts, grown);
        file.keep(last);
    }
}
