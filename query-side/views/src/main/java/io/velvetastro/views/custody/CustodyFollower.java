package io.velvetastro.views.custody;

import static io.velvetastro.views.jooq.Tables.CUSTODY;
import static io.velvetastro.views.jooq.Tables.DRILL;

import io.velvetastro.language.DrillEvent.TamperDrilled;
import io.velvetastro.language.EvidenceEvent.EvidenceExported;
import io.velvetastro.language.EvidenceEvent.EvidenceHandedOver;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Schema;
import io.velvetastro.views.Told;
import io.velvetastro.views.ViewFollower;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/** Writes down every export of evidence and every drill. They are few, so each is a statement of its own. */
final class CustodyFollower extends ViewFollower {
    static final String NAME = "custody";
    private static final int BATCH = 500;
    private final Consumer<Set<TenantId>> tell;

    CustodyFollower(Schema schema, Consumer<Set<TenantId>> tell) {
        super(NAME, Set.of(Stream.DECISIONS), schema, BATCH);
        this.tell = tell;
    }

    @Override
    protected void take(DSLContext db, List<Told> fresh) {
        for (var told : fresh) take(db, told);
    }

    @Override
    protected void taken(Set<TenantId> tenants) {
        tell.accept(tenants);
    }

    @Override
    protected boolean concerns(Told told) {
        return told.payload() instanceof EvidenceExported
                || told.payload() instanceof EvidenceHandedOver
                || told.payload() instanceof TamperDrilled;
    }

    private static void take(DSLContext db, Told told) {
        var tenant = told.tenant().value();
        switch (told.payload()) {
            case EvidenceExported export ->
                db.insertInto(CUSTODY)
                        .set(CUSTODY.TENANT, tenant)
                        .set(CUSTODY.ID, export.exportId().value())
                        .set(CUSTODY.AT, Clean.column(export.at()))
                        .set(CUSTODY.ACTOR, told.actor())
                        .set(CUSTODY.QUESTION, Clean.text(export.question()))
                        .set(CUSTODY.EVENTS, export.events())
                        .set(
                                CUSTODY.REASON,
                                export.reason() == null ? null : export.reason().text())
                        .onConflictDoNothing()
                        .execute();
            case EvidenceHandedOver handed ->
                db.update(CUSTODY)
                        .set(CUSTODY.SHA256, Clean.text(handed.sha256()))
                        .set(CUSTODY.BYTES, handed.bytes())
                        .where(CUSTODY.TENANT.eq(tenant))
                        .and(CUSTODY.ID.eq(handed.exportId().value()))
                        .execute();
            case TamperDrilled drill ->
                db.insertInto(DRILL)
                        .set(DRILL.TENANT, tenant)
                        .set(DRILL.ID, drill.drillId().value())
                        .set(DRILL.AT, Clean.column(drill.at()))
                        .set(DRILL.ACTOR, told.actor())
                        .set(DRILL.FIRST_LEAF, drill.firstLeaf())
                        .set(DRILL.EVENTS, drill.events())
                        .set(DRILL.EDITS, drill.edits())
                        .set(DRILL.FOUND, drill.found())
                        .set(DRILL.FALSE_ALARMS, drill.falseAlarms())
                        .set(DRILL.MILLIS, drill.millis())
                        .onConflictDoNothing()
                        .execute();
            default -> throw new IllegalStateException("filtered above");
        }
    }
}
