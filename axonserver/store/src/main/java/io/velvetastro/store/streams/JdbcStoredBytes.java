package io.velvetastro.store.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.keys.RowMacs;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows themselves, past every serializer and upcaster. */
public final class JdbcStoredBytes implements StoredBytes {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** There should be none. */
    private static final int MOST_OUTSIDE = 1_000;

    private final JdbcTemplate db;
    private final OnceOnly once;
    private final ObjectMapper json;
    private final @Nullable RowMacs macs;

    /** @param macs judge every row that is read; without them nobody does */
    public JdbcStoredBytes(DataSource database, ObjectMapper json, @Nullable RowMacs macs) {
        this.db = new JdbcTemplate(database);
        this.once = new OnceOnly(db);
        this.json = json;
        this.macs = macs;
    }

    @Override
    public long complete() {
        Long complete = db.queryForObject("SELECT complete FROM store.fence(ARRAY[101, 102, 103])", Long.class);
        return complete == null ? 0 : complete;
    }

    @Override
    public Chunk behind(long position, int most) {
        long complete = complete();
        return complete <= position ? new Chunk(position, List.of()) : between(position, complete, most);
    }

    @Override
    public Chunk between(long position, long complete, int most) {
        var rows = new ArrayList<Row>();
        long upTo = complete;
        for (var table : StreamTable.values()) {
            var found = db.query(
                    "SELECT " + columns(table) + " FROM " + table.table() + " WHERE " + table.position() + " > ? AND "
                            + table.position() + " <= ? ORDER BY " + table.position() + " LIMIT ?",
                    (row, number) -> read(table, row),
                    position,
                    complete,
                    most);
            // A stream that was cut says nothing about what lies behind its last row.
            if (found.size() == most) upTo = Math.min(upTo, found.getLast().position());
            rows.addAll(found);
        }
        rows.sort(Comparator.comparingLong(Row::position));
        if (rows.size() > most) upTo = Math.min(upTo, rows.get(most - 1).position());
        long certain = upTo;
        rows.removeIf(row -> row.position() > certain);
        return new Chunk(certain, rows);
    }

    @Override
    public boolean isVouchedFor() {
        return macs != null;
    }

    @Override
    public List<Row> outside() {
        var rows = new ArrayList<Row>();
        for (var table : StreamTable.values())
            rows.addAll(db.query(
                    "SELECT " + columns(table) + " FROM " + table.table() + " WHERE NOT " + table.isGiven()
                            + " ORDER BY " + table.position() + " LIMIT " + MOST_OUTSIDE,
                    (row, number) -> read(table, row)));
        return rows;
    }

    @Override
    public List<Row> at(TenantId tenant, Collection<Long> positions) {
        var wanted = positions.toArray(Long[]::new);
        var rows = new ArrayList<Row>();
        for (var table : StreamTable.values()) {
            rows.addAll(db.query(
                    "SELECT " + columns(table) + " FROM " + table.table() + " WHERE " + table.position()
                            + " = ANY (?) AND " + table.isGiven(),
                    (row, number) -> read(table, row),
                    (Object) wanted));
        }
        rows.removeIf(row -> !isOf(tenant, row));
        rows.sort(Comparator.comparingLong(Row::position));
        return rows;
    }

    @Override
    public Map<String, Long> positions(TenantId tenant, Collection<String> ids) {
        var known = new HashMap<String, Long>();
        var uuids = ids.stream()
                .filter(id -> UUID_TEXT.matcher(id).matches())
                .map(UUID::fromString)
                .toArray(UUID[]::new);
        for (var table : List.of(StreamTable.TELEMETRY, StreamTable.FINDINGS)) {
            db.query(
                    "SELECT event_id::text, global_index FROM " + table.table()
                            + " WHERE event_id = ANY (?) AND tenant = ?",
                    row -> {
                        known.put(row.getString(1), row.getLong(2));
                    },
                    uuids,
                    tenant.value());
        }
        db.query(
                "SELECT eventIdentifier, globalIndex, metaData FROM store.decisions WHERE eventIdentifier = ANY (?)",
                row -> {
                    if (isOf(tenant, row.getBytes(3))) known.put(row.getString(1), row.getLong(2));
                },
                (Object) ids.toArray(String[]::new));
        return known;
    }

