package io.velvetastro.views.history;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.views.Progress;
import io.velvetastro.views.Schema;
import io.velvetastro.views.Told;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.jooq.DSLContext;

/** Keeps a line for every stored event of every stream, and under whom and what it can be found. */
final class HistoryFollower implements BatchFollower {
    static final String NAME = "history";
    private final Schema schema;
    private final Pseudonyms pseudonyms;
    private final KnownNames names;
    private final int batchSize;

    HistoryFollower(Schema schema, Seals seals, Pseudonyms pseudonyms, int batchSize) {
        this.schema = schema;
        this.pseudonyms = pseudonyms;
        this.names = new KnownNames(seals, pseudonyms);
        this.batchSize = batchSize;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Stream> streams() {
        return EnumSet.allOf(Stream.class);
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(200);
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        var told = Told.of(batch);
        schema.write(db -> {
            write(db, Progress.fresh(db, "history_progress", told));
            return null;
        });
    }

    private void write(DSLContext db, List<Told> fresh) {
        if (fresh.isEmpty()) return;
        var lines = new Lines(fresh.size());
        var subjects = new SubjectRows(pseudonyms);
        for (var told : fresh) {
            var at = told.occurredAt();
            lines.add(told, at);
            subjects.add(told, at);
            if (told.payload() instanceof Telemetry event) names.learn(told.tenant(), event);
            if (told.payload() instanceof PersonErased erased) names.forget(erased);
        }
        lines.write(db);
        subjects.write(db);
        names.write(db);
    }
}
