package io.velvetastro.notary;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Anchor;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.notary.LedgerTables.Anchored;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.LedgerTables.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the root of every log that has grown into the platform's log, and signs that one's state. */
final class Signer {
    private final LedgerTables tables;
    private final GrowingLogs logs;
    private final Log platform;
    private final List<SigningKey> keys;
    private final Sequencer sequencer;
    private final Continuity continuity;
    private final LogStates states;

    Signer(
            LedgerTables tables,
            GrowingLogs logs,
            Log platform,
            List<SigningKey> keys,
            Sequencer sequencer,
            Continuity continuity,
            LogStates states) {
        this.tables = tables;
        this.logs = logs;
        this.platform = platform;
        this.keys = keys;
        this.sequencer = sequencer;
        this.continuity = continuity;
        this.states = states;
    }

    /** Signs, unless nothing has grown. */
    Optional<Note> sign() {
        if (logs.unanchored().isEmpty()) return Optional.empty();
        try {
            var grown = new HashMap<TenantId, Anchor>();
            var note = requireNonNull(tables.transaction().execute(status -> anchorAndSign(grown)));
            continuity.signed(Checkpoint.parse(note.text()), sequencer.taken(), sequencer.doubts(), grown);
            states.grew(logs.unanchored());
            logs.unanchored().clear();
            return Optional.of(note);
        } catch (RuntimeException failed) {
            logs.forget();
            throw failed;
        }
    }

    private Note anchorAndSign(Map<TenantId, Anchor> grown) {
        var tree = logs.of(platform);
        var anchors = new ArrayList<Anchored>();
        for (int number : logs.unanchored()) {
            var log = logs.of(number);
            var anchored = new Anchored(tree.size(), number, log.size(), log.root());
            var anchor = anchored.anchor(log.log().name());
            tree.append(anchor.encoded());
            anchors.add(anchored);
            grown.put(requireNonNull(log.log().tenant()), anchor);
        }
        var nodes = new ArrayList<Node>();
        tables.insert(List.of(tree.take(nodes)), nodes);
        tables.insertAnchors(anchors);
        var note = new Checkpoint(platform.name(), tree.size(), tree.root()).signed(keys);
        tables.insertCheckpoint(tree.size(), note.toString());
        return note;
    }
}
