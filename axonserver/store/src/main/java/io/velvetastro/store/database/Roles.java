package io.velvetastro.store.database;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.language.RoomRole;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Makes the roles that may less than the owner and says how they sign in. Their passwords follow from the owner's, so every process that knows the one knows the others, and nothing more has to be kept.
 */
final class Roles {
    private static final Set<String> NOT_LET_IN = Set.of("28P01", "28000");
    private static final Set<String> MADE_MEANWHILE = Set.of("42710", "23505");
    private static final String NOT_PERMITTED = "42501";
    private static final int TRIES = 5;

    private final JdbcConnectionDetails owner;

    Roles(JdbcConnectionDetails owner) {
        this.owner = owner;
    }

    /** How the owner signs in. */
    JdbcConnectionDetails owner() {
        return owner;
    }

    /** How a role signs in that is there by then. */
    JdbcConnectionDetails signingInAs(String role) {
        if (role.equals(owner.getUsername())) return owner;
        return new SignIn(url(), role, password(role).orElse(null));
    }

    /** Touches the role only when it is missing, does not get in or lacks a room: another process may be using it. */
    void admit(String role, Collection<RoomRole> rooms) throws SQLException {
        named(role);
        if (role.equals(owner.getUsername())) return;
        try (var connection = connect(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword())) {
            admit(connection, role, rooms);
        } catch (SQLException refused) {
            if (!NOT_PERMITTED.equals(refused.getSQLState())) throw refused;
            throw new CannotStart(MACHINE, lacking(role, rooms), refused);
        }
    }

    /** Which right it is that the owner's account has not. */
    private String lacking(String role, Collection<RoomRole> rooms) throws SQLException {
        var account = String.valueOf(owner.getUsername());
        try (var connection = connect(owner.getJdbcUrl(), account, owner.getPassword())) {
            if (!isSo(connection, "select rolcreaterole from pg_roles where rolname = ?", account))
                return "The account " + account + " may not make the role " + role + " in the database: ALTER ROLE "
                        + account
                        + " CREATEROLE, for the first start of a version; it may be taken away again after it.";
            var strange = new ArrayList<String>();
            for (var name : all(role, rooms))
                if (exists(connection, name) && !administers(connection, account, name)) strange.add(name);
            var names = String.join(", ", strange);
            return "Somebody else than the account " + account + " made the roles " + names
                    + " of this database server: as who made them, or as a superuser, GRANT " + names + " TO " + account
                    + " WITH ADMIN OPTION.";
        }
    }

    private static List<String> all(String role, Collection<RoomRole> rooms) {
        return Stream.concat(Stream.of(role), rooms.stream().map(RoomRole::name))
                .toList();
    }

    private void admit(Connection connection, String role, Collection<RoomRole> rooms) throws SQLException {
        if (!exists(connection, role)) make(connection, role);
        for (var room : rooms) {
            if (!exists(connection, room.name())) make(connection, room.name());
            if (!belongs(connection, role, room.name())) join(connection, role, room.name());
        }
        if (getsIn(role)) return;
        // Digits and letters alone: nothing to escape.
        var password = password(role).map(it -> "'" + it + "'").orElse("null");
        execute(connection, "alter role " + role + " login password " + password);
    }

    private static void named(String role) {
        if (!role.matches("[a-z_]{1,63}")) throw new IllegalArgumentException("No name of a role: " + role);
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        return isSo(connection, "select exists (select 1 from pg_roles where rolname = ?)", role);
    }

    /** Directly: what a superuser or somebody else's group may besides is not meant. */
    private static boolean belongs(Connection connection, String member, String room) throws SQLException {
        return isSo(connection, """
                select exists (select 1 from pg_auth_members
                where member = (select oid from pg_roles where rolname = ?) and roleid = (select oid from pg_roles where rolname = ?))""", member, room);
    }

    private static boolean administers(Connection connection, String account, String role) throws SQLException {
        return isSo(connection, """
                select exists (select 1 from pg_auth_members
                where member = (select oid from pg_roles where rolname = ?) and roleid = (select oid from pg_roles where rolname = ?) and admin_option)""", account, role);
    }

    private static boolean isSo(Connection connection, String question, String... names) throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            bind(statement, names);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void bind(PreparedStatement statement, String... names) throws SQLException {
        for (int i = 0; i < names.length; i++) statement.setString(i + 1, names[i]);
    }

    private static void make(Connection connection, String role) throws SQLException {
        try {
            execute(connection, "create role " + role);
        } catch (SQLException e) {
            if (!MADE_MEANWHILE.contains(e.getSQLState())) throw e;
        }
    }

    /** Roles are the whole server's: of two that write the same row at once, one is refused and finds it done. */
    private static void join(Connection connection, String member, String room) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                execute(connection, "grant " + room + " to " + member);
                return;
            } catch (SQLException e) {
                if (attempt == TRIES || NOT_PERMITTED.equals(e.getSQLState())) throw e;
                if (belongs(connection, member, room)) return;
            }
        }
    }

    private boolean getsIn(String role) throws SQLException {
        try (var tried = connect(url(), role, password(role).orElse(null))) {
            return tried.isValid(5);
        } catch (SQLException e) {
            if (NOT_LET_IN.contains(e.getSQLState())) return false;
            throw e;
        }
    }

    /** There is no pool yet whose patience would end. */
    private static Connection connect(String url, @Nullable String user, @Nullable String password)
            throws SQLException {
        var how = new Properties();
        if (user != null) how.put("user", user);
        if (password != null) how.put("password", password);
        how.put("connectTimeout", "5");
        how.put("socketTimeout", "60");
        how.put("logServerErrorDetail", "false");
        return DriverManager.getConnection(url, how);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What an address says of who comes in would win over us. */
    private String url() {
        return owner.getJdbcUrl()
                .replaceAll("([?&])(user|password)=[^&]*&?", "$1")
                .replaceAll("[?&]$", "");
    }

    /** None where the owner needs none: a password that anyone could work out would open what was closed. */
    private Optional<String> password(String role) {
        var known = owner.getPassword();
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

    private record SignIn(String url, String role, @Nullable String password) implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public String getUsername() {
            return role;
        }

        @Override
        public @Nullable String getPassword() {
            return password;
        }
    }
}
