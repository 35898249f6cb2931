package io.velvetastro.store.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bytes as Axon Server keeps them, past every serializer and upcaster. It finds by position and by aggregate; by id finds what {@code store.located} has written down; whatever else is asked for is found by reading everything.
 */
public final class ServerStoredBytes implements StoredBytes {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int BUFFER = 1_000;
    private static final int SECONDS = 15;
    /** Reading on over so many events is quicker than to begin a new stream. */
    private static final int WORTH_A_NEW_STREAM = 500;

    private final Supplier<EventChannel> server;
    private final JdbcClient db;
    private final ObjectMapper json;
    private final Map<String, Stream> kinds = new ConcurrentHashMap<>();

    public ServerStoredBytes(Supplier<EventChannel> server, JdbcClient db, ObjectMapper json) {
        this.server = server;
        this.db = db;
        this.json = json;
    }

    /** The server counts from 0, we from 1. What it hands out is in its place for ever. */
    @Override
    public long complete() {
        return now(server.get().getLastToken()) + 1;
    }

    @Override
    public Chunk behind(long position, int most) {
        long complete = complete();
        if (complete <= position) return new Chunk(position, List.of());
        long upTo = Math.min(complete, position + most);
        var rows = new ArrayList<Row>();
        read(position, upTo, rows::add);
        return new Chunk(upTo, rows);
    }

    @Override
    public List<Row> at(TenantId tenant, Collection<Long> positions) {
        var wanted = positions.stream().sorted().distinct().toList();
        var rows = new ArrayList<Row>();
        for (int from = 0, to; from < wanted.size(); from = to) {
            to = from + 1;
            while (to < wanted.size() && wanted.get(to) - wanted.get(to - 1) < WORTH_A_NEW_STREAM) to++;
            var run = wanted.subList(from, to);
            read(run.getFirst() - 1, run.getLast(), row -> {
                if (tenant.equals(row.tenant()) && run.contains(row.position())) rows.add(row);
            });
        }
        return rows;
    }

    @Override
    public Map<String, Long> positions(TenantId tenant, Collection<String> ids) {
        var uuids =
                ids.stream().filter(id -> UUID_TEXT.matcher(id).matches()).collect(Collectors.joining(",", "{", "}"));
        var known = new HashMap<String, Long>();
        db.sql("SELECT event_id::text, position FROM store.located WHERE event_id = ANY (?::uuid[]) AND tenant = ?")
                .params(uuids, tenant.value())
                .query(row -> {
                    known.put(row.getString(1), row.getLong(2));
                });
        return known;
    }

    @Override
    public List<Long> ofAggregate(TenantId tenant, String aggregate) {
        var ids = server.get()
                .openAggregateStream(aggregate, false)
                .asStream()
                .map(Event::getMessageIdentifier)
                .toList();
        return positions(tenant, ids).values().stream().sorted().toList();
    }

    @Override
    public List<Long> ofAggregates(TenantId tenant, Collection<String> aggregates, int most) {
        return aggregates.stream()
                .distinct()
                .flatMap(aggregate -> ofAggregate(tenant, aggregate).stream())
                .limit(most)
                .sorted()
                .toList();
    }

    @Override
    public List<Long> decidedAbout(TenantId tenant, String aggregate) {
        var found = new ArrayList<Long>();
        everything(row -> {
            if (row.stream() == Stream.DECISIONS
                    && tenant.equals(row.tenant())
                    && (aggregate.equals(row.aggregate()) || new String(row.payload(), UTF_8).contains(aggregate)))
                found.add(row.position());
        });
        return found;
    }

    @Override
    public List<Long> naming(TenantId tenant, UUID id, int most) {
        var newest = new ArrayDeque<Long>();
        var named = "\"" + id + "\"";
        everything(row -> {
            if (!tenant.equals(row.tenant()) || !new String(row.payload(), UTF_8).contains(named)) return;
            newest.add(row.position());
            if (newest.size() > most) newest.remove();
        });
        return List.copyOf(newest);
    }

    private void everything(Consumer<Row> each) {
        read(0, complete(), each);
    }

    /** All events behind a position up to another one, which the server is known to have. */
    private void read(long behind, long upTo, Consumer<Row> each) {
        if (behind >= upTo) return;
        try (var events = server.get().openStream(behind - 1, BUFFER)) {
            for (long position = behind; position < upTo; ) {
                var row = row(next(events));
                position = row.position();
                if (position <= upTo) each.accept(row);
            }
        }
    }

    private static EventWithToken next(EventStream events) {
        try {
            var next = events.nextIfAvailable(SECONDS, TimeUnit.SECONDS);
            if (next != null) return next;
            throw new EventStoreException(
                    "Axon Server does not go on", events.getError().orElse(null));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("Stopped while reading", stopping);
        }
    }

    private Row row(EventWithToken stored) {
        var event = stored.getEvent();
        var payload = event.getPayload();
        var aggregate = event.getAggregateIdentifier();
        boolean plain = aggregate.isEmpty() || aggregate.equals(event.getMessageIdentifier());
        var envelope = envelope(event.getMetaDataMap());
        return new Row(
                stored.getToken() + 1,
                kinds.computeIfAbsent(payload.getType(), ServerStoredBytes::streamOf),
                tenant(envelope),
                event.getMessageIdentifier(),
                Instant.ofEpochMilli(event.getTimestamp()),
                payload.getType(),
                payload.getRevision().isEmpty() ? null : payload.getRevision(),
                payload.getData().toByteArray(),
                bytes(envelope),
                plain ? null : event.getAggregateType(),
                plain ? null : aggregate,
                plain ? 0 : event.getAggregateSequenceNumber());
    }

    private static Stream streamOf(String payloadType) {
        try {
            return Stream.of(Class.forName(payloadType));
        } catch (ClassNotFoundException of) {
            return Stream.DECISIONS; // Another version's or another program's: nobody's telemetry.
        }
    }

    /** The server takes metadata apart; put together by name it is one text for ever. */
    private ObjectNode envelope(Map<String, MetaDataValue> metadata) {
        var envelope = json.createObjectNode();
        new TreeMap<>(metadata).forEach((name, value) -> {
            switch (value.getDataCase()) {
                case TEXT_VALUE -> envelope.put(name, value.getTextValue());
                case NUMBER_VALUE -> envelope.put(name, value.getNumberValue());
                case BOOLEAN_VALUE -> envelope.put(name, value.getBooleanValue());
                case DOUBLE_VALUE -> envelope.put(name, value.getDoubleValue());
                case BYTES_VALUE ->
                    envelope.put(name, value.getBytesValue().getData().toStringUtf8());
                case DATA_NOT_SET -> envelope.putNull(name);
            }
        });
        return envelope;
    }

    private static @Nullable TenantId tenant(ObjectNode envelope) {
        try {
            return TenantId.of(envelope.path(Envelope.TENANT).asText());
        } catch (IllegalArgumentException nobodys) {
            return null;
        }
    }

    private byte[] bytes(ObjectNode envelope) {
        try {
            return json.writeValueAsBytes(envelope);
        } catch (IOException impossible) {
            throw new IllegalStateException("texts and numbers can be written", impossible);
        }
    }

    private static <T> T now(CompletableFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("Stopped while asking", stopping);
        } catch (ExecutionException | TimeoutException away) {
            throw new EventStoreException("Axon Server does not answer", away);
        }
    }
}
