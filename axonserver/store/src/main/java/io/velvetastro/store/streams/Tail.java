package io.velvetastro.store.streams;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** The recent end of one stream, fetched and decoded once for all its readers; whoever is further behind reads alone. */
final class Tail {
    static final int CHUNK_EVENTS = 1000;
    private static final int REMEMBERED_EVENTS = 8 * CHUNK_EVENTS;
    /** How long an append by another process may go unnoticed. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How soon to look again while somebody is in the middle of an append. */
    private static final long LOOK_AGAIN_SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final StreamTable table;
    private final DataSource database;
    private final Decoder decoder;
    private final Arrivals arrivals;
    private final Deque<Chunk> recent = new ArrayDeque<>();
    private int remembered;
    private long completeUpTo;
    private long seenArrivals = -1;
    private long lookAgainAt = System.nanoTime();

    Tail(StreamTable table, DataSource database, Decoder decoder, Arrivals arrivals) {
        this.table = table;
        this.database = database;
        this.decoder = decoder;
        this.arrivals = arrivals;
    }

    /**
     * What is behind a position, without waiting: some events, or at least the certainty up to where there are none.
     *
     * @param reach how far another stream is known: whoever merges the two waits for this one to know as much
     */
    synchronized Chunk behind(long position, long reach) {
        for (var chunk : recent) if (chunk.reachesBeyond(position)) return chunk.behind(position);
        if (position >= completeUpTo
                && reach <= completeUpTo
                && seenArrivals == arrivals.count(table.stream())
                && System.nanoTime() < lookAgainAt) return new Chunk(position, position, List.of());
        var chunk = fetch(position);
        if (chunk.upTo() > position && !chunk.events().isEmpty()) remember(chunk);
        return chunk;
    }

    private void remember(Chunk chunk) {
        recent.addFirst(chunk);
        remembered += chunk.events().size();
        // Small chunks come one by one; what counts is how many events are held, and how many are searched.
        while (recent.size() > 1 && (remembered > REMEMBERED_EVENTS || recent.size() > 256))
            remembered -= recent.removeLast().events().size();
    }

    private Chunk fetch(long position) {
        long arrived = arrivals.count(table.stream());
        try (var connection = database.getConnection()) {
            var fence = fence(connection);
            var rows = rows(connection, position, fence.complete());
            completeUpTo = fence.complete();
            seenArrivals = arrived;
            lookAgainAt = System.nanoTime() + (fence.isMoving() ? LOOK_AGAIN_SOON_NANOS : LOOK_AGAIN_NANOS);
            long upTo = rows.size() < CHUNK_EVENTS
                    ? Math.max(position, fence.complete())
                    : rows.getLast().position();
            return new Chunk(position, upTo, decoder.decode(rows));
        } catch (SQLException e) {
            throw new EventStoreException("Cannot read " + table.table() + " behind " + position, e);
        }
    }

    private record Fence(long complete, long announced) {
        boolean isMoving() {
            return complete < announced;
        }
    }

    private Fence fence(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                        "SELECT complete, announced FROM store.fence(ARRAY[" + table.fence() + "])");
                var row = statement.executeQuery()) {
            row.next();
            return new Fence(row.getLong(1), row.getLong(2));
        }
    }

    private List<StoredRow> rows(Connection connection, long position, long upTo) throws SQLException {
        if (upTo <= position) return List.of();
        var sql = "SELECT " + table.columns() + " FROM " + table.table() + " WHERE " + table.position() + " > ? AND "
                + table.position() + " <= ? ORDER BY " + table.position() + " LIMIT " + CHUNK_EVENTS;
        try (var statement = connection.prepareStatement(sql)) {
            // In binary from the first time on: the driver would begin with hexadecimal text.
            statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
            statement.setLong(1, position);
            statement.setLong(2, upTo);
            try (var row = statement.executeQuery()) {
                var rows = new ArrayList<StoredRow>();
                while (row.next()) rows.add(table.read(row));
                return rows;
            }
        }
    }

    /** The event at a position, or null when another stream has it. */
    @Nullable
    TrackedEventMessage<?> at(long position) {
        try (var connection = database.getConnection()) {
            var rows = rows(connection, position - 1, position);
            return rows.isEmpty() ? null : decoder.decode(rows).getFirst();
        } catch (SQLException e) {
            throw new EventStoreException("Cannot read " + table.table() + " at " + position, e);
        }
    }

    /** When a reader that has seen everything should look again at the latest. */
    synchronized long nanosUntilNextLook() {
        return Math.max(0, lookAgainAt - System.nanoTime());
    }
}
