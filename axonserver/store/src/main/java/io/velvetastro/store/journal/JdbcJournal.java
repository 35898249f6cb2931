package io.velvetastro.store.journal;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.JdbcStreams;
import io.velvetastro.store.streams.StreamTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The journal in PostgreSQL: the unique index of the stream's own table admits. Alone, an append is one statement and needs no other transaction. What is all new goes in by COPY, the rest by a statement that appends what is new and says what that was. */
public final class JdbcJournal implements Journal {
    private static final int TRIES = 5;
    private static final int SUSPICIOUS_BATCHES = 16;
    private static final int LEAST_TO_COPY = 16;

    private final JdbcTemplate db;
    private final FactWriter writer;
    private final RowMacs macs;
    private final JdbcStreams streams;
    private final Admission admission;
    private final Clock clock;
    private final Map<Stream, AtomicInteger> suspicion =
            new EnumMap<>(Map.of(Stream.TELEMETRY, new AtomicInteger(), Stream.FINDINGS, new AtomicInteger()));

    public JdbcJournal(
            DataSource database,
            FactWriter writer,
            RowMacs macs,
            JdbcStreams streams,
            Admission admission,
            Clock clock) {
        this.db = new JdbcTemplate(database);
        this.writer = writer;
        this.macs = macs;
        this.streams = streams;
        this.admission = admission;
        this.clock = clock;
    }

    @Override
    public void giveWay() {
        admission.checkWhatCanWait();
    }

    @Override
    public Set<EventId> append(Stream stream, List<Fact> facts) {
        if (stream == Stream.DECISIONS)
            throw new IllegalArgumentException("Decisions are appended by their aggregates");
        if (facts.isEmpty()) return Set.of();
        admission.check(stream);
        var written = facts.stream().map(writer::write).toList();
        if (TransactionSynchronizationManager.isActualTransactionActive()) return insertedWithin(stream, written);
        try {
            return mayCopy(stream, written) && copied(stream, written) ? idsOf(facts) : inserted(stream, written);
        } finally {
            streams.appendedTo(stream);
        }
    }

    /**
     * Nearly always all of a batch is new, and COPY is quicker; one duplicate undoes it, and duplicates come in swarms. For a few rows a statement is quicker, it goes back and forth once.
     */
    private boolean mayCopy(Stream stream, List<WrittenFact> facts) {
        return facts.size() >= LEAST_TO_COPY && suspicion(stream).getAndUpdate(left -> Math.max(0, left - 1)) == 0;
    }

    private AtomicInteger suspicion(Stream stream) {
        return requireNonNull(suspicion.get(stream));
    }

    private boolean copied(Stream stream, List<WrittenFact> facts) {
        try {
            db.execute((Connection connection) -> copy(connection, StreamTable.of(stream), facts));
            return true;
        } catch (DuplicateKeyException | PessimisticLockingFailureException someAreStored) {
            suspicion(stream).set(SUSPICIOUS_BATCHES);
            return false;
        }
    }

    private int copy(Connection connection, StreamTable table, List<WrittenFact> facts) throws SQLException {
        try {
            CopyStream.send(connection.unwrap(PGConnection.class).getCopyAPI(), table, macs, facts, now());
            return facts.size();
        } catch (SQLException failed) {
            // Ended, it is not handed to the next who asks the pool.
            if (CopyStream.isOfConnection(failed))
                connection.unwrap(PgConnection.class).abort(Runnable::run);
            throw failed;
        }
    }

    private Set<EventId> inserted(Stream stream, List<WrittenFact> facts) {
        for (int attempt = 1; ; attempt++) {
            try {
                return insert(stream, facts);
            } catch (PessimisticLockingFailureException twoBatchesShareIds) {
                // The database has undone one of two that waited for each other; by now the other is through.
                if (attempt == TRIES) throw twoBatchesShareIds;
            }
        }
    }

    private Set<EventId> insertedWithin(Stream stream, List<WrittenFact> facts) {
        TransactionSynchronizationManager.registerSynchronization(new TellReaders(stream));
        return insert(stream, facts);
    }

    private static Set<EventId> idsOf(List<Fact> facts) {
        var ids = HashSet.<EventId>newHashSet(facts.size());
        for (var fact : facts) ids.add(fact.id());
        return ids;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Set<EventId> insert(Stream stream, List<WrittenFact> facts) {
        return db.execute((Connection connection) -> insert(connection, StreamTable.of(stream), facts));
    }

    private Set<EventId> insert(Connection connection, StreamTable table, List<WrittenFact> facts) throws SQLException {
        var sql = "INSERT INTO " + table.table()
                + " (tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac)"
                + " SELECT f.tenant, f.id, ?, f.type, f.revision, f.payload, f.envelope, f.mac"
                + " FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[]) AS f (tenant, id, type, revision, payload, envelope, mac)"
                + " ON CONFLICT DO NOTHING RETURNING event_id";
        var recordedAt = now();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, OffsetDateTime.ofInstant(recordedAt, ZoneOffset.UTC));
            statement.setArray(2, connection.createArrayOf("uuid", column(facts, WrittenFact::tenant)));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "uuid", column(facts, fact -> fact.fact().id().value())));
            statement.setArray(4, connection.createArrayOf("text", column(facts, WrittenFact::payloadType)));
            statement.setArray(5, connection.createArrayOf("text", column(facts, WrittenFact::revision)));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "bytea", facts.stream().map(WrittenFact::payload).toArray(byte[][]::new)));
            statement.setArray(
                    7,
                    connection.createArrayOf(
                            "bytea", facts.stream().map(WrittenFact::envelope).toArray(byte[][]::new)));
            statement.setArray(
                    8,
                    connection.createArrayOf(
                            "bytea",
                            facts.stream()
                                    .map(fact -> macs.of(fact.asRow(table.stream(), recordedAt)))
                                    .toArray(byte[][]::new)));
            try (var row = statement.executeQuery()) {
                var appended = HashSet.<EventId>newHashSet(facts.size());
                while (row.next()) appended.add(new EventId(row.getObject(1, UUID.class)));
                return appended;
            }
        }
    }

    private static Object[] column(List<WrittenFact> facts, Function<WrittenFact, ?> value) {
        var column = new Object[facts.size()];
        for (int i = 0; i < column.length; i++) column[i] = value.apply(facts.get(i));
        return column;
    }

    /** However the transaction ends, readers that wait at its fence may go on. */
    private final class TellReaders implements TransactionSynchronization {
        private final Stream stream;

        TellReaders(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void afterCompletion(int status) {
            streams.appendedTo(stream);
        }
    }
}
