package io.velvetastro.views.story;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.TableRecord;

/** The name of a row within its table: every key begins with the organisation. */
record Key(UUID tenant, UUID id) {
    static UUID[] tenants(Collection<Key> keys) {
        return keys.stream().map(Key::tenant).toArray(UUID[]::new);
    }

    static UUID[] ids(Collection<Key> keys) {
        return keys.stream().map(Key::id).toArray(UUID[]::new);
    }

    /** The rows that exist among these. */
    static <R extends TableRecord<R>> Map<Key, R> load(DSLContext db, Table<R> table, Collection<Key> keys) {
        var rows = new HashMap<Key, R>();
        if (keys.isEmpty()) return rows;
        Result<Record> found = db.fetch(
                "select t.* from " + table.getName()
                        + " t join unnest(?::uuid[], ?::uuid[]) as k(tenant, id) on t.tenant = k.tenant and t.id = k.id",
                tenants(keys),
                ids(keys));
        for (R row : found.into(table))
            rows.put(new Key(row.get("tenant", UUID.class), row.get("id", UUID.class)), row);
        return rows;
    }
}
