package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** A copy of stored rows in a table that only this connection sees and that ends with its transaction: whatever is done to it, nothing else is touched. */
final class Scratch {
    private final JdbcTemplate db;

    Scratch(JdbcTemplate db) {
        this.db = db;
    }

    void copy(List<Row> rows) {
        db.execute("""
                CREATE TEMPORARY TABLE drilled (
                    position bigint NOT NULL, stream text NOT NULL, tenant uuid, event_id text NOT NULL, recorded_at timestamptz NOT NULL,
                    payload_type text NOT NULL, revision text, payload bytea NOT NULL, envelope bytea NOT NULL,
                    aggregate_type text, aggregate text, sequence bigint NOT NULL
                ) ON COMMIT DROP""");
        db.batchUpdate(
                "INSERT INTO drilled VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows.stream().map(Scratch::columns).toList());
        db.execute("CREATE INDEX ON drilled (position)");
    }

    private static Object[] columns(Row row) {
        return new Object[] {
            row.position(),
            row.stream().name(),
            row.tenant() == null ? null : row.tenant().value(),
            row.id(),
            Timestamp.from(row.recordedAt()),
            row.payloadType(),
            row.revision(),
            row.payload(),
            row.envelope(),
            row.aggregateType(),
            row.aggregate(),
            row.sequence()
        };
    }

    /** Does something to the copy; answers how many rows it changed. */
    int change(String sql, Object... parameters) {
        return db.update(sql, parameters);
    }

    List<Row> rows() {
        return db.query(
                "SELECT position, stream, tenant, event_id, recorded_at, payload_type, revision, payload, envelope, aggregate_type, aggregate, sequence"
                        + " FROM drilled ORDER BY position",
                (row, number) -> {
                    var tenant = row.getObject(3, UUID.class);
                    return new Row(
                            row.getLong(1),
                            Stream.valueOf(row.getString(2)),
                            tenant == null ? null : new TenantId(tenant),
                            row.getString(4),
                            row.getObject(5, OffsetDateTime.class).toInstant(),
                            row.getString(6),
                            row.getString(7),
                            row.getBytes(8),
                            row.getBytes(9),
                            row.getString(10),
                            row.getString(11),
                            row.getLong(12));
                });
    }
}
