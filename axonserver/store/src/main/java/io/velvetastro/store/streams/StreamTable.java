package io.velvetastro.store.streams;

import io.velvetastro.language.Stream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** How each stream lies in its table. */
public enum StreamTable {
    TELEMETRY(Stream.TELEMETRY, 101, "store.telemetry"),
    FINDINGS(Stream.FINDINGS, 102, "store.findings"),
    DECISIONS(Stream.DECISIONS, 103, "store.decisions");

    private final Stream stream;
    /** The number its appends are announced under, see the migration. */
    private final int fence;

    private final String table;

    StreamTable(Stream stream, int fence, String table) {
        this.stream = stream;
        this.fence = fence;
        this.table = table;
    }

    public static StreamTable of(Stream stream) {
        return switch (stream) {
            case TELEMETRY -> TELEMETRY;
            case FINDINGS -> FINDINGS;
            case DECISIONS -> DECISIONS;
        };
    }

    public Stream stream() {
        return stream;
    }

    public String table() {
        return table;
    }

    int fence() {
        return fence;
    }

    String position() {
        return this == DECISIONS ? "globalIndex" : "global_index";
    }

    /** That a row lies where the store gives places. A number is drawn before its row can be seen, so that an own row is never missed. */
    public String isGiven() {
        return "(" + position() + " > 0 AND " + position() + " <= (SELECT last_value FROM store.global_index))";
    }

    String selectEnd() {
        return "(SELECT coalesce(max(" + position() + "), 0) FROM " + table + ")";
    }

    /** The columns in the order in which {@link #read} expects them. */
    String columns() {
        return this == DECISIONS
                ? "globalIndex, eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData, type, aggregateIdentifier, sequenceNumber"
                : "global_index, event_id, recorded_at, payload_type, revision, payload, envelope";
    }

    StoredRow read(ResultSet row) throws SQLException {
        var position = row.getLong(1);
        var id = row.getString(2);
        var payloadType = row.getString(4);
        var revision = row.getString(5);
        var payload = row.getBytes(6);
        var envelope = row.getBytes(7);
        if (this != DECISIONS)
            return new StoredRow(
                    position,
                    id,
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    payloadType,
                    revision,
                    payload,
                    envelope,
                    null,
                    null,
                    0);
        var aggregate = row.getString(9);
        boolean plain = id.equals(aggregate); // How Axon writes an event that belongs to no aggregate.
        return new StoredRow(
                position,
                id,
                Instant.parse(row.getString(3)),
                payloadType,
                revision,
                payload,
                envelope,
                plain ? null : row.getString(8),
                plain ? null : aggregate,
                row.getLong(10));
    }
}
