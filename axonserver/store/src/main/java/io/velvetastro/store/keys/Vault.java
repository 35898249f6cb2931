package io.velvetastro.store.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.TenantId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Makes, finds and destroys keys. It writes on connections of its own: a key that sealed something must outlive the transaction it was made in.
 */
public final class Vault {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OF_MONTH = "month";
    private static final String OF_PRINCIPAL = "principal";
    private static final String OF_PSEUDONYMS = "pseudonyms";

    private final DataSource database;
    private final MasterKey master;
    /** Other processes learn of a destroyed key when their copy expires. */
    private final Cache<Long, Optional<VaultKey>> byId = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private final Cache<Named, VaultKey> byName = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Map<TenantId, Set<UUID>> acquainted = new ConcurrentHashMap<>();

    private record Named(TenantId tenant, String purpose, String subject) {
        String wrappedAs() {
            return tenant + "/" + purpose + "/" + subject;
        }
    }

    private record Row(long id, Named name, byte[] wrapped) {}

    private Vault(DataSource database, MasterKey master) {
        this.database = database;
        this.master = master;
    }

    /** Opens the vault with the master key in a data folder. */
    public static Vault open(DataSource database, Path folder) {
        var known = withConnection(database, Vault::anyRow);
        var master = MasterKey.in(folder, known.isPresent());
        if (known.isPresent()
                && master.unwrap(known.get().wrapped(), known.get().name().wrappedAs())
                        .isEmpty()) throw master.isNotOfThisDatabase();
        return new Vault(database, master);
    }

    VaultKey ofMonth(TenantId tenant, String month) {
        return named(new Named(tenant, OF_MONTH, month));
    }

    VaultKey ofPseudonyms(TenantId tenant) {
        return named(new Named(tenant, OF_PSEUDONYMS, ""));
    }

    /** The principal's own key, where it has one. */
    Optional<VaultKey> ofPrincipal(TenantId tenant, PrincipalId principal) {
        return acquainted(tenant).contains(principal.value())
                ? Optional.of(named(new Named(tenant, OF_PRINCIPAL, principal.toString())))
                : Optional.empty();
    }

    Optional<VaultKey> byId(long id) {
        return byId.get(id, this::load);
    }

    void acquaint(TenantId tenant, Collection<PrincipalId> principals) {
        var known = acquainted(tenant);
        var strangers = principals.stream()
                .filter(principal -> !known.contains(principal.value()))
                .distinct()
                .toList();
        if (strangers.isEmpty()) return;
        insert(strangers.stream()
                .map(principal -> new Named(tenant, OF_PRINCIPAL, principal.toString()))
                .toList());
        strangers.forEach(principal -> known.add(principal.value()));
    }

    /** Fetches the keys of those of them who have one and are not at hand, all at once. */
    void expect(TenantId tenant, Collection<PrincipalId> principals) {
        var known = acquainted(tenant);
        var missing = principals.stream()
                .filter(principal -> known.contains(principal.value()))
                .map(principal -> new Named(tenant, OF_PRINCIPAL, principal.toString()))
                .filter(name -> byName.getIfPresent(name) == null)
                .toList();
        if (missing.size() > 1) find(tenant, missing).forEach(row -> byName.put(row.name(), unwrapped(row)));
    }

    /** Destroys a principal's key: whatever was sealed under it is sealed for ever. */
    public void destroy(TenantId tenant, PrincipalId principal) {
        destroy(new Named(tenant, OF_PRINCIPAL, principal.toString()));
        acquainted(tenant).remove(principal.value());
    }

    /** Destroys a month's key, as {@code 2026-03}. */
    public void destroy(TenantId tenant, String month) {
        destroy(new Named(tenant, OF_MONTH, month));
    }

    private void destroy(Named name) {
        var destroyed = withConnection(connection -> {
            var ids = new ArrayList<Long>();
            try (var statement = connection.prepareStatement(
                    "UPDATE store.keys SET wrapped = NULL, destroyed_at = now() WHERE tenant = ? AND purpose = ? AND subject = ? AND destroyed_at IS NULL RETURNING id")) {
                bind(statement, name);
                try (var row = statement.executeQuery()) {
                    while (row.next()) ids.add(row.getLong(1));
                }
            }
            return ids;
        });
        destroyed.forEach(id -> byId.put(id, Optional.empty()));
        byName.invalidate(name);
    }

