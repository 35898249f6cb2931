package io.velvetastro.views;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.jooq.DSLContext;

/** Writes the rows of one view: takes each event once however often it comes, and says afterwards whom a batch concerned. */
public abstract class ViewFollower implements BatchFollower {
    private final String name;
    private final Set<Stream> streams;
    private final Schema schema;
    private final int batchSize;

    protected ViewFollower(String name, Set<Stream> streams, Schema schema, int batchSize) {
        this.name = name;
        this.streams = streams;
        this.schema = schema;
        this.batchSize = batchSize;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Stream> streams() {
        return streams;
    }

    @Override
    public final int batchSize() {
        return batchSize;
    }

    @Override
    public final void follow(List<? extends EventMessage<?>> batch) {
        var told = Told.of(batch).stream().filter(this::concerns).toList();
        if (told.isEmpty()) return;
        schema.write(db -> {
            var fresh = Progress.fresh(db, name + "_progress", told);
            if (!fresh.isEmpty()) take(db, fresh);
            return null;
        });
        taken(told.stream().map(Told::tenant).collect(Collectors.toSet()));
    }

    /** Whether this view has any use for an event. */
    protected boolean concerns(Told told) {
        return true;
    }

    /** Writes what these events say: none of them has come before. */
    protected abstract void take(DSLContext db, List<Told> fresh);

    /** Hears, within the transaction, whose rows were written. */
    protected void taken(Set<TenantId> tenants) {}
}
