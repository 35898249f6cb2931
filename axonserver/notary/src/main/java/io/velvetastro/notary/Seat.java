package io.velvetastro.notary;

import io.velvetastro.witness.Watcher;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The one place from which the ledger is written. It is a lock that belongs to a connection, and everything is written over that connection: with it the seat is lost and nothing more can be written, and whoever dies leaves it free. The house's own witness works for the holder alone, so without the seat nobody here keeps its folder. For one thread.
 */
final class Seat implements AutoCloseable {
    /** Two numbers, so that it is none of the locks by which appends announce themselves. */
    private static final String TAKE = "SELECT pg_try_advisory_lock(104, 1)";

    private static final String FREE = "SELECT pg_advisory_unlock_all()";

    private final DataSource connections;
    private final List<Watcher> witnesses;
    private @Nullable Connection held;
    private @Nullable LedgerTables tables;

    /**
     * A seat that is not taken yet.
     *
     * @param connections of which one is kept for good
     * @param witnesses that rest while somebody else has the seat
     */
    Seat(DataSource connections, List<Watcher> witnesses) {
        this.connections = connections;
        this.witnesses = List.copyOf(witnesses);
    }

    /** The ledger's tables as only the holder may use them; empty while another process holds the seat. */
    Optional<LedgerTables> take() {
        if (tables != null) return Optional.of(tables);
        try {
            if (held == null) held = connections.getConnection();
            var only = new SingleConnectionDataSource(held, true);
            var db = new JdbcTemplate(only);
            if (!Boolean.TRUE.equals(db.queryForObject(TAKE, Boolean.class))) {
                witnesses.forEach(Watcher::rest);
                return Optional.empty();
            }
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
        witnesses.forEach(Watcher::rest);
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
