package io.velvetastro.views.history;

import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.views.Schema;
import io.velvetastro.views.Told;
import io.velvetastro.views.ViewFollower;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jooq.DSLContext;

/** Keeps a line for every stored event of every stream, and under whom and what it can be found. */
final class HistoryFollower extends ViewFollower {
    static final String NAME = "history";
    private final Pseudonyms pseudonyms;
    private final KnownNames names;

    HistoryFollower(Schema schema, Seals seals, Pseudonyms pseudonyms, int batchSize) {
        super(NAME, EnumSet.allOf(Stream.class), schema, batchSize);
        this.pseudonyms = pseudonyms;
        this.names = new KnownNames(seals, pseudonyms);
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(200);
    }

    @Override
    protected void take(DSLContext db, List<Told> fresh) {
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
