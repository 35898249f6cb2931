package io.velvetastro.store.archive;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.streams.Streams;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The archive of a store that finds events by position only: it follows all streams and writes down where each event is. */
public final class LocatedEvents implements EventArchive, BatchFollower {
    private static final int MOST = 200;

    private final JdbcClient db;
    private final Streams streams;
    private final Serializer serializer;

    public LocatedEvents(JdbcClient db, Streams streams, Serializer serializer) {
        this.db = db;
        this.streams = streams;
        this.serializer = serializer;
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public Set<Stream> streams() {
        return EnumSet.allOf(Stream.class);
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        db.sql(
                        "INSERT INTO store.located (event_id, tenant, position) SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) ON CONFLICT DO NOTHING")
                .params(
                        array(batch, EventMessage::getIdentifier),
                        array(batch, event -> event.getMetaData().get(Envelope.TENANT)),
                        array(batch, event -> Streams.position((TrackedEventMessage<?>) event)))
                .update();
    }

    @Override
    public List<StoredEvent> read(TenantId tenant, Collection<EventId> ids) {
        if (ids.size() > MOST) throw new IllegalArgumentException("At most " + MOST + " events at once");
        return db
                .sql("SELECT position FROM store.located WHERE event_id = ANY (?::uuid[]) AND tenant = ?")
                .params(ids.stream().map(EventId::toString).collect(Collectors.joining(",", "{", "}")), tenant.value())
                .query(Long.class)
                .list()
                .stream()
                .map(position -> asStored(streams.at(streams(), position)))
                .sorted(Comparator.comparing(StoredEvent::recordedAt))
                .toList();
    }

    private StoredEvent asStored(TrackedEventMessage<?> event) {
        var payload = event.serializePayload(serializer, byte[].class);
        return new StoredEvent(
                EventId.of(event.getIdentifier()),
                Stream.of(event.getPayloadType()),
                payload.getType().getName(),
                payload.getType().getRevision(),
                event.getTimestamp(),
                new String(payload.getData(), StandardCharsets.UTF_8),
                new String(event.serializeMetaData(serializer, byte[].class).getData(), StandardCharsets.UTF_8));
    }

    private static String array(List<? extends EventMessage<?>> batch, Function<EventMessage<?>, Object> value) {
        return batch.stream().map(value).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
