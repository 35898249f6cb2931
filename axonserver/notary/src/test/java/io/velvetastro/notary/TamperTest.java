package io.velvetastro.notary;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.notary.StoreAudit.Deviation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DuplicateKeyException;

/** A superuser of the database changes one thing at a time. {@code -Dvelvet.tamper.edits=10000} makes it a long night. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=1s")
class TamperTest extends WithAPast {
    private static final int EVENTS = 1_000;
    private static final int EDITS = Integer.getInteger("velvet.tamper.edits", 150);

    private final Random random = new Random(20261122);
    private List<StoredBytes.Row> rows;

    @BeforeEach
    void aThousandWitnessedEvents() {
        history.unfold(EVENTS);
        rows = all();
        untilWitnessed();
        notary.stop();
    }

    @Test
    void everySingleEditIsFoundAndNamed() {
        assertThat(audit()).isEmpty();
        int refused = 0;
        for (int edit = 0; edit < EDITS; edit++) {
            var row = rows.get(random.nextInt(rows.size()));
            var change = random.nextInt(4) == 0 ? ofTheLedger() : ofTheStore(row);
            try {
                var found = transaction.execute(status -> {
                    status.setRollbackOnly();
                    db.execute(
                            "SET LOCAL session_replication_role = replica"); // No trigger, no foreign key stands in a
                    // superuser's way.
                    int changed = change.make();
                    assertThat(changed).as("rows changed: " + change.what()).isPositive();
                    return audit();
                });
                assertThat(found).as(change.what()).isNotEmpty();
                if (change.name() != null)
                    assertThat(places(found)).as(change.what()).contains(change.name());
            } catch (DuplicateKeyException theTableItselfRefuses) {
                refused++;
            }
        }
        assertThat(refused).isLessThan(EDITS / 10);
        assertThat(audit()).isEmpty();
    }

    private List<Deviation> audit() {
        // As whoever makes the changes: they are never committed.
        return StoreAudit.run(store, new LedgerTables(database), keys).deviations();
    }

    private static String places(List<Deviation> found) {
        return found.stream()
                .map(deviation -> deviation.place() + " " + deviation.what())
                .collect(Collectors.joining("; "));
    }

    @FunctionalInterface
    private interface Edit {
        int rows();
    }

    /** One edit: what it does, and the place that must be named; null where the deviation names something else of the ledger's own. */
    private record Change(String what, String name, Edit edit) {
        int make() {
            return edit.rows();
        }
    }

    private Change ofTheStore(StoredBytes.Row row) {
        var at = "position " + row.position();
        boolean decided = row.tenant() == null;
        var table = switch (row.stream()) {
            case TELEMETRY -> "store.telemetry";
            case FINDINGS -> "store.findings";
            case DECISIONS -> "store.decisions";
        };
        var where = decided ? " WHERE globalIndex = " + row.position() : " WHERE global_index = " + row.position();
        var index = decided ? "globalIndex" : "global_index";
        var envelope = decided ? "metaData" : "envelope";
        var changes = new ArrayList<Change>();
        changes.add(flip(table, "payload", row.payload(), where, at));
        changes.add(flip(table, envelope, row.envelope(), where, at));
        changes.add(set(
                table,
                decided ? "payloadType" : "payload_type",
                "'io.velvetastro.language.LoginSucceeded'",
                where,
                at));
        changes.add(set(table, decided ? "payloadRevision" : "revision", "'2'", where, at));
        changes.add(new Change("delete from " + table + where, at, () -> db.update("DELETE FROM " + table + where)));
        changes.add(move(table, index, where, at));
        changes.add(copy(table, decided, row));
        if (decided) {
            changes.add(
                    set(table, "timeStamp", "'2026-03-01T10:00:00." + (124 + random.nextInt(800)) + "Z'", where, at));
            changes.add(set(table, "eventIdentifier", "'" + UUID.randomUUID() + "'", where, at));
            changes.add(set(table, "aggregateIdentifier", "'" + UUID.randomUUID() + "'", where, at));
            changes.add(set(table, "sequenceNumber", "sequenceNumber + 1000", where, at));
            changes.add(set(table, "type", "'Other'", where, at));
        } else {
            changes.add(set(
                    table,
                    "recorded_at",
                    "recorded_at - interval '" + (1 + random.nextInt(100_000)) + " milliseconds'",
                    where,
                    at));
            changes.add(set(
                    table,
                    "recorded_at",
                    "recorded_at + interval '" + (1 + random.nextInt(999)) + " microseconds'",
                    where,
                    at));
            changes.add(set(table, "event_id", "gen_random_uuid()", where, at));
            var other = row.tenant().equals(History.HERE) ? History.ELSEWHERE : History.HERE;
            changes.add(set(table, "tenant", "'" + other + "'", where, at));
            changes.add(set(table, "tenant", "'" + UUID.randomUUID() + "'", where, at));
        }
        return changes.get(random.nextInt(changes.size()));
    }

    private Change flip(String table, String column, byte[] bytes, String where, String name) {
        int bit = random.nextInt(bytes.length * 8);
        return new Change(
                "flip bit " + bit + " of " + column + " in " + table + where,
                name,
                () -> db.update("UPDATE " + table + " SET " + column + " = set_bit(" + column + ", " + bit
                        + ", 1 - get_bit(" + column + ", " + bit + "))" + where));
    }

    private Change set(String table, String column, String value, String where, String name) {
        return new Change(
                "set " + column + " = " + value + " in " + table + where,
                name,
                () -> db.update("UPDATE " + table + " SET " + column + " = " + value + where));
    }

    /** To a number that an undone append left unused, or to another row's place and that one to this. */
    private Change move(String table, String index, String where, String name) {
        long free = freePosition();
        return new Change(
                "move to " + free + " in " + table + where,
                name,
                () -> db.update("UPDATE " + table + " SET " + index + " = " + free + where));
    }

    private Change copy(String table, boolean decided, StoredBytes.Row row) {
        long free = freePosition();
        var sql = decided
                ? "INSERT INTO store.decisions SELECT " + free
                        + ", aggregateIdentifier, sequenceNumber + 1000, type, gen_random_uuid()::text, timeStamp, payloadType, payloadRevision, payload, metaData FROM store.decisions WHERE globalIndex = "
                        + row.position()
                : "INSERT INTO " + table + " SELECT " + free
                        + ", tenant, gen_random_uuid(), recorded_at, payload_type, revision, payload, envelope FROM "
                        + table + " WHERE global_index = " + row.position();
        return new Change("copy to " + free + ": " + sql, "position " + free, () -> db.update(sql));
    }

    private long freePosition() {
        var taken = rows.stream().map(StoredBytes.Row::position).collect(Collectors.toSet());
        long last = rows.getLast().position();
        long at = 1 + random.nextLong(last);
        while (taken.contains(at)) at = 1 + at % last;
        return at;
    }

    private Change ofTheLedger() {
        var leaves = any("SELECT log, first FROM ledger.leaves ORDER BY random() LIMIT 1", "log", "first");
        var ofEvents = any(
                "SELECT log, first FROM ledger.leaves WHERE last_position > 0 ORDER BY random() LIMIT 1",
                "log",
                "first");
        var anchors = any("SELECT index FROM ledger.anchors ORDER BY random() LIMIT 1", "index");
        var checkpoints = any("SELECT size FROM ledger.checkpoints ORDER BY random() LIMIT 1", "size");
        var cosignatures = any("SELECT size FROM ledger.cosignatures ORDER BY random() LIMIT 1", "size");
        var nodes =
                any("SELECT log, level, index FROM ledger.nodes ORDER BY random() LIMIT 1", "log", "level", "index");
        var changes = List.of(
                bit("ledger.leaves", "hashes", leaves),
                bit("ledger.leaves", "positions", ofEvents),
                set("ledger.leaves", "last_position", "last_position + 1", leaves, null),
                set("ledger.leaves", "size", "size + 1", leaves, null),
                set("ledger.leaves", "first", "first + 1", leaves, null),
                set("ledger.leaves", "recorded_from", "recorded_from - 1", leaves, null),
                new Change("delete leaves" + leaves, null, () -> db.update("DELETE FROM ledger.leaves" + leaves)),
                bit("ledger.nodes", "hash", nodes),
                new Change("delete node" + nodes, null, () -> db.update("DELETE FROM ledger.nodes" + nodes)),
                bit("ledger.anchors", "root", anchors),
                set("ledger.anchors", "size", "size + 1", anchors, null),
                set(
                        "ledger.anchors",
                        "log",
                        "(SELECT max(number) FROM ledger.logs WHERE number <> log AND tenant IS NOT NULL)",
                        anchors,
                        null),
                new Change("delete anchor" + anchors, null, () -> db.update("DELETE FROM ledger.anchors" + anchors)),
                set("ledger.checkpoints", "note", "translate(note, '0123456789', '1234567890')", checkpoints, null),
                set("ledger.checkpoints", "size", "size + 100000", checkpoints, null),
                new Change(
                        "delete checkpoint" + checkpoints,
                        null,
                        () -> db.update("DELETE FROM ledger.checkpoints" + checkpoints)),
                set("ledger.cosignatures", "line", "translate(line, 'ABCDEFGH', 'BCDEFGHA')", cosignatures, null),
                new Change(
                        "delete cosignature" + cosignatures,
                        null,
                        () -> db.update("DELETE FROM ledger.cosignatures" + cosignatures)),
                set(
                        "ledger.logs",
                        "name",
                        "name || 'x'",
                        " WHERE number = (SELECT min(number) FROM ledger.logs WHERE tenant IS NOT NULL)",
                        null),
                set("ledger.logs", "name", "name || 'x'", " WHERE tenant IS NULL", null),
                set(
                        "ledger.logs",
                        "tenant",
                        "gen_random_uuid()",
                        " WHERE number = (SELECT max(number) FROM ledger.logs WHERE tenant IS NOT NULL)",
                        null));
        return changes.get(random.nextInt(changes.size()));
    }

    private Change bit(String table, String column, String where) {
        var bit = "(" + random.nextInt(1 << 20) + " % (length(" + column + ") * 8))";
        return set(
                table,
                column,
                "set_bit(" + column + ", " + bit + ", 1 - get_bit(" + column + ", " + bit + "))",
                where,
                null);
    }

    private String any(String sql, String... key) {
        var found = db.queryForMap(sql);
        var terms = new ArrayList<String>();
        for (var column : key) terms.add(column + " = " + found.get(column));
        return " WHERE " + String.join(" AND ", terms);
    }
}
