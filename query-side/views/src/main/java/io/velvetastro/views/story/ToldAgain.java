package io.velvetastro.views.story;

import java.util.ArrayList;
import org.jooq.DSLContext;

/** Notes for the live streams which rows changed by the news of others, at the place where the batch ended: whoever heard all before it is told them once more. */
final class ToldAgain {
    private ToldAgain() {}

    static void note(DSLContext db, Changes changes) {
        write(db, "attack", changes.outcomes(), changes);
        write(db, "incident", changes.contained(), changes);
    }

    private static void write(DSLContext db, String kind, Iterable<Key> rows, Changes changes) {
        var keys = new ArrayList<Key>();
        rows.forEach(keys::add);
        if (keys.isEmpty()) return;
        db.execute(
                """
                insert into told_again_progress select tenant, ?, id, position from unnest(?::uuid[], ?::uuid[], ?::bigint[]) as k(tenant, id, position)
                on conflict (tenant, kind, id) do update set position = excluded.position
                """,
                kind,
                Key.tenants(keys),
                Key.ids(keys),
                keys.stream().map(key -> changes.reached(key.tenant())).toArray(Long[]::new));
    }
}
