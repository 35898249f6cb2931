package io.velvetastro.views;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/** Remembers per organisation how far its events were taken in: events come in order, so whatever is not further than that has come before. */
public final class Progress {
    private Progress() {}

    /** Leaves out what was taken already, and marks the rest as taken. */
    public static List<Told> fresh(DSLContext db, String table, List<Told> batch) {
        var tenants =
                batch.stream().map(told -> told.tenant().value()).distinct().toArray(UUID[]::new);
        Map<UUID, Long> positions = new HashMap<>();
        db.fetch(
                        "select tenant, position from " + table
                                + " where tenant = any(?::uuid[]) order by tenant for update",
                        (Object) tenants)
                .forEach(row -> positions.put(row.get("tenant", UUID.class), row.get("position", Long.class)));
        var fresh = batch.stream()
                .filter(told ->
                        told.position() > positions.getOrDefault(told.tenant().value(), -1L))
                .toList();
        if (!fresh.isEmpty()) mark(db, table, fresh);
        return fresh;
    }

    private static void mark(DSLContext db, String table, Collection<Told> fresh) {
        Map<UUID, Long> reached = new HashMap<>();
        for (var told : fresh) reached.merge(told.tenant().value(), told.position(), Math::max);
        db.execute(
                "insert into " + table
                        + " as t select * from unnest(?::uuid[], ?::bigint[]) on conflict (tenant) do update set position = excluded.position",
                reached.keySet().toArray(UUID[]::new),
                reached.values().toArray(Long[]::new));
    }
}
