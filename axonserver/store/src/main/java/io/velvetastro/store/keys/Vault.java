package io.velvetastro.store.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.TenantId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Makes, finds and destroys keys. It writes on connections of its own: a key that sealed something must outlive the transaction it was made in.
 */
public final class Vault implements Shredder {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** A month's keys, one for each person. */
    private static final String OF_MONTH = "month-tree";
    /** For whoever was forgotten in a month and came back in it; the subject is {@code person/month}. */
    private static final String OF_RETURNED = "returned";

    private static final String OF_PSEUDONYMS = "pseudonyms";
    /** What was sealed under these still opens; nothing is sealed under them any more. */
    private static final String OF_WHOLE_MONTH = "month";

    private static final String OF_PRINCIPAL = "principal";

    private final DataSource database;
    private final MasterKey master;
    /** Other processes learn of a destroyed key when their copy expires. */
    private final Cache<Long, Optional<VaultKey>> byId = cache();

    private final Cache<Named, VaultKey> byName = cache();
    private final Cache<Person, Optional<byte[]>> byPerson = cache();

    private record Person(long key, long person) {}

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

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterWrite(Duration.ofMinutes(1))
                .build();
    }

    VaultKey ofMonth(TenantId tenant, String month) {
        return named(new Named(tenant, OF_MONTH, month));
    }

    VaultKey ofReturned(TenantId tenant, PrincipalId principal, String month) {
        return named(new Named(tenant, OF_RETURNED, principal + "/" + month));
    }

    VaultKey ofPseudonyms(TenantId tenant) {
        return named(new Named(tenant, OF_PSEUDONYMS, ""));
    }

    Optional<VaultKey> byId(long id) {
        return byId.get(id, this::load);
    }

    /** A person's key under one of ours, found once and kept at hand. */
    Optional<byte[]> keyOf(VaultKey key, long person) {
        return byPerson.get(new Person(key.id(), person), found -> key.keyOf(person));
    }

    /** By what part of its id a principal is known in a tree of keys. */
    static long person(PrincipalId principal) {
        return principal.value().getMostSignificantBits() >>> 16;
    }

    @Override
    public void forget(TenantId tenant, PrincipalId principal) {
        var trees = new HashMap<Long, Named>();
        withConnection(connection -> atOnce(connection, () -> {
            trees.putAll(cutOut(connection, tenant, person(principal)));
            var subject = principal.toString();
            destroy(connection, tenant, "purpose = ? AND subject = ?", OF_PRINCIPAL, subject);
            destroy(connection, tenant, "purpose = ? AND starts_with(subject, ?)", OF_RETURNED, subject + "/");
        }));
        forgetCopies();
        // Whoever was just reading the old tree may still put it among the copies, but not after these.
        trees.forEach((id, name) -> {
            byId.invalidate(id);
            byName.invalidate(name);
            byPerson.put(new Person(id, person(principal)), Optional.empty());
        });
    }

    @Override
    public boolean end(TenantId tenant, YearMonth month) {
        var destroyed = new AtomicInteger();
        withConnection(connection -> atOnce(connection, () -> {
            var trees = "purpose IN (?, '" + OF_WHOLE_MONTH + "') AND subject = ?";
            var returned = "purpose = ? AND right(subject, 8) = ?";
            destroyed.set(destroy(connection, tenant, trees, OF_MONTH, "" + month)
                    + destroy(connection, tenant, returned, OF_RETURNED, "/" + month));
        }));
        forgetCopies();
        return destroyed.get() > 0;
    }

    @Override
    public Map<TenantId, Set<YearMonth>> months() {
        return withConnection(connection -> {
            var months = new HashMap<TenantId, Set<YearMonth>>();
            try (var statement = connection.prepareStatement("SELECT tenant, right(subject, 7) FROM store.keys"
                            + " WHERE purpose IN ('" + OF_MONTH + "', '" + OF_RETURNED + "', '" + OF_WHOLE_MONTH
                            + "') AND destroyed_at IS NULL");
                    var rows = statement.executeQuery()) {
                while (rows.next())
                    months.computeIfAbsent(new TenantId(rows.getObject(1, UUID.class)), none -> new HashSet<>())
                            .add(YearMonth.parse(rows.getString(2)));
            }
            return months;
        });
    }

    @Override
    public Map<TenantId, Map<YearMonth, Instant>> ended() {
        return withConnection(connection -> {
            var ended = new HashMap<TenantId, Map<YearMonth, Instant>>();
            try (var statement = connection.prepareStatement("SELECT tenant, subject, max(destroyed_at) FROM store.keys"
                            + " WHERE purpose IN ('" + OF_MONTH + "', '" + OF_WHOLE_MONTH
                            + "') AND destroyed_at IS NOT NULL GROUP BY tenant, subject");
                    var rows = statement.executeQuery()) {
                while (rows.next())
                    ended.computeIfAbsent(new TenantId(rows.getObject(1, UUID.class)), none -> new HashMap<>())
                            .merge(
                                    YearMonth.parse(rows.getString(2)),
                                    rows.getObject(3, OffsetDateTime.class).toInstant(),
                                    (one, other) -> one.isAfter(other) ? one : other);
            }
            return ended;
        });
    }

    /** Out of every month's tree. The rows are locked: two who are forgotten at once are both cut out. */
    private Map<Long, Named> cutOut(Connection connection, TenantId tenant, long person) throws SQLException {
        var cut = new HashMap<Long, Named>();
        try (var trees = connection.prepareStatement(
                        "SELECT id, tenant, purpose, subject, wrapped FROM store.keys WHERE tenant = ? AND purpose = '"
                                + OF_MONTH + "' AND destroyed_at IS NULL ORDER BY id FOR UPDATE");
                var update = connection.prepareStatement("UPDATE store.keys SET wrapped = ? WHERE id = ?")) {
            trees.setObject(1, tenant.value());
            try (var rows = trees.executeQuery()) {
                while (rows.next()) {
                    var row = row(rows);
                    var tree = KeyTree.decoded(unwrapped(row).secret()).without(person);
                    update.setBytes(1, master.wrap(tree.encoded(), row.name().wrappedAs()));
                    update.setLong(2, row.id());
                    update.executeUpdate();
                    cut.put(row.id(), row.name());
                }
            }
        }
        return cut;
    }

    private static int destroy(Connection connection, TenantId tenant, String which, String purpose, String subject)
            throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE store.keys SET wrapped = NULL, destroyed_at = now() WHERE tenant = ? AND destroyed_at IS NULL AND "
                        + which)) {
            bind(statement, new Named(tenant, purpose, subject));
            return statement.executeUpdate();
        }
    }

    private void forgetCopies() {
        byId.invalidateAll();
        byName.invalidateAll();
        byPerson.invalidateAll();
    }

    private interface Step {
        void take() throws SQLException;
    }

    private static Boolean atOnce(Connection connection, Step step) throws SQLException {
        connection.setAutoCommit(false);
        try {
            step.take();
            connection.commit();
            return true;
        } catch (SQLException | RuntimeException failed) {
            connection.rollback();
            throw failed;
        } finally {
            connection.setAutoCommit(true);
        }
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

    private Optional<VaultKey> find(Named name) {
        return withConnection(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT id, tenant, purpose, subject, wrapped FROM store.keys WHERE tenant = ? AND purpose = ? AND subject = ? AND destroyed_at IS NULL")) {
                bind(statement, name);
                return first(statement.executeQuery()).map(this::unwrapped);
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
                                        .map(name -> master.wrap(fresh(name), name.wrappedAs()))
                                        .toArray(byte[][]::new)));
                return statement.executeUpdate();
            }
        });
    }

    private VaultKey unwrapped(Row row) {
        var secret = master.unwrap(row.wrapped(), row.name().wrappedAs())
                .orElseThrow(() -> new IllegalStateException("Key " + row.id() + " was tampered with"));
        return VaultKey.of(
                row.id(), row.name().tenant(), secret, row.name().purpose().equals(OF_MONTH));
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

    private static byte[] fresh(Named name) {
        var key = new byte[KeyTree.BYTES];
        RANDOM.nextBytes(key);
        return name.purpose().equals(OF_MONTH) ? KeyTree.grown(key).encoded() : key;
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
