package io.velvetastro.notary;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The one place from which the ledger is written. It is a lock that belongs to a connection, and everything is written over that connection: with it the seat is lost and nothing more can be written, and whoever dies leaves it free. For one thread.
 */
final class Seat implements AutoCloseable {
    /** Two numbers, so that it is none of the locks by which appends announce themselves. */
    private static final String TAKE = "SELECT pg_try_advisory_lock(104, 1)";

    private static final String FREE = "SELECT pg_advisory_unlock_all()";

    private final DataSource connections;
    private @Nullable Connection held;
    private @Nullable LedgerTables tables;

    /** @param connections of which one is kept for good */
    Seat(DataSource connections) {
        this.connections = connections;
    }

    /** The ledger's tables as only the holder may use them; empty while another process holds the seat. */
    Optional<LedgerTables> take() {
        if (tables != null) return Optional.of(tables);
        try {
            if (held == null) held = connections.getConnection();
            var only = new SingleConnectionDataSource(held, true);
            var db = new JdbcTemplate(only);
            if (!Boolean.TRUE.equals(db.queryForObject(TAKE, Boolean.class))) return Optional.empty();
            // A machine that has gone silent must not hold it for hours.
            db.execute("SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
            return Optional.of(tables = new LedgerTables(only));
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The seat of the ledger cannot be asked for", e);
        }
    }

    /** Gives it up, and where that cannot be said any more ends the connection itself: given back to a pool it would keep the lock. */
    @Override
    public void close() {
        var ending = held;
        held = null;
        tables = null;
        if (ending == null) return;
        try (ending) {
            try (var free = ending.createStatement()) {
                free.execute(FREE);
            } catch (SQLException lost) {
                ending.unwrap(Connection.class).close();
            }
        } catch (SQLException gone) {
            // Then the lock is gone too.
        }
    }
}
