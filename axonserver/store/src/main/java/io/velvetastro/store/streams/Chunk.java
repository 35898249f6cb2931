package io.velvetastro.store.streams;

import java.util.List;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/** All events of a stream with positions in ({@code after}, {@code upTo}]; there will never be others. */
record Chunk(long after, long upTo, List<TrackedEventMessage<?>> events) {
    /** The part behind a position within. */
    Chunk behind(long position) {
        if (position == after) return this;
        int from = 0;
        while (from < events.size() && position(events.get(from)) <= position) from++;
        return new Chunk(position, upTo, events.subList(from, events.size()));
    }

    boolean reachesBeyond(long position) {
        return after <= position && position < upTo;
    }

    static long position(TrackedEventMessage<?> event) {
        return ((GlobalSequenceTrackingToken) event.trackingToken()).getGlobalIndex();
    }
}
