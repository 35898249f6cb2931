package io.velvetastro.views.audit;

import static io.velvetastro.views.jooq.Tables.AUDIT;

import io.velvetastro.language.Stream;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Rows;
import io.velvetastro.views.Schema;
import io.velvetastro.views.Told;
import io.velvetastro.views.ViewFollower;
import io.velvetastro.views.jooq.tables.records.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/** Writes down every decision that somebody took. */
final class AuditFollower extends ViewFollower {
    static final String NAME = "audit";
    private static final String BY_ITSELF = "engine:";

    AuditFollower(Schema schema, int batchSize) {
        super(NAME, Set.of(Stream.DECISIONS), schema, batchSize);
    }

    @Override
    protected void take(DSLContext db, List<Told> fresh) {
        var rows = fresh.stream()
                .filter(one -> !one.actor().startsWith(BY_ITSELF))
                .map(AuditFollower::row)
                .toList();
        Rows.insert(db, AUDIT, rows, "on conflict do nothing");
    }

    private static AuditRecord row(Told told) {
        var row = new AuditRecord();
        row.setTenant(told.tenant().value());
        row.setPosition(told.position());
        row.setId(id(told.id()));
        row.setAt(Clean.column(told.recordedAt()));
        row.setType(told.payload().getClass().getSimpleName());
        row.setActor(told.actor());
        row.setSays(Clean.text(ClearFacts.of(told.payload())));
        return row;
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