    private VaultKey named(Named name) {
        return byName.get(
                name,
                missing -> find(missing).orElseGet(() -> {
                    insert(List.of(missing));
                    return find(missing)
                            .orElseThrow(() -> new IllegalStateException("A key was destroyed while it was made"));
                }));
    }

    private Set<UUID> acquainted(TenantId tenant) {
        return acquainted.computeIfAbsent(tenant, this::loadAcquainted);
    }

    private Set<UUID> loadAcquainted(TenantId tenant) {
        return withConnection(connection -> {
            try (var statement =
                    connection.prepareStatement("SELECT subject FROM store.keys WHERE tenant = ? AND purpose = '"
                            + OF_PRINCIPAL + "' AND destroyed_at IS NULL")) {
                statement.setObject(1, tenant.value());
                Set<UUID> principals = ConcurrentHashMap.newKeySet();
                try (var row = statement.executeQuery()) {
                    while (row.next()) principals.add(UUID.fromString(row.getString(1)));
                }
                return principals;
            }
        });
    }

    private Optional<VaultKey> find(Named name) {
        return withConnection(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT id, tenant, purpose, subject, wrapped FROM store.keys WHERE tenant = ? AND purpose = ? AND subject = ? AND destroyed_at IS NULL")) {
                bind(statement, name);
                return first(statement.executeQuery()).map(this::unwrapped);
            }
        });
    }

    private List<Row> find(TenantId tenant, List<Named> principals) {
        return withConnection(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT id, tenant, purpose, subject, wrapped FROM store.keys WHERE tenant = ? AND purpose = '"
                            + OF_PRINCIPAL + "' AND subject = ANY (?) AND destroyed_at IS NULL")) {
                statement.setObject(1, tenant.value());
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text", principals.stream().map(Named::subject).toArray()));
                try (var rows = statement.executeQuery()) {
                    var found = new ArrayList<Row>();
                    while (rows.next()) found.add(row(rows));
                    return found;
                }
            }
        });
    }

    private Optional<VaultKey> load(long id) {
        return withConnection(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT id, tenant, purpose, subject, wrapped FROM store.keys WHERE id = ? AND destroyed_at IS NULL")) {
                statement.setLong(1, id);
                return first(statement.executeQuery()).map(this::unwrapped);
            }
        });
    }

    private static Optional<Row> anyRow(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT id, tenant, purpose, subject, wrapped FROM store.keys WHERE destroyed_at IS NULL LIMIT 1")) {
            return first(statement.executeQuery());
        }
    }

    private void insert(Collection<Named> names) {
        withConnection(connection -> {
            var sql =
                    "INSERT INTO store.keys (tenant, purpose, subject, wrapped) SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bytea[])"
                            + " ON CONFLICT (tenant, purpose, subject) WHERE destroyed_at IS NULL DO NOTHING";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "uuid",
                                names.stream()
                                        .map(name -> name.tenant().value())
                                        .toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text", names.stream().map(Named::purpose).toArray()));
                statement.setArray(
                        3,
                        connection.createArrayOf(
                                "text", names.stream().map(Named::subject).toArray()));
                statement.setArray(
                        4,
                        connection.createArrayOf(
                                "bytea",
                                names.stream()
                                        .map(name -> master.wrap(freshKey(), name.wrappedAs()))
                                        .toArray(byte[][]::new)));
                return statement.executeUpdate();
            }
        });
    }

    private VaultKey unwrapped(Row row) {
        var secret = master.unwrap(row.wrapped(), row.name().wrappedAs())
                .orElseThrow(() -> new IllegalStateException("Key " + row.id() + " was tampered with"));
        return VaultKey.of(row.id(), row.name().tenant(), secret);
    }

    private static Optional<Row> first(ResultSet rows) throws SQLException {
        try (rows) {
            return rows.next() ? Optional.of(row(rows)) : Optional.empty();
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        var name = new Named(new TenantId(row.getObject(2, UUID.class)), row.getString(3), row.getString(4));
        return new Row(row.getLong(1), name, row.getBytes(5));
    }

    private static void bind(PreparedStatement statement, Named name) throws SQLException {
        statement.setObject(1, name.tenant().value());
        statement.setString(2, name.purpose());
        statement.setString(3, name.subject());
    }

    private static byte[] freshKey() {
        var key = new byte[32];
        RANDOM.nextBytes(key);
        return key;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T withConnection(Work<T> work) {
        return withConnection(database, work);
    }

    private static <T> T withConnection(DataSource database, Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The key vault cannot reach the database", e);
        }
    }
}
