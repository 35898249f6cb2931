package io.velvetastro.store.testing;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Has the database itself in hand: for tests that tamper, wind clocks back and look behind the rows, all of which the house's own connections may not do. */
public final class Administrator {
    private final DataSource database;

    Administrator(String url) {
        this.database = new DriverManagerDataSource(url, "postgres", "");
    }

    public DataSource database() {
        return database;
    }

    public JdbcClient db() {
        return JdbcClient.create(database);
    }

    public JdbcTemplate template() {
        return new JdbcTemplate(database);
    }

    public TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(database));
    }
}
