package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Anchor;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.EventProof;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.Nodes;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SingleEvent;
import io.velvetastro.ledger.TlogProof;
import io.velvetastro.notary.LedgerTables.Anchored;
import io.velvetastro.notary.LedgerTables.Batch;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.LedgerTables.Seen;
import io.velvetastro.notary.LedgerTables.Signed;
import io.velvetastro.witness.WitnessAway;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Leads stored events to the newest checkpoint that every witness has seen: what is handed out rests on all of them. */
final class Proofs {
    /** So many may lie in as many batches, and those are in memory at once. */
    private static final int ROWS_AT_ONCE = 200;

    private static final int MOST_STATES = 500;

    private final LedgerTables tables;
    private final StoredBytes store;
    private final Log platform;
    private final LedgerKeys keys;

    Proofs(LedgerTables tables, StoredBytes store, Log platform, LedgerKeys keys) {
        this.tables = tables;
        this.store = store;
        this.platform = platform;
        this.keys = keys;
    }

    /**
     * One moment at which an organisation's log can be proven: all proofs of a bundle are made from the same one.
     *
     * @param own the state of the organisation's own log, as every witness has seen it
     */
    record State(
            Log log, Anchored anchored, Note own, Note checkpoint, long platformSize, Nodes tree, Nodes platformTree) {
        EventProof prove(long index) {
            return new EventProof(
                    new Anchor.Path(log.name(), tree.include(index, anchored.size())),
                    platformTree.include(anchored.index(), platformSize),
                    checkpoint);
        }
    }

    /** A stored event with its place in its log. */
    record Placed(long index, Leaf leaf) {}

    Optional<Note> checkpoint() {
        return witnessed().map(signed -> Note.parse(signed.note()));
    }

    private Optional<Signed> witnessed() {
        try {
            return tables.newestWitnessed(keys.witnessNames());
        } catch (WitnessAway neverThere) {
            return Optional.empty(); // Who has no name yet has seen nothing.
        }
    }

    Optional<State> state(TenantId tenant) {
        var log = tables.find(tenant);
        if (log.isEmpty()) return Optional.empty();
        int number = log.get().number();
        var own = own(number); // First: what it rests on is witnessed by then.
        var signed = witnessed();
        if (own.isEmpty() || signed.isEmpty()) return Optional.empty();
        var note = Note.parse(signed.get().note());
        var ownNote = own.get();
        long size = Checkpoint.parse(note.text()).size();
        return tables.anchorOf(number, Checkpoint.parse(ownNote.text()), size)
                .map(anchored -> new State(
                        log.get(),
                        anchored,
                        ownNote,
                        note,
                        size,
                        tables.tree(number, anchored.size()),
                        tables.tree(platform.number(), size)));
    }

    /** What does not verify for whoever pins a witness is not handed out; the audit names it. */
    private Optional<Note> own(int log) {
        try {
            var own = tables.logState(log, keys.witnessNames()).map(state -> Note.parse(state.note()));
            own.ifPresent(note -> keys.witnesses().forEach(witness -> Cosignature.require(note, witness.verifier())));
            return own;
        } catch (WitnessAway | NotProven nobodysWord) {
            return Optional.empty();
        }
    }

    /** The state of this log at so many leaves, if it was ever signed and seen at just so many. */
    Optional<Seen> stateOf(State state, long leaves) {
        return leaves > state.anchored().size()
                ? Optional.empty()
                : tables.stateOf(state.log().number(), leaves, keys.witnessNames(), state.platformSize());
    }

    /** The first states in which these leaves had been seen, thinned out where there are very many: a later one has the earlier leaves too. */
    List<Seen> firstSeen(State state, Collection<Long> leaves) {
        var all = tables.firstSeen(state.log().number(), leaves, keys.witnessNames(), state.platformSize()).stream()
                .filter(seen -> seen.anchored().size() <= state.anchored().size())
                .toList();
        int step = Math.ceilDiv(all.size(), MOST_STATES);
        return IntStream.range(0, all.size())
                .filter(at -> (all.size() - 1 - at) % step == 0)
                .mapToObj(all::get)
                .toList();
    }

    /** The events at these store positions that this state can prove, in the order of the log. */
    List<Placed> place(TenantId tenant, State state, Collection<Long> positions) {
        return place(state, store.at(tenant, positions));
    }

    /** Those of these rows that this state can prove, in the order of the log. */
    List<Placed> place(State state, Collection<Row> rows) {
        var inOrder =
                rows.stream().sorted(Comparator.comparingLong(Row::position)).toList();
        var placed = new ArrayList<Placed>();
        for (int from = 0; from < inOrder.size(); from += ROWS_AT_ONCE) {
            var some = inOrder.subList(from, Math.min(inOrder.size(), from + ROWS_AT_ONCE));
            var batches = tables.batchesAt(
                            state.log().number(),
                            some.stream().map(Row::position).toList())
                    .iterator();
            Batch batch = null;
            for (var row : some) {
                while ((batch == null || row.position() > batch.lastPosition()) && batches.hasNext())
                    batch = batches.next();
                if (batch != null) place(row, batch, state).ifPresent(placed::add);
            }
        }
        return placed;
    }

    private static Optional<Placed> place(Row row, Batch batch, State state) {
        var at = batch.indexOf(row.position());
        if (at.isEmpty() || batch.first() + at.getAsInt() >= state.anchored().size()) return Optional.empty();
        return Optional.of(new Placed(
                batch.first() + at.getAsInt(), Leaves.of(row).leaf(state.log().name())));
    }

    /** One event with its proof; empty while it is not yet under a witnessed checkpoint. */
    Optional<SingleEvent> single(TenantId tenant, long position) {
        return state(tenant)
                .flatMap(state -> place(tenant, state, List.of(position)).stream()
                        .findFirst()
                        .map(event -> SingleEvent.of(event.leaf(), state.prove(event.index()))));
    }

    /** The proof of one event; empty while it is not yet under a witnessed checkpoint. */
    Optional<TlogProof> proof(TenantId tenant, long position) {
        return state(tenant)
                .flatMap(state -> place(tenant, state, List.of(position)).stream()
                        .findFirst()
                        .map(event -> state.prove(event.index()).tlogProof()));
    }
}
