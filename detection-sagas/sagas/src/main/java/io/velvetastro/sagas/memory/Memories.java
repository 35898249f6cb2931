package io.velvetastro.sagas.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.language.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What one follower's engines remember of all organisations: rows of {@code detection.state}, those used lately held in memory. A restart needs no warming up, and what a rolled back batch changed was never held.
 */
public final class Memories {
    private final JdbcTemplate db;
    private final String follower;
    private final Cache<Slot, Object> held;
    private final UUID self = UUID.randomUUID();

    public Memories(JdbcTemplate db, String follower, int mostHeld) {
        this.db = db;
        this.follower = follower;
        this.held = Caffeine.newBuilder().maximumSize(mostHeld).build();
    }

    /** Begins a batch. Another process may have followed since: what is held may be out of date then. */
    public void claim() {
        int taken = db.update(
                "INSERT INTO detection.holder AS h (follower, holder) VALUES (?, ?)"
                        + " ON CONFLICT (follower) DO UPDATE SET holder = excluded.holder WHERE h.holder <> excluded.holder",
                follower,
                self);
        if (taken > 0) held.invalidateAll();
    }

    /** Lets go of what nobody has asked for in a long time: accounts and addresses after a good year, alerts and stories after five weeks, what one address did to one account after three days. */
    public int forgetUnused() {
        return db.update(
                "DELETE FROM detection.state WHERE saved_at < now() - CASE WHEN kind IN ('alert', 'link', 'story')"
                        + " THEN interval '35 days' WHEN kind = 'pair' THEN interval '3 days' ELSE interval '400 days' END");
    }

    /** Lets go of what is remembered under this key or one that begins with it and a slash, here and in whatever process follows: its copies count no more. Waits for the batch that is being worked on. */
    public static void forget(JdbcTemplate db, TenantId tenant, String key) {
        db.update("UPDATE detection.holder SET holder = gen_random_uuid()");
        db.update(
                "DELETE FROM detection.state WHERE tenant = ? AND (key = ? OR starts_with(key, ?))",
                tenant.value(),
                key,
                key + "/");
    }

    /** One organisation's memory for the length of a batch. */
    public TenantMemory of(TenantId tenant) {
        return new TenantMemory(tenant, this);
    }

    /** Saves what changed, within the running transaction. */
    public void save(Collection<TenantMemory> memories) {
        var changed = new HashMap<Slot, Object>();
        for (var memory : memories) {
            var slots = memory.changed();
            if (slots.isEmpty()) continue;
            write(memory.tenant(), slots, memory);
            slots.forEach(slot -> changed.put(slot, memory.held(slot)));
        }
        held.invalidateAll(changed.keySet()); // Should the commit's answer get lost, the rows decide.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                held.putAll(changed);
            }
        });
    }

    Map<Slot, byte[]> read(TenantId tenant, Collection<Slot> slots) {
        if (slots.isEmpty()) return Map.of();
        return db.execute((ConnectionCallback<Map<Slot, byte[]>>) connection -> {
            var sql = "SELECT s.kind, s.key, s.state FROM unnest(?::text[], ?::text[]) AS w (kind, key)"
                    + " JOIN detection.state s ON s.tenant = ? AND s.kind = w.kind AND s.key = w.key";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setArray(
                        1, texts(connection, slots.stream().map(Slot::kind).toList()));
                statement.setArray(
                        2, texts(connection, slots.stream().map(Slot::key).toList()));
                statement.setObject(3, tenant.value());
                try (var row = statement.executeQuery()) {
                    var rows = new HashMap<Slot, byte[]>();
                    while (row.next()) rows.put(new Slot(tenant, row.getString(1), row.getString(2)), row.getBytes(3));
                    return rows;
                }
            }
        });
    }

    Cache<Slot, Object> held() {
        return held;
    }

    private void write(TenantId tenant, List<Slot> slots, TenantMemory memory) {
        db.execute((ConnectionCallback<Integer>) connection -> {
            var sql = "INSERT INTO detection.state (tenant, kind, key, state)"
                    + " SELECT ?, n.kind, n.key, n.state FROM unnest(?::text[], ?::text[], ?::bytea[]) AS n (kind, key, state)"
                    + " ON CONFLICT (tenant, kind, key) DO UPDATE SET state = excluded.state, saved_at = now()";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setObject(1, tenant.value());
                statement.setArray(
                        2, texts(connection, slots.stream().map(Slot::kind).toList()));
                statement.setArray(
                        3, texts(connection, slots.stream().map(Slot::key).toList()));
                var states = new ArrayList<byte[]>(slots.size());
                slots.forEach(slot -> states.add(memory.packed(slot)));
                statement.setArray(4, connection.createArrayOf("bytea", states.toArray(byte[][]::new)));
                return statement.executeUpdate();
            }
        });
    }

    private static Array texts(Connection connection, List<String> texts) throws java.sql.SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /** One row's name. */
    record Slot(TenantId tenant, String kind, String key) {}
}
