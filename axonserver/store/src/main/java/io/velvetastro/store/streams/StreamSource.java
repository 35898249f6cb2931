package io.velvetastro.store.streams;

import io.velvetastro.language.Stream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** Streams in the shape that Axon's event processors ask for. Its tokens are plain positions: the fence leaves no gaps. */
public final class StreamSource implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final JdbcStreams streams;
    private final Set<Stream> which;

    StreamSource(JdbcStreams streams, Set<Stream> which) {
        this.streams = streams;
        this.which = which;
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return new Opened(
                streams.reader(which, token == null ? 0 : token.position().orElse(0)));
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(
                which.stream().mapToLong(streams.ends()::get).max().orElse(0));
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        throw new UnsupportedOperationException("Positions are not found by time; read from the beginning and skip");
    }

    private static final class Opened implements TrackingEventStream {
        private final Streams.Reader reader;
        private final Queue<TrackedEventMessage<?>> fetched = new ArrayDeque<>();

        Opened(Streams.Reader reader) {
            this.reader = reader;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            if (fetched.isEmpty()) fetched.addAll(reader.next());
            return Optional.ofNullable(fetched.peek());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            if (peek().isPresent()) return true;
            var until = System.nanoTime() + unit.toNanos(timeout);
            while (System.nanoTime() < until) {
                reader.await(until - System.nanoTime());
                if (peek().isPresent()) return true;
            }
            return false;
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            for (; ; ) if (hasNextAvailable(1, TimeUnit.MINUTES)) return fetched.remove();
        }

        @Override
        public void close() {
            fetched.clear();
            reader.close();
        }
    }
}
