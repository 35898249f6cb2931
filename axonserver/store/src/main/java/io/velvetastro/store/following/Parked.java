package io.velvetastro.store.following;

import io.velvetastro.store.streams.Streams;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events one follower could not take, by sequence. Only their places are kept; the events stay in their stream. */
final class Parked {
    private static final int MOST_SEQUENCES = 256;

    private final JdbcClient db;
    private final String follower;
    private final Set<String> sequences = new HashSet<>();

    Parked(JdbcClient db, String follower) {
        this.db = db;
        this.follower = follower;
    }

    void load() {
        sequences.clear();
        sequences.addAll(db.sql("SELECT DISTINCT sequence FROM store.dead_letters WHERE follower = ?")
                .param(follower)
                .query(String.class)
                .set());
    }

    boolean isEmpty() {
        return sequences.isEmpty();
    }

    /** So many sequences do not go wrong by themselves. */
    boolean isFull() {
        return sequences.size() >= MOST_SEQUENCES;
    }

    boolean holds(String sequence) {
        return sequences.contains(sequence);
    }

    Set<String> sequences() {
        return Set.copyOf(sequences);
    }

    /** Within a transaction; {@link #remember} follows once it has been committed. */
    void park(String sequence, TrackedEventMessage<?> event, @Nullable Throwable why) {
        db.sql(
                        "INSERT INTO store.dead_letters (follower, position, sequence, event_id, cause) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(follower, Streams.position(event), sequence, event.getIdentifier())
                .param(why == null ? null : describe(why))
                .update();
    }

    void remember(String sequence) {
        sequences.add(sequence);
    }

    List<Long> positions(String sequence, int most) {
        return db.sql(
                        "SELECT position FROM store.dead_letters WHERE follower = ? AND sequence = ? ORDER BY position LIMIT ?")
                .params(follower, sequence, most)
                .query(Long.class)
                .list();
    }

    void release(long position) {
        db.sql("DELETE FROM store.dead_letters WHERE follower = ? AND position = ?")
                .params(follower, position)
                .update();
    }

    /** What was thrown, down to its root, and where, but no message: messages can name people. */
    static String describe(Throwable why) {
        var text = new StringBuilder();
        for (var cause = why; cause != null && text.length() < 500; cause = cause.getCause()) {
            if (cause != why) text.append(" < ");
            text.append(cause.getClass().getName());
            if (cause instanceof SQLException sql) text.append(' ').append(sql.getSQLState());
            if (cause.getCause() == null && cause.getStackTrace().length > 0)
                text.append(" at ").append(cause.getStackTrace()[0]);
        }
        return text.toString();
    }
}
