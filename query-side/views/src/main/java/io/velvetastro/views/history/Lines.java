package io.velvetastro.views.history;

import io.velvetastro.language.Telemetry;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** A batch of lines on their way to the table, column by column: PostgreSQL unfolds seven arrays faster than anything else but a copy. */
final class Lines {
    private final UUID[] tenants;
    private final Long[] positions;
    private final UUID[] ids;
    private final OffsetDateTime[] times;
    private final String[] types;
    private final @Nullable UUID[] principals;
    private final @Nullable UUID[] sources;
    private int count;

    Lines(int most) {
        tenants = new UUID[most];
        positions = new Long[most];
        ids = new UUID[most];
        times = new OffsetDateTime[most];
        types = new String[most];
        principals = new UUID[most];
        sources = new UUID[most];
    }

    void add(Told told, Instant at) {
        tenants[count] = told.tenant().value();
        positions[count] = told.position();
        ids[count] = id(told.id());
        times[count] = Clean.column(at);
        types[count] = told.payload().getClass().getSimpleName();
        if (told.payload() instanceof Telemetry event) {
            principals[count] =
                    event.principal() == null ? null : event.principal().value();
            sources[count] = event.source() == null ? null : event.source().value();
        }
        count++;
    }

    void write(DSLContext db) {
        if (count < tenants.length) throw new IllegalStateException("Fewer lines than were announced");
        db.execute(
                "insert into history (tenant, position, id, at, type, principal, source) select * from"
                        + " unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::timestamptz[], ?::varchar[], ?::uuid[], ?::uuid[])",
                tenants,
                positions,
                ids,
                times,
                types,
                principals,
                sources);
    }

    /** Ours are UUIDs; what some other writer called otherwise gets a line all the same. */
    private static UUID id(String identifier) {
        try {
            return UUID.fromString(identifier);
        } catch (IllegalArgumentException foreign) {
            return UUID.nameUUIDFromBytes(identifier.getBytes(StandardCharsets.UTF_8));
        }
    }
}
