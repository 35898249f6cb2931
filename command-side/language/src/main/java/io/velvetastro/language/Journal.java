package io.velvetastro.language;

import java.util.List;
import java.util.Set;

/** The door to the event store for facts that nobody decides: telemetry and findings. */
public interface Journal {
    /**
     * Appends the facts that are new in one transaction (it joins a running one) and answers their ids; those already stored are left out. Durable when it returns without a surrounding transaction.
     *
     * @throws Overloaded when readers lag too far behind to take more, or ({@link StillBeingStored}) when it cannot yet be said of one of them whether it is stored
     */
    Set<EventId> append(Stream stream, List<Fact> facts);

    /**
     * For what can wait, such as an old log that is imported: asked before its events are appended, so that what happens now finds room.
     *
     * @throws Overloaded when readers lag half as far behind as {@link #append} lets them
     */
    default void giveWay() {}
}
