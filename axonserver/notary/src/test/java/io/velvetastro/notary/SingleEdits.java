package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.notary.StoreAudit.Deviation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a superuser of the database can do to the store and the ledger by one edit, kind by kind, and which places must be named then. */
final class SingleEdits {
    private final JdbcTemplate db;
    private final List<Row> rows;
    private final Set<Long> doubted;
    private final Random random;
    private final Map<Integer, String> logs;
    private final Map<String, Supplier<Change>> kinds = new LinkedHashMap<>();

    /** @param doubted events of which the ledger knows already that they are not what was stored */
    SingleEdits(JdbcTemplate db, List<Row> rows, Set<Long> doubted, Random random) {
        this.db = db;
        this.rows = rows;
        this.doubted = doubted;
        this.random = random;
        this.logs = db.queryForList("SELECT number, name FROM ledger.logs").stream()
                .collect(Collectors.toMap(log -> (Integer) log.get("number"), log -> (String) log.get("name")));
        for (var stream : Stream.values()) ofTheStore(stream);
        ofLeavesAndNodes();
        ofSignatures();
        ofStates();
        ofLogs();
        ofDoubts();
        ofCensuses();
        ofExports();
    }

    /** Each kind by its name, and what draws an edit of it. */
    Map<String, Supplier<Change>> kinds() {
        return kinds;
    }

    @FunctionalInterface
    interface Edit {
        int rows();
    }

    /**
     * One edit.
     *
     * @param log whose deviation must name it; null for any
     * @param places of which one must be named
     */
    record Change(String what, String log, List<String> places, Edit edit) {
        boolean isNamedBy(List<Deviation> found) {
            return found.stream()
                    .filter(deviation -> log == null || deviation.log().equals(log))
                    .map(deviation -> deviation.place() + " " + deviation.what())
                    .anyMatch(text -> places.stream()
                            .anyMatch(place -> Pattern.compile("\\b" + Pattern.quote(place) + "\\b")
                                    .matcher(text)
                                    .find()));
        }
    }

    private void kind(String name, Supplier<Change> draw) {
        if (kinds.put(name, draw) != null) throw new IllegalStateException("There are two of " + name);
    }

    private Change update(String table, String what, String where, String log, String... places) {
        return sql("UPDATE " + table + " SET " + what + where, log, places);
    }

    private Change sql(String sql, String log, String... places) {
        return new Change(sql, log, List.of(places), () -> db.update(sql));
    }

    private static String flipped(String column, long bit) {
        return column + " = set_bit(" + column + ", " + bit + ", 1 - get_bit(" + column + ", " + bit + "))";
    }

    // --- The store -------------------------------------------------------------------------------

    private void ofTheStore(Stream stream) {
        var own = rows.stream().filter(row -> row.stream() == stream).toList();
        var name = stream.name().toLowerCase(java.util.Locale.ROOT) + ": ";
        var table = new Table(stream);
        BiConsumer<String, Supplier<String>> sets = (what, value) -> kind(name + what, () -> {
            var row = any(own);
            return update(table.name(), value.get(), table.where(row), null, "position " + row.position());
        });
        kind(name + "bit of the payload", () -> flip(table, "payload", any(own)));
        kind(name + "bit of the envelope", () -> flip(table, table.envelope(), any(own)));
        kind(name + "bit of the MAC", () -> flipMac(table, any(vouched(own))));
        kind(name + "no MAC", () -> {
            var row = any(vouched(own));
            return update(table.name(), "mac = NULL", table.where(row), null, "position " + row.position());
        });
        sets.accept("type", () -> table.type() + " = 'io.velvetastro.language.LoginSucceeded'");
        sets.accept("revision", () -> table.revision() + " = coalesce(" + table.revision() + ", '') || '7'");
        sets.accept("id", () -> table.id() + " = gen_random_uuid()");
        kind(name + "deleted", () -> {
            var row = any(own);
            return sql("DELETE FROM " + table.name() + table.where(row), null, "position " + row.position());
        });
        kind(name + "moved", () -> {
            var row = any(own);
            var moved = table.position() + " = " + freePosition();
            return update(table.name(), moved, table.where(row), null, "position " + row.position());
        });
        kind(name + "two in each other's place", () -> swap(table, own));
        kind(name + "copied under another id", () -> copy(table, any(own), table.columnsUnderAnotherId()));
        kind(name + "copied as it is", () -> duplicate(table, any(own)));
        if (stream == Stream.DECISIONS) ofDecisions(own, table, sets);
        else ofPlainEvents(own, name, table, sets);
    }

