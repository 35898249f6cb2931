package io.velvetastro.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.web.context.request.RequestContextHolder;

/** Somebody who waits for an answer waits only so long for one statement. A rebuild or a migration has all the time it needs: the driver's own limit, which ends what is dead, is far longer. */
final class PatienceOfRequests implements BeanPostProcessor {
    private final Duration patience;

    PatienceOfRequests(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database ? new Impatient(database, patience) : bean;
    }

    private static final class Impatient extends DelegatingDataSource {
        private final int millis;

        Impatient(DataSource database, Duration patience) {
            super(database);
            this.millis = Math.toIntExact(patience.toMillis());
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            // The pool sets it back when it gets the connection back.
            if (RequestContextHolder.getRequestAttributes() != null)
                connection.setNetworkTimeout(Runnable::run, millis);
            return connection;
        }
    }
}
