package io.velvetastro.store.streams;

import io.velvetastro.language.Stream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.TrackedEventMessage;

/** The three streams as something to read from, wherever they are kept. Positions grow along the one order of the store; 0 is before the first event. */
public interface Streams {
    Reader reader(Collection<Stream> streams, long position);

    /** A reader from the first event on; it shares nothing, so it neither waits for others nor makes them wait. */
    Reader readerOfAll(Collection<Stream> streams);

    /** The one event at a position. */
    TrackedEventMessage<?> at(Collection<Stream> streams, long position);

    /** The position of each stream's last event, 0 for an empty one. */
    Map<Stream, Long> ends();

    /** The position of an event that was read from here. */
    static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }

    /** One reader's way through some streams. Not for use by two threads at once. */
    interface Reader extends AutoCloseable {
        /** Everything up to here has been handed over. */
        long position();

        /** The next events in order; empty when there are none now. */
        List<TrackedEventMessage<?>> next();

        /** Waits until there may be something new, at most so long. */
        void await(long nanos) throws InterruptedException;

        @Override
        void close();
    }
}