    private void ofDecisions(List<Row> own, Table table, BiConsumer<String, Supplier<String>> sets) {
        sets.accept("time", () -> "timeStamp = '2026-03-01T10:00:00." + (124 + random.nextInt(800)) + "Z'");
        sets.accept("aggregate", () -> "aggregateIdentifier = gen_random_uuid()::text");
        sets.accept("sequence", () -> "sequenceNumber = sequenceNumber + " + (1_000 + random.nextInt(1_000)));
        sets.accept("type of the aggregate", () -> "type = 'Other'");
        kind("decisions: another organisation's", () -> {
            var row = any(own);
            var tenant = Leaves.of(row).tenant();
            return update(
                    table.name(),
                    "metaData = convert_to(replace(convert_from(metaData, 'UTF8'), '" + tenant + "', '" + other(tenant)
                            + "'), 'UTF8')",
                    table.where(row),
                    null,
                    "position " + row.position());
        });
    }

    private void ofPlainEvents(List<Row> own, String name, Table table, BiConsumer<String, Supplier<String>> sets) {
        sets.accept(
                "dated back",
                () -> "recorded_at = recorded_at - interval '" + (1 + random.nextInt(100_000)) + " milliseconds'");
        sets.accept(
                "fraction of a millisecond",
                () -> "recorded_at = recorded_at + interval '" + (1 + random.nextInt(999)) + " microseconds'");
        sets.accept("nobody's", () -> "tenant = '" + UUID.randomUUID() + "'");
        kind(name + "another organisation's", () -> {
            var row = any(own);
            var tenant = "tenant = '" + other(row.tenant()) + "'";
            return update(table.name(), tenant, table.where(row), null, "position " + row.position());
        });
    }

    private static TenantId other(TenantId tenant) {
        return tenant.equals(HERE) ? ELSEWHERE : HERE;
    }

    private List<Row> vouched(List<Row> own) {
        return own.stream().filter(row -> !doubted.contains(row.position())).toList();
    }

    private Change flip(Table table, String column, Row row) {
        var bytes = column.equals("payload") ? row.payload() : row.envelope();
        var flipped = flipped(column, random.nextInt(bytes.length * 8));
        return update(table.name(), flipped, table.where(row), null, "position " + row.position());
    }

    private Change flipMac(Table table, Row row) {
        var flipped = flipped("mac", random.nextInt(16 * 8));
        return update(table.name(), flipped, table.where(row), null, "position " + row.position());
    }

    private Change swap(Table table, List<Row> own) {
        var one = any(own);
        var two = any(own);
        while (two.equals(one)) two = any(own);
        long first = one.position();
        long second = two.position();
        long free = freePosition();
        return new Change(
                "swap " + first + " and " + second + " of " + table.name(),
                null,
                List.of("position " + first),
                () -> table.move(db, first, free) + table.move(db, second, first) + table.move(db, free, second));
    }

    private Change copy(Table table, Row row, String columns) {
        long free = freePosition();
        var sql = "INSERT INTO " + table.name() + " (" + table.position() + ", " + table.columns() + ") SELECT " + free
                + ", " + columns + " FROM " + table.name() + table.where(row);
        return sql(sql, null, "position " + free);
    }

