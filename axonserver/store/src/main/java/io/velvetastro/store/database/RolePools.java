package io.velvetastro.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.LesserRoles;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Makes the lesser roles and signs in as them. Their passwords follow from the owner's, so every process that knows the one knows the others, and nothing more has to be kept.
 */
final class RolePools implements LesserRoles, AutoCloseable {
    private static final Set<String> NOT_LET_IN = Set.of("28P01", "28000");
    private static final Set<String> MADE_MEANWHILE = Set.of("42710", "23505");
    private final JdbcConnectionDetails details;
    private final DataSource owner;
    private final List<HikariDataSource> pools = new ArrayList<>();

    RolePools(JdbcConnectionDetails details, DataSource owner) {
        this.details = details;
        this.owner = owner;
    }

    @Override
    public synchronized DataSource connections(String role, int most) {
        if (!role.matches("[a-z_]{1,63}")) throw new IllegalArgumentException("No name of a role: " + role);
        var config = new HikariConfig();
        try {
            owner.unwrap(HikariDataSource.class).copyStateTo(config);
            admit(role);
        } catch (SQLException e) {
            throw new IllegalStateException("The role " + role + " cannot be made ready", e);
        }
        config.setPoolName(role);
        config.setJdbcUrl(url());
        config.setUsername(role);
        config.setPassword(password(role).orElse(null));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(Math.min(most, 2));
        config.setInitializationFailTimeout(
                -1); // It was tried just now, and whoever waits for the database waits for it later too.
        var pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** What an address says of who comes in would win over us. */
    private String url() {
        return details.getJdbcUrl()
                .replaceAll("([?&])(user|password)=[^&]*&?", "$1")
                .replaceAll("[?&]$", "");
    }

    /** Touches the role only when it is missing or does not get in: another process may be using it. */
    private void admit(String role) throws SQLException {
        try (var connection = owner.getConnection()) {
            if (!exists(connection, role)) make(connection, role);
            if (getsIn(role)) return;
            // Digits and letters alone: nothing to escape.
            var password = password(role).map(it -> "'" + it + "'").orElse("null");
            execute(connection, "alter role " + role + " login password " + password);
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (var known = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            known.setString(1, role);
            return known.executeQuery().next();
        }
    }

    private static void make(Connection connection, String role) throws SQLException {
        try {
            execute(connection, "create role " + role);
        } catch (SQLException e) {
            if (!MADE_MEANWHILE.contains(e.getSQLState())) throw e;
        }
    }

    private boolean getsIn(String role) throws SQLException {
        try (var tried = DriverManager.getConnection(url(), role, password(role).orElse(null))) {
            return tried.isValid(5);
        } catch (SQLException e) {
            if (NOT_LET_IN.contains(e.getSQLState())) return false;
            throw e;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** None where the owner needs none: a password that anyone could work out would open what was closed. */
    private Optional<String> password(String role) {
        var known = details.getPassword();
        if (known == null || known.isEmpty()) return Optional.empty();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(known.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Optional.of(Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(("velvet role " + role).getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public synchronized void close() {
        pools.forEach(HikariDataSource::close);
    }
}
