package io.velvetastro.store.axon;

import io.velvetastro.language.Stream;
import io.velvetastro.store.streams.JdbcStreams;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.jspecify.annotations.Nullable;

/** Axon's event store for what is decided. It writes as Axon does, and is read through our streams: without gaps, and within milliseconds. */
final class DecisionStore extends EmbeddedEventStore {
    private final JdbcStreams streams;

    DecisionStore(Builder builder, JdbcStreams streams) {
        super(builder);
        this.streams = streams;
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        streams.appendedTo(Stream.DECISIONS);
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return streams.source(Stream.DECISIONS).openStream(token);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return streams.source(Stream.DECISIONS).createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return streams.source(Stream.DECISIONS).createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return streams.source(Stream.DECISIONS).createTokenAt(at);
    }
}
