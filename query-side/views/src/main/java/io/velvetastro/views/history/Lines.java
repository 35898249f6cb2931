package io.velvetastro.views.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.velvetastro.language.Telemetry;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Told;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A batch of lines on their way to the table, by COPY: there is one for every event of the house. */
final class Lines {
    private static final int BYTES_A_LINE = 200;
    private static final String COPY = "copy history (tenant, position, id, at, type, principal, source) from stdin";

    private final StringBuilder text;

    Lines(int expected) {
        text = new StringBuilder(expected * BYTES_A_LINE);
    }

    void add(Told told, Instant at) {
        var event = told.payload() instanceof Telemetry telemetry ? telemetry : null;
        var principal = event == null || event.principal() == null ? null : event.principal();
        var source = event == null || event.source() == null ? null : event.source();
        text.append(told.tenant()).append('\t');
        text.append(told.position()).append('\t');
        text.append(id(told.id())).append('\t');
        text.append(Clean.time(at)).append('\t');
        text.append(told.payload().getClass().getSimpleName()).append('\t');
        text.append(orNull(principal)).append('\t');
        text.append(orNull(source)).append('\n');
    }

    /** Nothing here needs escaping: ids, a number, a time, and the name of a class. */
    private static Object orNull(@Nullable Object id) {
        return id == null ? "\\N" : id;
    }

    void write(DSLContext db) {
        var bytes = text.toString().getBytes(US_ASCII);
        db.connection(connection ->
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, new ByteArrayInputStream(bytes)));
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
