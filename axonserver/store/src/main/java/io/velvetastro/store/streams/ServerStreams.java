package io.velvetastro.store.streams;

import io.velvetastro.language.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** The three streams in a store that keeps one: told apart by the kind of event. */
public final class ServerStreams implements Streams {
    private static final int MOST = 1_000;

    private final StreamableMessageSource<TrackedEventMessage<?>> events;

    public ServerStreams(StreamableMessageSource<TrackedEventMessage<?>> events) {
        this.events = events;
    }

    @Override
    public Reader reader(Collection<Stream> streams, long position) {
        return new Opened(Set.copyOf(streams), position);
    }

    @Override
    public Reader readerOfAll(Collection<Stream> streams) {
        return reader(streams, 0);
    }

    @Override
    public TrackedEventMessage<?> at(Collection<Stream> streams, long position) {
        try (var reader = reader(EnumSet.allOf(Stream.class), position - 1)) {
            for (int looks = 0; looks < 10; looks++) {
                var found = reader.next();
                if (!found.isEmpty()) return found.getFirst();
                reader.await(TimeUnit.SECONDS.toNanos(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("No event at " + position);
    }

    @Override
    public Map<Stream, Long> ends() {
        var head = events.createHeadToken();
        long end = head == null ? 0 : head.position().orElse(-1) + 1;
        return Arrays.stream(Stream.values()).collect(Collectors.toMap(Function.identity(), stream -> end));
    }

    /** The server counts from 0 and asks for the last event that was read; we count from 1. */
    private static @Nullable TrackingToken tokenOf(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }

    private final class Opened implements Reader {
        private final Set<Stream> streams;
        private final BlockingStream<TrackedEventMessage<?>> source;
        private long position;

        Opened(Set<Stream> streams, long position) {
            this.streams = streams;
            this.position = position;
            this.source = events.openStream(tokenOf(position));
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public List<TrackedEventMessage<?>> next() {
            var next = new ArrayList<TrackedEventMessage<?>>();
            try {
                while (next.size() < MOST && source.hasNextAvailable(0, TimeUnit.MILLISECONDS)) {
                    var event = source.nextAvailable();
                    position = Streams.position(event) + 1;
                    if (streams.contains(Stream.of(event.getPayloadType())))
                        next.add(event.withTrackingToken(new GlobalSequenceTrackingToken(position)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return next;
        }

        @Override
        public void await(long nanos) throws InterruptedException {
            source.hasNextAvailable((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