    /** The rules that would refuse it are taken away first, in the same stroke. */
    private Change duplicate(Table table, Row row) {
        var copy = copy(table, row, table.columns());
        return new Change(copy.what(), null, copy.places(), () -> {
            for (var rule : table.rules()) db.execute("ALTER TABLE " + table.name() + " DROP CONSTRAINT " + rule);
            return copy.edit().rows();
        });
    }

    /** A number that an undone append left unused. */
    private long freePosition() {
        var taken = rows.stream().map(Row::position).collect(Collectors.toSet());
        long last = rows.getLast().position();
        long at = 1 + random.nextLong(last);
        while (taken.contains(at)) at = 1 + at % last;
        return at;
    }

    /** A stream's table and how it calls its columns. */
    private record Table(Stream stream) {
        boolean decided() {
            return stream == Stream.DECISIONS;
        }

        String name() {
            return "store." + stream.name().toLowerCase(java.util.Locale.ROOT);
        }

        String position() {
            return decided() ? "globalIndex" : "global_index";
        }

        String envelope() {
            return decided() ? "metaData" : "envelope";
        }

        String type() {
            return decided() ? "payloadType" : "payload_type";
        }

        String revision() {
            return decided() ? "payloadRevision" : "revision";
        }

        String id() {
            return decided() ? "eventIdentifier" : "event_id";
        }

        String columns() {
            return decided()
                    ? "aggregateIdentifier, sequenceNumber, type, eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData, mac"
                    : "tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac";
        }

        String columnsUnderAnotherId() {
            return columns()
                    .replace("sequenceNumber", "sequenceNumber + 1000")
                    .replace("eventIdentifier", "gen_random_uuid()::text")
                    .replace("event_id", "gen_random_uuid()");
        }

        List<String> rules() {
            return switch (stream) {
                case TELEMETRY -> List.of("telemetry_once");
                case FINDINGS -> List.of("findings_once");
                case DECISIONS -> List.of("decisions_once", "decisions_in_sequence");
            };
        }

        String where(Row row) {
            return " WHERE " + position() + " = " + row.position();
        }

        int move(JdbcTemplate db, long from, long to) {
            return db.update(
                    "UPDATE " + name() + " SET " + position() + " = " + to + " WHERE " + position() + " = " + from);
        }
    }

    // --- The ledger ------------------------------------------------------------------------------

    /** A row of one of its tables, by its key. */
    private record Of(Map<String, Object> columns, String where) {
        long number(String column) {
            return ((Number) columns.get(column)).longValue();
        }

        int length(String column) {
            return ((byte[]) columns.get(column)).length;
        }
    }