    @Override
    public List<Long> ofAggregate(TenantId tenant, String aggregate) {
        return decisions(tenant, "aggregateIdentifier = ?", Integer.MAX_VALUE, aggregate);
    }

    @Override
    public List<Long> ofAggregates(TenantId tenant, Collection<String> aggregates, int most) {
        // Whose they are is looked at before they are counted: nobody learns how many others have.
        return decisions(
                tenant,
                "aggregateIdentifier = ANY (?) AND position(? IN metaData) > 0",
                most,
                aggregates.toArray(String[]::new),
                ("\"" + tenant + "\"").getBytes(UTF_8));
    }

    @Override
    public List<Long> decidedAbout(TenantId tenant, String aggregate) {
        return decisions(
                tenant,
                "aggregateIdentifier = ? OR position(? IN payload) > 0",
                Integer.MAX_VALUE,
                aggregate,
                aggregate.getBytes(UTF_8));
    }

    private List<Long> decisions(TenantId tenant, String which, int most, Object... parameters) {
        var positions = new ArrayList<Long>();
        db.query(
                "SELECT globalIndex, metaData FROM store.decisions WHERE (" + which + ") ORDER BY globalIndex LIMIT "
                        + most,
                row -> {
                    if (isOf(tenant, row.getBytes(2))) positions.add(row.getLong(1));
                },
                parameters);
        return positions;
    }

    @Override
    public List<Long> naming(TenantId tenant, UUID id, int most) {
        var named = ("\"" + id + "\"").getBytes(UTF_8);
        var positions = new ArrayList<>(
                decisions(tenant, "position(?::bytea IN payload) > 0", Integer.MAX_VALUE, (Object) named));
        for (var table : List.of(StreamTable.TELEMETRY, StreamTable.FINDINGS))
            positions.addAll(db.queryForList(
                    "SELECT global_index FROM " + table.table()
                            + " WHERE tenant = ? AND position(?::bytea IN payload) > 0 ORDER BY global_index DESC LIMIT ?",
                    Long.class,
                    tenant.value(),
                    named,
                    most));
        return positions.stream()
                .sorted(Comparator.reverseOrder())
                .limit(most)
                .sorted()
                .toList();
    }

    @Override
    public List<Flaw> flaws() {
        return once.flaws();
    }

    private static String columns(StreamTable table) {
        return table == StreamTable.DECISIONS ? table.columns() + ", mac" : table.columns() + ", tenant, mac";
    }

    /** Reads a row even where somebody has damaged it: whoever proves things must see the damage, not stumble over it. */
    private Row read(StreamTable table, ResultSet row) throws SQLException {
        var found = asStored(table, row);
        return macs == null ? found : found.vouched(macs.judge(found, row.getBytes("mac")));
    }

    private static Row asStored(StreamTable table, ResultSet row) throws SQLException {
        boolean decided = table == StreamTable.DECISIONS;
        var id = row.getString(2);
        boolean plain = !decided || id.equals(row.getString(9));
        return new Row(
                row.getLong(1),
                table.stream(),
                decided ? null : new TenantId(row.getObject(8, UUID.class)),
                id,
                decided
                        ? instant(row.getString(3))
                        : row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                row.getString(5),
                row.getBytes(6),
                bytes(row.getBytes(7)),
                plain ? null : row.getString(8),
                plain ? null : row.getString(9),
                plain ? 0 : row.getLong(10));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException damaged) {
            return Instant.EPOCH;
        }
    }

    private static byte[] bytes(byte @Nullable [] column) {
        return column == null ? new byte[0] : column;
    }

    private boolean isOf(TenantId tenant, Row row) {
        return row.tenant() == null
                ? isOf(tenant, row.envelope())
                : row.tenant().equals(tenant);
    }

    private boolean isOf(TenantId tenant, byte @Nullable [] envelope) {
        try {
            return envelope != null
                    && tenant.toString()
                            .equals(json.readTree(envelope)
                                    .path(Envelope.TENANT)
                                    .asText());
        } catch (IOException damaged) {
            return false; // Whatever it was, it no longer says that it is theirs.
        }
    }
}
