package io.velvetastro.views;

import io.velvetastro.language.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for one organisation: who asks is told to the database with the first statement of a transaction, and forgotten as that ends. So a question that needs no rows costs nothing, and outside of a question there is no connection at all.
 */
public final class Readers {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final ScopedValue<Question> ASKING = ScopedValue.newInstance();
    private final DataSource walled;

    public Readers(DataSource walled) {
        this.walled = walled;
    }

    /** A question within a question is the same organisation's. */
    public <T extends @Nullable Object, X extends Throwable> T ask(
            TenantId tenant, ScopedValue.CallableOp<T, X> question) throws X {
        if (!ASKING.isBound())
            return ScopedValue.where(ASKING, new Question(tenant)).call(() -> answered(question));
        if (!ASKING.get().tenant.equals(tenant))
            throw new IllegalStateException("A question of one organisation asks for another");
        return question.call();
    }

    private static <T extends @Nullable Object, X extends Throwable> T answered(ScopedValue.CallableOp<T, X> question)
            throws X {
        try {
            return question.call();
        } finally {
            ASKING.get().end();
        }
    }

    /** What was asked so far is read: whoever takes long over the answer keeps no connection meanwhile. What is asked after it is the same organisation's. */
    public static void rest() {
        if (ASKING.isBound()) ASKING.get().end();
    }

    /** For who reads the rows. No bean: the owner's side would take it for its own. */
    public ConnectionProvider connections() {
        return new OfTheQuestion(walled);
    }

    /** The question keeps its connection until it is answered. */
    record OfTheQuestion(DataSource walled) implements ConnectionProvider {
        @Override
        public Connection acquire() {
            if (!ASKING.isBound()) throw new IllegalStateException("Nobody says for whom this is asked");
            try {
                return ASKING.get().connection(walled);
            } catch (SQLException e) {
                throw new DataAccessException("No connection for a question", e);
            }
        }

        @Override
        public void release(Connection connection) {}
    }

    private static final class Question {
        private final TenantId tenant;
        private @Nullable Connection connection;

        Question(TenantId tenant) {
            this.tenant = tenant;
        }

        Connection connection(DataSource walled) throws SQLException {
            if (connection == null) connection = begin(walled.getConnection());
            return connection;
        }

        private Connection begin(Connection fresh) throws SQLException {
            try {
                fresh.setReadOnly(true);
                fresh.setAutoCommit(false);
                return Telling.within(fresh, tenant);
            } catch (SQLException | RuntimeException e) {
                fresh.close();
                throw e;
            }
        }

        /** Reading leaves nothing to keep; the pool undoes what was set. The answer is there: a connection that broke since is the pool's affair. */
        void end() {
            if (connection == null) return;
            try (var ended = connection) {
                connection = null;
                ended.rollback();
            } catch (SQLException broken) {
                LOG.debug("A connection broke behind its question", broken);
            }
        }
    }
}
