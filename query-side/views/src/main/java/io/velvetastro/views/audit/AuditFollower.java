package io.velvetastro.views.audit;

import static io.velvetastro.views.jooq.Tables.AUDIT;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Progress;
import io.velvetastro.views.Rows;
import io.velvetastro.views.Schema;
import io.velvetastro.views.Told;
import io.velvetastro.views.jooq.tables.records.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;

/** Writes down every decision that somebody took. */
final class AuditFollower implements BatchFollower {
    static final String NAME = "audit";
    private static final String BY_ITSELF = "engine:";
    private final Schema schema;
    private final int batchSize;

    AuditFollower(Schema schema, int batchSize) {
        this.schema = schema;
        this.batchSize = batchSize;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Stream> streams() {
        return Set.of(Stream.DECISIONS);
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        var told = Told.of(batch);
        if (told.isEmpty()) return;
        schema.write(db -> {
            var fresh = Progress.fresh(db, "audit_progress", told);
            var rows = fresh.stream()
                    .filter(one -> !one.actor().startsWith(BY_ITSELF))
                    .map(AuditFollower::row)
                    .toList();
            Rows.insert(db, AUDIT, rows, "on conflict do nothing");
            return null;
        });
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
