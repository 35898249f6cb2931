package io.velvetastro.store.archive;

import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stored events by id from the three tables, as bytes say and without decoding them. Whose another tenant's event is, nobody learns: it is as if it were not there. */
public final class JdbcArchive implements EventArchive {
    private static final int MOST = 200;
    private static final String PLAIN = """
            SELECT event_id, recorded_at, payload_type, revision, payload, envelope FROM store.%s
            WHERE event_id = ANY (?::uuid[]) AND tenant = ?""";
    private static final String DECIDED = """
            SELECT eventIdentifier::uuid, timeStamp::timestamptz, payloadType, payloadRevision, payload, metaData FROM store.decisions
            WHERE eventIdentifier = ANY (?::text[]) AND convert_from(metaData, 'UTF8')::jsonb ->> 'tenant' = ?""";

    private final JdbcClient db;

    public JdbcArchive(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<StoredEvent> read(TenantId tenant, Collection<EventId> ids) {
        if (ids.size() > MOST) throw new IllegalArgumentException("At most " + MOST + " events at once");
        if (ids.isEmpty()) return List.of();
        var array = ids.stream().map(EventId::toString).collect(Collectors.joining(",", "{", "}"));
        return java.util.stream.Stream.of(
                        find(Stream.TELEMETRY, PLAIN.formatted("telemetry"), array, tenant.value()),
                        find(Stream.FINDINGS, PLAIN.formatted("findings"), array, tenant.value()),
                        find(Stream.DECISIONS, DECIDED, array, tenant.toString()))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(StoredEvent::recordedAt))
                .toList();
    }

    private List<StoredEvent> find(Stream stream, String sql, String ids, Object tenant) {
        return db.sql(sql)
                .params(ids, tenant)
                .query((row, number) -> asStored(stream, row))
                .list();
    }

    private static StoredEvent asStored(Stream stream, ResultSet row) throws SQLException {
        return new StoredEvent(
                new EventId(row.getObject(1, UUID.class)),
                stream,
                row.getString(3),
                row.getString(4),
                recordedAt(row),
                new String(row.getBytes(5), StandardCharsets.UTF_8),
                new String(row.getBytes(6), StandardCharsets.UTF_8));
    }

    private static Instant recordedAt(ResultSet row) throws SQLException {
        return row.getObject(2, OffsetDateTime.class).toInstant();
    }
}
