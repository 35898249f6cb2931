package io.velvetastro.store.streams;

import io.velvetastro.language.Stream;
import java.time.Duration;
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
    private final Arrivals arrivals;
    private final Duration lookAgain;

    /** @param lookAgain how long an append by another process may go unnoticed */
    StreamSource(JdbcStreams streams, Set<Stream> which, Arrivals arrivals, Duration lookAgain) {
        this.streams = streams;
        this.which = which;
        this.arrivals = arrivals;
        this.lookAgain = lookAgain;
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

    private final class Opened implements TrackingEventStream {
        private final Streams.Reader reader;
        private final Queue<TrackedEventMessage<?>> fetched = new ArrayDeque<>();
        private final long arrivedBefore = arrivals.count(which);
        private volatile boolean closed;

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

        /** Without it the processors would look twice a second, and an answer to an attack would wait for that. */
        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            Thread.ofVirtual().name("arrivals-of-" + which).start(() -> callOnArrival(callback));
            return true;
        }

        private void callOnArrival(Runnable callback) {
            long seen = arrivedBefore;
            try {
                while (!closed) {
                    arrivals.await(which, seen, lookAgain.toNanos());
                    seen = arrivals.count(which);
                    if (!closed) callback.run();
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed = true;
            fetched.clear();
            reader.close();
        }
    }
}
