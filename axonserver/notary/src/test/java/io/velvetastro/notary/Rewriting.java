package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.ledger.Frontier;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Tile;
import io.velvetastro.notary.LedgerTables.Log;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Somebody who has the database changes an old event and makes every hash over it in its organisation's log anew. */
final class Rewriting {
    private final JdbcTemplate db;
    private final LedgerTables own;
    private final StoredBytes store;
    private final Log log;

    Rewriting(DataSource database, StoredBytes store, Log log) {
        this.db = new JdbcTemplate(database);
        this.own = new LedgerTables(database);
        this.store = store;
        this.log = log;
    }

    void changeTheOldestEvent() {
        var oldest = store.behind(0, 1_000_000).rows().stream()
                .filter(row -> row.stream() == Stream.TELEMETRY && HERE.equals(row.tenant()))
                .findFirst()
                .orElseThrow();
        change(oldest.position(), "io.velvetastro.language.LoginSucceeded");
    }

    void change(long position, String payloadType) {
        db.update("UPDATE store.telemetry SET payload_type = ? WHERE global_index = ?", payloadType, position);
        var hash = Leaves.of(at(position)).leaf(log.name()).hash();
        for (var batch : own.batchesAt(log.number(), List.of(position))) {
            var hashes = batch.hashes().clone();
            System.arraycopy(hash.bytes(), 0, hashes, batch.indexOf(position).orElseThrow() * Hash.LENGTH, Hash.LENGTH);
            db.update(
                    "UPDATE ledger.leaves SET hashes = ? WHERE log = ? AND first = ?",
                    hashes,
                    log.number(),
                    batch.first());
        }
        root();
    }

    private Row at(long position) {
        return store.behind(0, 1_000_000).rows().stream()
                .filter(row -> row.position() == position)
                .findFirst()
                .orElseThrow();
    }

    /** Makes the nodes anew; answers the root over them. */
    Hash root() {
        var edge = new Frontier((level, index, buffer, at) -> {
            if (level > 0 && level % Tile.HEIGHT == 0)
                db.update(
                        "UPDATE ledger.nodes SET hash = ? WHERE log = ? AND level = ? AND index = ?",
                        Hash.at(buffer, at, Hash.LENGTH).bytes(),
                        log.number(),
                        level,
                        index);
        });
        for (var batch : own.batchesFrom(log.number(), 0, 1_000_000))
            for (int i = 0; i < batch.leaves(); i++) edge.append(batch.hash(i));
        return edge.root();
    }
}
