package io.velvetastro.store.streams;

import io.velvetastro.language.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/** One reader's way through some streams, merged in the order of their positions. Not for use by two threads. */
final class StreamReader implements Streams.Reader {
    private final List<Stream> streams;
    private final List<Tail> tails;
    private final Arrivals arrivals;
    private long position;
    private long seenArrivals = -1;

    StreamReader(List<Stream> streams, List<Tail> tails, Arrivals arrivals, long position) {
        this.streams = streams;
        this.tails = tails;
        this.arrivals = arrivals;
        this.position = position;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public List<TrackedEventMessage<?>> next() {
        seenArrivals = arrivals.count(streams);
        // A piece without events is no end while it leads further.
        for (long before = -1; before < position; ) {
            before = position;
            var events = step();
            if (!events.isEmpty()) return events;
        }
        return List.of();
    }

    private List<TrackedEventMessage<?>> step() {
        var chunks = new ArrayList<Chunk>(tails.size());
        long reach = position;
        for (var tail : tails) {
            var chunk = tail.behind(position, position);
            chunks.add(chunk);
            reach = Math.max(reach, chunk.upTo());
        }
        long certain = Long.MAX_VALUE;
        for (int i = 0; i < chunks.size(); i++) {
            var chunk = chunks.get(i);
            // A quiet stream was last asked before the other one moved; without asking again its silence proves
            // nothing.
            if (chunk.upTo() < reach && chunk.events().isEmpty()) {
                chunk = tails.get(i).behind(position, reach);
                chunks.set(i, chunk);
            }
            certain = Math.min(certain, chunk.upTo());
        }
        position = Math.max(position, certain);
        return chunks.size() == 1 ? chunks.getFirst().events() : merged(chunks, certain);
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        long soonest = nanos;
        for (var tail : tails) soonest = Math.min(soonest, tail.nanosUntilNextLook());
        arrivals.await(streams, seenArrivals, Math.max(soonest, 1_000_000));
    }

    private static List<TrackedEventMessage<?>> merged(List<Chunk> chunks, long certain) {
        var events = new ArrayList<TrackedEventMessage<?>>();
        for (var chunk : chunks)
            for (var event : chunk.events()) if (Chunk.position(event) <= certain) events.add(event);
        events.sort(Comparator.comparingLong(Chunk::position));
        return events;
    }

    @Override
    public void close() {
        // Nothing is held between two reads.
    }
}
