package io.velvetastro.views.story;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks;
import io.velvetastro.questions.Defense;
import io.velvetastro.questions.Incidents;
import io.velvetastro.questions.Monitor;
import io.velvetastro.views.Schema;
import io.velvetastro.views.Told;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.jooq.DSLContext;

/** Follows findings and decisions in their one common order, and tells the screens of each organisation once a batch. */
final class StoryFollower implements BatchFollower {
    static final String NAME = "story";
    private final StoryProjection projection;
    private final Schema schema;
    private final BiConsumer<DSLContext, Changes> note;
    private final Consumer<Changes> tell;
    private final int batchSize;

    /**
     * @param note what is written beside the rows in their transaction
     * @param tell what is said after it
     */
    StoryFollower(
            StoryProjection projection,
            Schema schema,
            BiConsumer<DSLContext, Changes> note,
            Consumer<Changes> tell,
            int batchSize) {
        this.projection = projection;
        this.schema = schema;
        this.note = note;
        this.tell = tell;
        this.batchSize = batchSize;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Stream> streams() {
        return Set.of(Stream.FINDINGS, Stream.DECISIONS);
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        var told = Told.of(batch);
        tell.accept(schema.write(db -> {
            var changes = projection.project(db, told);
            note.accept(db, changes);
            return changes;
        }));
    }

    /** Small notes, sent by the emitter after the commit: whoever hears one asks again. */
    record Notes(QueryUpdateEmitter updates) implements Consumer<Changes> {
        @Override
        public void accept(Changes changes) {
            changes.attacks().forEach(this::attacks);
            changes.incidents()
                    .forEach((tenant, incidents) -> incidents.forEach(incident -> {
                        var note = new Incidents.IncidentsChanged(tenant, incident);
                        updates.emit(
                                Incidents.IncidentList.class,
                                asked -> asked.tenant().equals(tenant),
                                note);
                        updates.emit(
                                Incidents.IncidentById.class,
                                asked -> asked.tenant().equals(tenant)
                                        && asked.incident().equals(incident),
                                note);
                    }));
            changes.defense().forEach(this::defense);
            changes.tenants()
                    .forEach(tenant -> updates.emit(
                            Monitor.Figures.class,
                            asked -> asked.tenant().equals(tenant),
                            new Monitor.TrafficChanged(tenant)));
        }

        private void attacks(TenantId tenant) {
            var note = new Attacks.AttacksChanged(tenant);
            updates.emit(Attacks.AttackFeed.class, asked -> asked.tenant().equals(tenant), note);
            updates.emit(Attacks.AttackFacets.class, asked -> asked.tenant().equals(tenant), note);
            updates.emit(Attacks.AttackDetails.class, asked -> asked.tenant().equals(tenant), note);
            updates.emit(Attacks.AttackOrigins.class, asked -> asked.tenant().equals(tenant), note);
            updates.emit(Attacks.TopActors.class, asked -> asked.tenant().equals(tenant), note);
        }

        private void defense(TenantId tenant) {
            var note = new Defense.DefenseChanged(tenant);
            updates.emit(Defense.DefenseRules.class, asked -> asked.tenant().equals(tenant), note);
            updates.emit(Defense.Blocklist.class, asked -> asked.tenant().equals(tenant), note);
            updates.emit(Defense.AllowedNetworks.class, asked -> asked.tenant().equals(tenant), note);
        }
    }
}
