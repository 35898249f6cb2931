package io.velvetastro.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.LesserRoles;
import io.velvetastro.language.OwnersDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Pools beside that of the process, set like it: one for each lesser role, and a small one for the owner that holds no connection while nobody needs one. */
final class RolePools implements LesserRoles, OwnersDatabase, AutoCloseable {
    private static final int MOST_OF_OWNER = 3;
    private static final int SOON_MILLIS = 10_000;
    private static final int LEAST_KEPT_OPEN = 2;

    private final Roles roles;
    private final DataSource process;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final DataSource owner;

    /** @param process the pool under which the rooms of this process work */
    RolePools(Roles roles, DataSource process) {
        this.roles = roles;
        this.process = process;
        var ofOwner = like("owner", roles.owner());
        ofOwner.setMaximumPoolSize(MOST_OF_OWNER);
        ofOwner.setMinimumIdle(0);
        ofOwner.setIdleTimeout(SOON_MILLIS);
        this.owner = opened(ofOwner);
    }

    @Override
    public DataSource connections() {
        return owner;
    }

    @Override
    public synchronized DataSource connections(String role, int most) {
        try {
            roles.admit(role, List.of());
        } catch (SQLException e) {
            throw new IllegalStateException("The role " + role + " cannot be made ready", e);
        }
        var config = like(role, roles.signingInAs(role));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(most > LEAST_KEPT_OPEN ? LEAST_KEPT_OPEN : 0);
        config.setInitializationFailTimeout(
                -1); // It was tried just now, and whoever waits for the database waits for it later too.
        return opened(config);
    }

    private HikariConfig like(String name, JdbcConnectionDetails who) {
        var config = new HikariConfig();
        try {
            process.unwrap(HikariDataSource.class).copyStateTo(config);
        } catch (SQLException e) {
            throw new IllegalStateException("The process has another pool than ours", e);
        }
        config.setPoolName(name);
        config.setJdbcUrl(who.getJdbcUrl());
        config.setUsername(who.getUsername());
        config.setPassword(who.getPassword());
        return config;
    }

    private HikariDataSource opened(HikariConfig config) {
        var pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    @Override
    public synchronized void close() {
        pools.forEach(HikariDataSource::close);
    }
}
