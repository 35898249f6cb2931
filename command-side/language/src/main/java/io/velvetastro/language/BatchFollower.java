package io.velvetastro.language;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;

/**
 * Whoever reads the streams in order and in batches: a projection, the detection, the chain. The store finds these beans, gives each a thread, and keeps its place.
 */
public interface BatchFollower {
    /** Its name for ever: its place in the streams is kept under it. */
    String name();

    /** What it reads. Several streams come merged in the one order of the store, the same order in every replay. */
    Set<Stream> streams();

    /**
     * Takes events in order, within a unit of work and a transaction that also moves its place: whatever is thrown undoes both. An event may come again after a crash. Updates emitted here reach their readers after the commit.
     */
    void follow(List<? extends EventMessage<?>> batch);

    /** Events with the same answer keep their order: when one of them is parked, its successors wait behind it. */
    default Object sequence(EventMessage<?> event) {
        return event.getMetaData().getOrDefault(Envelope.TENANT, event.getIdentifier());
    }

    /** The most events it wants at once. */
    default int batchSize() {
        return 500;
    }

    /**
     * How long it lets events gather between two batches while they come in small numbers. What nobody waits for costs a fraction in larger batches.
     */
    default Duration pace() {
        return Duration.ZERO;
    }

    /**
     * Whether an event that it cannot take is parked with its sequence, so that the others go on. Where not, the follower stops at that event and tries again until it succeeds.
     */
    default boolean parks() {
        return true;
    }
}
