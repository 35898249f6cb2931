package io.velvetastro.notary;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.notary.LedgerTables.Anchored;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.LedgerTables.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the root of every log that has grown into the platform's log, and signs that one's state. */
final class Signer {
    private final LedgerTables tables;
    private final GrowingLogs logs;
    private final Log platform;
    private final List<SigningKey> keys;
    private final TransactionTemplate transaction;

    Signer(
            LedgerTables tables,
            GrowingLogs logs,
            Log platform,
            List<SigningKey> keys,
            TransactionTemplate transaction) {
        this.tables = tables;
        this.logs = logs;
        this.platform = platform;
        this.keys = keys;
        this.transaction = transaction;
    }

    /** Signs, unless nothing has grown. */
    Optional<Note> sign() {
        if (logs.unanchored().isEmpty()) return Optional.empty();
        try {
            return Optional.ofNullable(transaction.execute(status -> anchorAndSign()));
        } catch (RuntimeException failed) {
            logs.forget();
            throw failed;
        }
    }

    private Note anchorAndSign() {
        var tree = logs.of(platform);
        var anchors = new ArrayList<Anchored>();
        for (int number : logs.unanchored()) {
            var log = logs.of(number);
            var anchored = new Anchored(tree.size(), number, log.size(), log.root());
            tree.append(anchored.anchor(log.log().name()).encoded());
            anchors.add(anchored);
        }
        var nodes = new ArrayList<Node>();
        tables.insert(List.of(tree.take(nodes)), nodes);
        tables.insertAnchors(anchors);
        var note = new Checkpoint(platform.name(), tree.size(), tree.root()).signed(keys);
        tables.insertCheckpoint(tree.size(), note.toString());
        logs.unanchored().clear();
        return note;
    }
}