    private Of any(String table, String which, String... key) {
        var found =
                db.queryForList("SELECT * FROM " + table + " WHERE " + which + " ORDER BY " + String.join(", ", key));
        var columns = found.get(random.nextInt(found.size()));
        var terms = new ArrayList<String>();
        for (var column : key) terms.add(column + " = '" + columns.get(column) + "'");
        return new Of(columns, " WHERE " + String.join(" AND ", terms));
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private String log(Of row) {
        return logs.get((int) row.number("log"));
    }

    private String otherLog(Of row) {
        return "(SELECT max(number) FROM ledger.logs WHERE number <> " + row.number("log") + " AND tenant IS NOT NULL)";
    }

    private void ofLeavesAndNodes() {
        Supplier<Of> leaves = () -> any("ledger.leaves", "true", "log", "first");
        Supplier<Of> ofEvents = () -> any("ledger.leaves", "last_position > 0", "log", "first");
        kind("leaves: bit of a hash", () -> {
            var batch = leaves.get();
            int bit = random.nextInt(batch.length("hashes") * 8);
            long leaf = batch.number("first") + bit / 256;
            var flipped = flipped("hashes", bit);
            return update("ledger.leaves", flipped, batch.where, log(batch), "leaf " + leaf, "anchor " + leaf);
        });
        kind("leaves: bit of a position", () -> {
            var batch = ofEvents.get();
            int bit = random.nextInt(batch.length("positions") * 8);
            long leaf = batch.number("first") + bit / 64;
            long position = java.nio.ByteBuffer.wrap((byte[]) batch.columns.get("positions"))
                    .getLong(bit / 64 * Long.BYTES);
            return update(
                    "ledger.leaves",
                    flipped("positions", bit),
                    batch.where,
                    log(batch),
                    "leaf " + leaf,
                    "position " + position);
        });
        for (var column : List.of("last_position", "size", "first"))
            kind("leaves: " + column, () -> {
                var batch = leaves.get();
                var more = column + " = " + column + " + 1";
                return update("ledger.leaves", more, batch.where, log(batch), "leaf " + batch.number("first"));
            });
        for (var change : List.of("recorded_from = recorded_from - 1", "recorded_to = recorded_to + 1"))
            kind("leaves: " + change.substring(0, change.indexOf(' ')), () -> {
                var batch = leaves.get();
                return update("ledger.leaves", change, batch.where, log(batch), stretch(batch));
            });
        kind("leaves: another log's", () -> {
            var batch = leaves.get();
            return update("ledger.leaves", "log = " + otherLog(batch), batch.where, log(batch), withoutThem(batch));
        });
        kind("leaves: deleted", () -> {
            var batch = leaves.get();
            return sql("DELETE FROM ledger.leaves" + batch.where, log(batch), withoutThem(batch));
        });
        Supplier<Of> nodes = () -> any("ledger.nodes", "true", "log", "level", "index");
        kind("nodes: bit", () -> {
            var node = nodes.get();
            return update("ledger.nodes", flipped("hash", random.nextInt(256)), node.where, log(node), place(node));
        });
        kind("nodes: deleted", () -> {
            var node = nodes.get();
            return sql("DELETE FROM ledger.nodes" + node.where, log(node), place(node));
        });
        kind("nodes: moved", () -> {
            var node = nodes.get();
            return update("ledger.nodes", "index = index + 100000", node.where, log(node), place(node));
        });
    }

    private static String stretch(Of batch) {
        return "leaves " + batch.number("first") + " to " + (batch.number("first") + batch.number("size") - 1);
    }

    /** Where leaves are gone, the next batch has a gap before it; where they were the last, whatever was signed with them tells. */
    private static String[] withoutThem(Of batch) {
        long first = batch.number("first");
        return new String[] {
            "leaf " + first, "leaves " + first, "the first " + (first + batch.number("size")) + " leaves"
        };
    }

    private static String place(Of node) {
        return "node " + node.number("index") + " of level " + node.number("level");
    }

    private void ofSignatures() {
        var platform = platform();
        for (var change : List.of("size = size + 1", "index = index + 1000000", "root = sha256(root)"))
            kind("anchors: " + change.substring(0, change.indexOf(' ')), () -> {
                var anchor = any("ledger.anchors", "true", "index");
                return update("ledger.anchors", change, anchor.where, platform, "anchor " + anchor.number("index"));
            });
        kind("anchors: another log's", () -> {
            var anchor = any("ledger.anchors", "true", "index");
            var named = "anchor " + anchor.number("index");
            return update("ledger.anchors", "log = " + otherLog(anchor), anchor.where, platform, named);
        });
        for (var table : List.of("anchors", "checkpoints", "cosignatures"))
            kind(table + ": deleted", () -> {
                var key = table.equals("anchors") ? "index" : "size";
                var row = any("ledger." + table, "true", key);
                var named = (table.equals("anchors") ? "anchor " : "checkpoint ") + row.number(key);
                return sql("DELETE FROM ledger." + table + row.where, platform, named);
            });
        var inBothTables = List.of(
                "checkpoints: note = translate(note, '0123456789', '1234567890')",
                "checkpoints: size = size + 100000",
                "cosignatures: line = translate(line, 'ABCDEFGH', 'BCDEFGHA')",
                "cosignatures: size = size + 100000",
                "cosignatures: witness = witness || 'x'");
        for (var change : inBothTables)
            kind(change.substring(0, change.indexOf(" = ")), () -> {
                var parts = change.split(": ", 2);
                var row = any("ledger." + parts[0], "true", "size");
                var named = "checkpoint " + row.number("size");
                return update("ledger." + parts[0], parts[1], row.where, platform, named);
            });
    }

    private void ofStates() {
        Supplier<Of> states = () -> any("ledger.log_states", "true", "log", "size");
        Supplier<Of> cosignatures = () -> any("ledger.log_cosignatures", "true", "log", "size", "witness");
        var sizes = new LinkedHashMap<String, String>();
        sizes.put("size", "size = size + 1");
        sizes.put("a size out of reach", "size = size + 1000000000000");
        sizes.forEach((what, change) -> kind("log_states: " + what, () -> {
            var state = states.get();
            return update("ledger.log_states", change, state.where, log(state), state(state));
        }));
        kind("log_states: note", () -> {
            var state = states.get();
            var digits = "note = translate(note, '0123456789', '1234567890')";
            return update("ledger.log_states", digits, state.where, log(state), state(state));
        });
        for (var table : List.of("log_states", "log_cosignatures")) {
            var rows = table.equals("log_states") ? states : cosignatures;
            kind(table + ": another log's", () -> {
                var row = rows.get();
                return update("ledger." + table, "log = " + otherLog(row), row.where, log(row), state(row));
            });
            kind(table + ": deleted", () -> {
                var row = rows.get();
                return sql("DELETE FROM ledger." + table + row.where, log(row), state(row));
            });
        }
        kind("log_states: made up", () -> {
            var state = states.get();
            long size = state.number("size") + 1 + random.nextInt(1_000_000);
            return sql(
                    "INSERT INTO ledger.log_states (log, size, note) SELECT log, " + size
                            + ", note FROM ledger.log_states" + state.where,
                    log(state),
                    "state " + size);
        });
        var ofCosignatures = new LinkedHashMap<String, String>();
        ofCosignatures.put("size", "size = size + 1");
        ofCosignatures.put("line", "line = translate(line, 'ABCDEFGH', 'BCDEFGHA')");
        ofCosignatures.put("another's line", "line = (SELECT line FROM ledger.cosignatures ORDER BY size LIMIT 1)");
        ofCosignatures.put("witness", "witness = witness || 'x'");
        ofCosignatures.forEach((what, change) -> kind("log_cosignatures: " + what, () -> {
            var cosignature = cosignatures.get();
            return update("ledger.log_cosignatures", change, cosignature.where, log(cosignature), state(cosignature));
        }));
        kind("log_cosignatures: made up", () -> {
            var cosignature = cosignatures.get();
            return sql(
                    "INSERT INTO ledger.log_cosignatures (log, size, witness, line) SELECT log, size, 'another', line FROM ledger.log_cosignatures"
                            + cosignature.where,
                    log(cosignature),
                    state(cosignature));
        });
    }

    private static String state(Of row) {
        return "state " + row.number("size");
    }

    private String platform() {
        return db.queryForObject("SELECT name FROM ledger.logs WHERE tenant IS NULL", String.class);
    }

    private void ofLogs() {
        kind("logs: name", () -> {
            var log = any("ledger.logs", "tenant IS NOT NULL", "number");
            return update("ledger.logs", "name = name || 'x'", log.where, log.columns.get("name") + "x", "leaf 0");
        });
        kind("logs: name of the platform's", () -> {
            var log = any("ledger.logs", "tenant IS NULL", "number");
            return update("ledger.logs", "name = name || 'x'", log.where, platform() + "x", "log is not called");
        });
        kind("logs: organisation", () -> {
            var log = any("ledger.logs", "tenant IS NOT NULL", "number");
            var named = "belongs to nobody the ledger knows";
            return update(
                    "ledger.logs",
                    "tenant = gen_random_uuid()",
                    log.where,
                    "tenant " + log.columns.get("tenant"),
                    named);
        });
    }

    private void ofDoubts() {
        Supplier<Of> doubts = () -> any("ledger.doubts", "true", "position");
        kind("doubts: deleted", () -> {
            var doubt = doubts.get();
            return sql("DELETE FROM ledger.doubts" + doubt.where, log(doubt), about(doubt.number("position")));
        });
        kind("doubts: moved to an honest event", () -> {
            var doubt = doubts.get();
            var honest = "position = " + any(vouched(rows)).position();
            return update("ledger.doubts", honest, doubt.where, log(doubt), about(doubt.number("position")));
        });
        kind("doubts: moved to where nothing is", () -> {
            var doubt = doubts.get();
            long free = freePosition();
            return update("ledger.doubts", "position = " + free, doubt.where, log(doubt), about(free));
        });
        kind("doubts: moved behind everything", () -> {
            var doubt = doubts.get();
            long behind = rows.getLast().position() + 1_000;
            return update("ledger.doubts", "position = " + behind, doubt.where, log(doubt), about(behind));
        });
        kind("doubts: another log's", () -> {
            var doubt = doubts.get();
            var moved = "log = " + otherLog(doubt);
            return update("ledger.doubts", moved, doubt.where, log(doubt), about(doubt.number("position")));
        });
        kind("doubts: made up", () -> {
            var honest = any(vouched(rows)).position();
            return sql(
                    "INSERT INTO ledger.doubts (position, log) SELECT " + honest + ", min(log) FROM ledger.doubts",
                    null,
                    about(honest));
        });
    }

    private static String about(long position) {
        return "doubt about position " + position;
    }

    private void ofCensuses() {
        Supplier<Of> censuses = () -> any("ledger.censuses", "true", "log", "first", "behind");
        kind("censuses: bit", () -> {
            var census = censuses.get();
            var flipped = flipped("entries", random.nextInt(census.length("entries") * 8));
            return update("ledger.censuses", flipped, census.where, log(census), counted(census));
        });
        kind("censuses: a byte more", () -> {
            var census = censuses.get();
            return update(
                    "ledger.censuses", "entries = entries || '\\x00'", census.where, log(census), counted(census));
        });
        for (var column : List.of("first", "behind"))
            kind("censuses: " + column, () -> {
                var census = censuses.get();
                var more = column + " = " + column + " + 1";
                return update("ledger.censuses", more, census.where, log(census), counted(census));
            });
        kind("censuses: another log's", () -> {
            var census = censuses.get();
            return update("ledger.censuses", "log = " + otherLog(census), census.where, log(census), counted(census));
        });
        kind("censuses: deleted", () -> {
            var census = censuses.get();
            return sql("DELETE FROM ledger.censuses" + census.where, log(census), counted(census));
        });
    }

    private static String counted(Of census) {
        return "census of leaves " + census.number("first") + " to " + (census.number("behind") - 1);
    }

    private void ofExports() {
        Supplier<Of> exports = () -> any("ledger.exports", "true", "number");
        kind("exports: deleted", () -> {
            var export = exports.get();
            return sql("DELETE FROM ledger.exports" + export.where, log(export), packed(export));
        });
        kind("exports: size", () -> {
            var export = exports.get();
            var earlier = "size = (SELECT min(size) FROM ledger.checkpoints)";
            return update("ledger.exports", earlier, export.where, log(export), packed(export));
        });
        kind("exports: another log's", () -> {
            var export = exports.get();
            return update("ledger.exports", "log = " + otherLog(export), export.where, log(export), packed(export));
        });
        kind("exports: made up", () -> {
            var export = exports.get();
            return sql(
                    "INSERT INTO ledger.exports (log, size) SELECT log, size FROM ledger.exports" + export.where,
                    log(export),
                    packed(export));
        });
    }

    private static String packed(Of export) {
        return "export under checkpoint " + export.number("size");
    }
}
