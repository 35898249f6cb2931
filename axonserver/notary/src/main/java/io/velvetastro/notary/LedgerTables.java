package io.velvetastro.notary;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Anchor;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Nodes;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Tile;
import io.velvetastro.ledger.TiledTree;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger's own tables: inserted into and read, never changed. Only of the organisations' own states the older ones are forgotten. */
class LedgerTables {
    private static final int BATCHES_AT_ONCE = 64;

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;

    LedgerTables(DataSource connections) {
        this.db = new JdbcTemplate(connections);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(connections));
    }

    /** For tables beside the logs, under the same role. */
    JdbcTemplate db() {
        return db;
    }

    /** For what is to be written at once or not at all. */
    TransactionTemplate transaction() {
        return transaction;
    }

    /** A log by the number its rows carry and by the opaque name its leaves carry; the platform's own has no tenant. */
    record Log(int number, @Nullable TenantId tenant, String name) {}

    /** A batch of leaves of one log. */
    record Batch(
            int log, long first, int size, byte[] hashes, byte[] positions, long lastPosition, long from, long to) {
        Hash hash(int at) {
            return Hash.at(hashes, at * Hash.LENGTH, Hash.LENGTH);
        }

        /** How many there are; {@code size} is only what the row says. */
        int leaves() {
            return hashes.length / Hash.LENGTH;
        }

        /** Whether its columns agree with each other. */
        boolean isWhole() {
            return hashes.length == size * Hash.LENGTH
                    && (positions.length == 0
                            ? lastPosition == 0
                            : positions.length == size * Long.BYTES && position(size - 1) == lastPosition);
        }

        long position(int at) {
            return ByteBuffer.wrap(positions).getLong(at * Long.BYTES);
        }

        /** Which of its leaves is the event at this position, if one is. */
        OptionalInt indexOf(long position) {
            int low = 0;
            int high = positions.length / Long.BYTES - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                long found = position(middle);
                if (found == position) return OptionalInt.of(middle);
                if (found < position) low = middle + 1;
                else high = middle - 1;
            }
            return OptionalInt.empty();
        }
    }

    /** A finished node of a level divisible by eight. */
    record Node(int log, int level, long index, byte[] hash) {}

    /** Where an organisation's root stands in the platform's log. */
    record Anchored(long index, int log, long size, Hash root) {
        Anchor anchor(String name) {
            return new Anchor(name, size, root);
        }
    }

    /** A signed state of an organisation's own log with what witnesses have written under it. */
    record LogState(int log, long size, Note note, List<Note.Line> cosignatures) {}

    /** A signed checkpoint with the cosignatures it has so far. */
    record Signed(long size, String note, boolean isCosigned) {}

    Log logOf(TenantId tenant) {
        return find(tenant).orElseGet(() -> create(tenant.value()));
    }

    Optional<Log> find(TenantId tenant) {
        return logs("tenant = ?", tenant.value()).stream().findFirst();
    }

    Log platform(String origin) {
        return logs("tenant IS NULL").stream().findFirst().orElseGet(() -> createPlatform(origin));
    }

    private Log createPlatform(String origin) {
        db.update(
                "INSERT INTO ledger.logs (tenant, name) VALUES (NULL, ?) ON CONFLICT ((tenant IS NULL)) WHERE tenant IS NULL DO NOTHING",
                origin);
        return platformIfAny().orElseThrow();
    }

    Optional<Log> platformIfAny() {
        return logs("tenant IS NULL").stream().findFirst();
    }

    List<TenantId> tenants() {
        return db.queryForList("SELECT tenant FROM ledger.logs WHERE tenant IS NOT NULL", UUID.class).stream()
                .map(TenantId::new)
                .toList();
    }

    List<Log> all() {
        return logs("true");
    }

    /** Two may need it first at once: whoever comes second finds what the other made. */
    private Log create(UUID tenant) {
        db.update(
                "INSERT INTO ledger.logs (tenant, name) VALUES (?, ?) ON CONFLICT (tenant) DO NOTHING",
                tenant,
                UUID.randomUUID().toString().replace("-", ""));
        return logs("tenant = ?", tenant).getFirst();
    }

    private List<Log> logs(String which, Object... parameters) {
        return db.query(
                "SELECT number, tenant, name FROM ledger.logs WHERE " + which,
                (row, number) -> log(row, 1),
                parameters);
    }

    private static Log log(ResultSet row, int from) throws SQLException {
        var tenant = row.getObject(from + 1, UUID.class);
        return new Log(row.getInt(from), tenant == null ? null : new TenantId(tenant), row.getString(from + 2));
    }

    /** How many leaves each organisation's log has. */
    Map<Log, Long> sizes() {
        var sizes = new HashMap<Log, Long>();
        db.query(
                "SELECT number, tenant, name, coalesce((SELECT first + size FROM ledger.leaves WHERE log = number ORDER BY first DESC LIMIT 1), 0)"
                        + " FROM ledger.logs WHERE tenant IS NOT NULL",
                row -> {
                    sizes.put(log(row, 1), row.getLong(4));
                });
        return sizes;
    }

    /** Each organisation's newest root in the platform's log. */
    Map<TenantId, Anchor> newestAnchors() {
        var anchors = new HashMap<TenantId, Anchor>();
        db.query(
                "SELECT tenant, name, a.size, root FROM ledger.logs l CROSS JOIN LATERAL"
                        + " (SELECT size, root FROM ledger.anchors WHERE log = l.number ORDER BY index DESC LIMIT 1) a WHERE tenant IS NOT NULL",
                row -> {
                    anchors.put(
                            new TenantId(row.getObject(1, UUID.class)),
                            new Anchor(row.getString(2), row.getLong(3), Hash.of(row.getBytes(4))));
                });
        return anchors;
    }

    long size(int log) {
        return single("SELECT first + size FROM ledger.leaves WHERE log = ? ORDER BY first DESC LIMIT 1", log)
                .orElse(0L);
    }

    /** Up to where the store has been sequenced. */
    long place() {
        return single("SELECT max(last_position) FROM ledger.leaves").orElse(0L);
    }

    /** The organisations' batches that end behind a position, those with the newest events first; some of them. */
    List<Batch> batchesWithNewest(long behind, int skip) {
        return batches(
                "last_position > ? ORDER BY recorded_to DESC, log, first OFFSET ? LIMIT " + BATCHES_AT_ONCE,
                Math.max(0, behind),
                skip);
    }

    /** The logs that have leaves behind their last anchor. */
    List<Integer> unanchored() {
        return db.queryForList(
                "SELECT number FROM ledger.logs l WHERE tenant IS NOT NULL"
                        + " AND coalesce((SELECT first + size FROM ledger.leaves WHERE log = number ORDER BY first DESC LIMIT 1), 0)"
                        + " > coalesce((SELECT a.size FROM ledger.anchors a WHERE a.log = number ORDER BY index DESC LIMIT 1), 0)",
                Integer.class);
    }

    Log log(int number) {
        return logs("number = ?", number).getFirst();
    }

    void insert(List<Batch> batches, List<Node> nodes) {
        db.batchUpdate(
                "INSERT INTO ledger.leaves (log, first, size, hashes, positions, last_position, recorded_from, recorded_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                batches.stream()
                        .map(b -> new Object[] {
                            b.log, b.first, b.size, b.hashes, b.positions, b.lastPosition, b.from, b.to
                        })
                        .toList());
        db.batchUpdate(
                "INSERT INTO ledger.nodes (log, level, index, hash) VALUES (?, ?, ?, ?)",
                nodes.stream()
                        .map(n -> new Object[] {n.log, n.level, n.index, n.hash})
                        .toList());
    }

    /** That an event was not what had been stored when the ledger came to it. */
    void insertDoubt(long position, int log) {
        db.update("INSERT INTO ledger.doubts (position, log) VALUES (?, ?) ON CONFLICT DO NOTHING", position, log);
    }

    long countDoubts() {
        return single("SELECT count(*) FROM ledger.doubts").orElse(0L);
    }

    /** An event that was not what had been stored when the ledger came to it. */
    record Doubt(long position, Instant foundAt) {}

    List<Doubt> doubts(int log) {
        return db.query(
                "SELECT position, found_at FROM ledger.doubts WHERE log = ? ORDER BY position",
                (row, number) -> new Doubt(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                log);
    }

    /** The organisations whose logs hold doubts. */
    List<TenantId> doubted() {
        return db
                .queryForList(
                        "SELECT tenant FROM ledger.logs WHERE tenant IS NOT NULL AND number IN (SELECT log FROM ledger.doubts)",
                        UUID.class)
                .stream()
                .map(TenantId::new)
                .toList();
    }

    long countDoubts(int log) {
        return single("SELECT count(*) FROM ledger.doubts WHERE log = ?", log).orElse(0L);
    }

    void insertAnchors(List<Anchored> anchors) {
        db.batchUpdate(
                "INSERT INTO ledger.anchors (index, log, size, root) VALUES (?, ?, ?, ?)",
                anchors.stream()
                        .map(a -> new Object[] {a.index, a.log, a.size, a.root.bytes()})
                        .toList());
    }

    void insertCheckpoint(long size, String note) {
        db.update("INSERT INTO ledger.checkpoints (size, note) VALUES (?, ?)", size, note);
    }

    void insertCosignature(long size, String witness, String line) {
        db.update(
                "INSERT INTO ledger.cosignatures (size, witness, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                size,
                witness,
                line);
    }

    /** The checkpoints with a cosignature that is kept under another name than it bears. */
    List<Long> miscalled() {
        return db.queryForList(
                "SELECT DISTINCT size FROM ledger.cosignatures WHERE NOT starts_with(line, '— ' || witness || ' ') ORDER BY size",
                Long.class);
    }

    /** Every witness has seen these, so nobody needs what came before. */
    void insertLogStates(List<LogState> states) {
        if (states.isEmpty()) return;
        transaction.executeWithoutResult(status -> {
            db.batchUpdate(
                    "INSERT INTO ledger.log_states (log, size, note) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    states.stream()
                            .map(s -> new Object[] {s.log, s.size, s.note.toString()})
                            .toList());
            db.batchUpdate(
                    "INSERT INTO ledger.log_cosignatures (log, size, witness, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    states.stream()
                            .flatMap(s -> s.cosignatures.stream()
                                    .map(line -> new Object[] {s.log, s.size, line.name(), line.toString()}))
                            .toList());
            for (var state : states) db.query("SELECT ledger.forget_states(?, ?)", row -> {}, state.log, state.size);
        });
    }

    /** The logs whose newest root not all of these have seen. */
    List<Integer> unseen(Collection<String> witnesses) {
        return db.queryForList(
                "SELECT number FROM ledger.logs l CROSS JOIN LATERAL"
                        + " (SELECT size, root FROM ledger.anchors WHERE log = l.number ORDER BY index DESC LIMIT 1) a WHERE tenant IS NOT NULL"
                        + " AND (SELECT count(*) FROM ledger.log_states s JOIN ledger.log_cosignatures c USING (log, size)"
                        + " WHERE s.log = l.number AND s.size = a.size AND s.note LIKE '%' || encode(a.root, 'base64') || '%' AND c.witness = ANY (?)) < ?",
                Integer.class, witnesses.toArray(String[]::new), witnesses.size());
    }

    /** The newest state of an organisation's own log that all of these have seen; what was never anchored is none. */
    Optional<Signed> logState(int log, Collection<String> witnesses) {
        return db
                .query(
                        "SELECT s.size, s.note, (SELECT string_agg(line, '' ORDER BY witness) FROM ledger.log_cosignatures c WHERE c.log = s.log AND c.size = s.size)"
                                + " FROM ledger.log_states s WHERE s.log = ?"
                                + " AND (SELECT count(*) FROM ledger.log_cosignatures c WHERE c.log = s.log AND c.size = s.size AND c.witness = ANY (?)) = ?"
                                + " AND EXISTS (SELECT FROM ledger.anchors a WHERE a.log = s.log AND a.size = s.size AND position(encode(a.root, 'base64') IN s.note) > 0)"
                                + " ORDER BY s.size DESC LIMIT 1",
                        (row, number) -> signed(row),
                        log,
                        witnesses.toArray(String[]::new),
                        witnesses.size())
                .stream()
                .findFirst();
    }

    /** What is kept of a state, word for word: its note, and the lines under the names of those who are said to have seen it. */
    record KeptState(long size, String note, Map<String, String> lines) {}

    /** Every state that is kept of an organisation's own log, in order; one without a note is gone, and who has seen it is not. */
    List<KeptState> logStates(int log) {
        var states = new TreeMap<Long, KeptState>();
        db.query(
                "SELECT size, coalesce(note, ''), witness, line FROM (SELECT * FROM ledger.log_states WHERE log = ?) s"
                        + " FULL JOIN (SELECT * FROM ledger.log_cosignatures WHERE log = ?) c USING (size) ORDER BY size, witness",
                row -> {
                    var state = new KeptState(row.getLong(1), row.getString(2), new TreeMap<>());
                    var lines = states.computeIfAbsent(state.size, size -> state).lines;
                    if (row.getString(3) != null) lines.put(row.getString(3), row.getString(4));
                },
                log,
                log);
        return List.copyOf(states.values());
    }

    /** The first root over a leaf, and the first checkpoint over that root which all of the witnesses have seen. */
    record Seen(Anchored anchored, long platformSize, String note) {}

    /** A state of this log that a bundle rested on, as the first checkpoint has it that all of the witnesses have seen. */
    Optional<Seen> stateOf(int log, long size, Collection<String> witnesses, long platformSize) {
        if (size < 1) return Optional.empty();
        return firstSeen(log, List.of(size - 1), witnesses, platformSize).stream()
                .filter(seen -> seen.anchored().size() == size)
                .findFirst();
    }

    /** For each of these leaves the first state that has it; several may have come at once and share one. */
    List<Seen> firstSeen(int log, Collection<Long> leaves, Collection<String> witnesses, long platformSize) {
        return db.query(
                "WITH since AS MATERIALIZED (SELECT max(coalesce(began, ?)) AS all_sign FROM unnest(?) AS who"
                        + " CROSS JOIN LATERAL (SELECT min(size) AS began FROM ledger.cosignatures WHERE witness = who) w),"
                        + " roots AS MATERIALIZED (SELECT DISTINCT a.index, a.size, a.root FROM unnest(?) AS leaf"
                        + " CROSS JOIN LATERAL (SELECT index, size, root FROM ledger.anchors WHERE log = ? AND size > leaf ORDER BY size, index LIMIT 1) a)"
                        + " SELECT a.index, a.size, a.root, c.size, c.note,"
                        + " (SELECT string_agg(line, '' ORDER BY witness) FROM ledger.cosignatures w WHERE w.size = c.size)"
                        + " FROM since CROSS JOIN roots a"
                        + " CROSS JOIN LATERAL (SELECT size, note FROM ledger.checkpoints k WHERE k.size >= greatest(a.index + 1, all_sign) AND k.size <= ?"
                        + " AND (SELECT count(*) FROM ledger.cosignatures w WHERE w.size = k.size AND w.witness = ANY (?)) = ?"
                        + " ORDER BY size LIMIT 1) c ORDER BY a.size",
                (row, number) -> new Seen(
                        new Anchored(row.getLong(1), log, row.getLong(2), Hash.of(row.getBytes(3))),
                        row.getLong(4),
                        row.getString(5) + row.getString(6)),
                Long.MAX_VALUE,
                witnesses.toArray(String[]::new),
                leaves.toArray(Long[]::new),
                log,
                platformSize,
                witnesses.toArray(String[]::new),
                witnesses.size());
    }

    void insertCensus(int log, long from, long to, byte[] entries) {
        db.update(
                "INSERT INTO ledger.censuses (log, first, behind, entries) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                log,
                from,
                to,
                entries);
    }

    Optional<byte[]> census(int log, long from, long to) {
        return db
                .queryForList(
                        "SELECT entries FROM ledger.censuses WHERE log = ? AND first = ? AND behind = ?",
                        byte[].class,
                        log,
                        from,
                        to)
                .stream()
                .findFirst();
    }

    void insertExport(int log, long platformSize) {
        db.update("INSERT INTO ledger.exports (log, size) VALUES (?, ?)", log, platformSize);
    }

    /** The platform's size under the newest state of this log that a bundle has shown. */
    OptionalLong lastExport(int log) {
        return single("SELECT max(size) FROM ledger.exports WHERE log = ?", log)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** A bundle that was packed: of which log, and the platform's size under it. */
    record Packed(int log, long size) {}

    List<Packed> exports() {
        return db.query(
                "SELECT log, size FROM ledger.exports", (row, number) -> new Packed(row.getInt(1), row.getLong(2)));
    }

    /** The newest checkpoint, with its cosignatures under it. */
    Optional<Signed> newest() {
        return signed("ORDER BY c.size DESC LIMIT 1").stream().findFirst();
    }

    Optional<Signed> checkpoint(long size) {
        return signed("WHERE c.size = ?", size).stream().findFirst();
    }

    long countCheckpoints(long upTo) {
        return single("SELECT count(*) FROM ledger.checkpoints WHERE size <= ?", upTo)
                .orElse(0L);
    }

    /** How many nodes there are of the log's first leaves; those that belong to none are counted too. */
    long countNodes(int log, long size) {
        return single(
                        "SELECT count(*) FROM ledger.nodes WHERE log = ? AND (level NOT BETWEEN 1 AND 62 OR (index + 1) << level <= ?)",
                        log,
                        size)
                .orElse(0L);
    }

    /** How far the ledger has come: the size of the platform's log, and up to where the store was taken by then. */
    record End(long platformSize, long place) {}

    /** In one statement, so that the two belong together. */
    End end(int platform) {
        return requireNonNull(db.queryForObject(
                "SELECT coalesce((SELECT first + size FROM ledger.leaves WHERE log = ? ORDER BY first DESC LIMIT 1), 0),"
                        + " coalesce((SELECT max(last_position) FROM ledger.leaves), 0)",
                (row, number) -> new End(row.getLong(1), row.getLong(2)),
                platform));
    }

    /** The doubts of all logs: their positions, and in whose log each is. */
    NavigableMap<Long, Integer> doubts() {
        var doubts = new TreeMap<Long, Integer>();
        db.query("SELECT position, log FROM ledger.doubts", row -> {
            doubts.put(row.getLong(1), row.getInt(2));
        });
        return doubts;
    }

    /** The newest checkpoint that a witness has seen. */
    Optional<Signed> newestWitnessed() {
        return signed(
                        "WHERE EXISTS (SELECT FROM ledger.cosignatures w WHERE w.size = c.size) ORDER BY c.size DESC LIMIT 1")
                .stream()
                .findFirst();
    }

    /**
     * The newest checkpoint that all of these have seen. None is signed before all have seen the one before, so it is one of the two newest; while somebody new has not answered yet there is none.
     */
    Optional<Signed> newestWitnessed(Collection<String> witnesses) {
        return signed(
                        "WHERE c.size IN (SELECT size FROM ledger.checkpoints ORDER BY size DESC LIMIT 2)"
                                + " AND (SELECT count(*) FROM ledger.cosignatures w WHERE w.size = c.size AND w.witness = ANY (?)) = ?"
                                + " ORDER BY c.size DESC LIMIT 1",
                        witnesses.toArray(String[]::new),
                        witnesses.size())
                .stream()
                .findFirst();
    }

    private List<Signed> signed(String which, Object... parameters) {
        return db.query(
                "SELECT c.size, c.note, (SELECT string_agg(line, '' ORDER BY witness) FROM ledger.cosignatures w WHERE w.size = c.size) FROM ledger.checkpoints c "
                        + which,
                (row, number) -> signed(row),
                parameters);
    }

    private static Signed signed(ResultSet row) throws SQLException {
        var cosignatures = row.getString(3);
        return new Signed(
                row.getLong(1), row.getString(2) + (cosignatures == null ? "" : cosignatures), cosignatures != null);
    }

    /** An organisation's newest root in the platform's log of this size. */
    Optional<Anchored> anchor(int log, long platformSize) {
        return anchors("log = ? AND index < ? ORDER BY index DESC LIMIT 1", log, platformSize).stream()
                .findFirst();
    }

    /** Where this root of an organisation's log stands in the platform's log of this size. */
    Optional<Anchored> anchorOf(int log, Checkpoint own, long platformSize) {
        return anchors(
                        "log = ? AND size = ? AND root = ? AND index < ? ORDER BY index LIMIT 1",
                        log,
                        own.size(),
                        own.root().bytes(),
                        platformSize)
                .stream()
                .findFirst();
    }

    List<Anchored> anchorsFrom(long index, int most) {
        return anchors("index >= ? ORDER BY index LIMIT " + most, index);
    }

    private List<Anchored> anchors(String which, Object... parameters) {
        return db.query(
                "SELECT index, log, size, root FROM ledger.anchors WHERE " + which,
                (row, number) -> new Anchored(row.getLong(1), row.getInt(2), row.getLong(3), Hash.of(row.getBytes(4))),
                parameters);
    }

    /** The batches that hold these store positions, as far as they are in this log, in order. */
    List<Batch> batchesAt(int log, Collection<Long> positions) {
        return batches(
                "log = ? AND last_position IN (SELECT (SELECT min(last_position) FROM ledger.leaves"
                        + " WHERE log = ? AND last_position >= wanted) FROM unnest(?) AS wanted) ORDER BY last_position",
                log,
                log,
                positions.toArray(Long[]::new));
    }

    /** The batches with events recorded in a span of time, in order. */
    List<Batch> batchesWithin(int log, Instant from, Instant to) {
        return batches(
                "log = ? AND recorded_to >= ? AND recorded_from < ? ORDER BY first",
                log,
                from.toEpochMilli(),
                to.toEpochMilli());
    }

    /** The batches that hold the leaves from one index up to another, in order. */
    List<Batch> batchesOver(int log, long from, long to) {
        return batches(
                "log = ? AND first < ? AND first >= coalesce((SELECT max(first) FROM ledger.leaves WHERE log = ? AND first <= ?), 0) ORDER BY first",
                log,
                to,
                log,
                from);
    }

    /** Where leaves with these hashes stand that were recorded by then, wherever their events went; goes through the log once. */
    Map<Hash, Long> leavesWith(int log, Set<Hash> wanted, Instant until) {
        var found = new HashMap<Hash, Long>();
        long next = 0;
        for (boolean more = true; more && found.size() < wanted.size(); ) {
            var batches = batches(
                    "log = ? AND first >= ? AND recorded_from <= ? ORDER BY first LIMIT " + BATCHES_AT_ONCE,
                    log,
                    next,
                    until.toEpochMilli());
            more = !batches.isEmpty();
            for (var batch : batches) {
                for (int at = 0; at < batch.leaves(); at++)
                    if (wanted.contains(batch.hash(at))) found.putIfAbsent(batch.hash(at), batch.first() + at);
                next = batch.first() + 1;
            }
        }
        return found;
    }

    List<Batch> batchesFrom(int log, long first, int most) {
        return batches("log = ? AND first >= ? ORDER BY first LIMIT " + most, log, first);
    }

    private List<Batch> batches(String which, Object... parameters) {
        return db.query(
                "SELECT log, first, size, hashes, positions, last_position, recorded_from, recorded_to FROM ledger.leaves WHERE "
                        + which,
                (row, number) -> new Batch(
                        row.getInt(1),
                        row.getLong(2),
                        row.getInt(3),
                        row.getBytes(4),
                        row.getBytes(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8)),
                parameters);
    }

    /** The tree over a log's first leaves; it reads what a proof needs. */
    Nodes tree(int log, long size) {
        return new TiledTree(size, tile -> tile(log, tile));
    }

    byte[] tile(int log, Tile tile) {
        var bytes = new ByteArrayOutputStream(tile.width() * Hash.LENGTH);
        var first = tile.index() << Tile.HEIGHT;
        if (tile.level() == 0) {
            leaves(log, first, first + tile.width()).forEach(bytes::writeBytes);
        } else {
            db.queryForList(
                            "SELECT hash FROM ledger.nodes WHERE log = ? AND level = ? AND index >= ? AND index < ? ORDER BY index",
                            byte[].class,
                            log,
                            tile.level() * Tile.HEIGHT,
                            first,
                            first + tile.width())
                    .forEach(bytes::writeBytes);
        }
        return bytes.toByteArray();
    }

    private List<byte[]> leaves(int log, long from, long to) {
        var parts = new ArrayList<byte[]>();
        db.query(
                "SELECT substring(hashes FROM (greatest(first, ?) - first)::int * 32 + 1 FOR (least(first + size, ?) - greatest(first, ?))::int * 32)"
                        + " FROM ledger.leaves WHERE log = ? AND first < ?"
                        + " AND first >= coalesce((SELECT max(first) FROM ledger.leaves WHERE log = ? AND first <= ?), 0) ORDER BY first",
                row -> {
                    parts.add(row.getBytes(1));
                },
                from,
                to,
                from,
                log,
                to,
                log,
                from);
        return parts;
    }

    private Optional<Long> single(String sql, Object... parameters) {
        var found = db.queryForList(sql, Long.class, parameters);
        return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.getFirst());
    }
}
