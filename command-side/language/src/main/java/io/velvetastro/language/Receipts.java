package io.velvetastro.language;

import java.util.Collection;
import java.util.List;

/** The door to signed promises: who sent an event can keep one, and hold us to it. */
public interface Receipts {
    /**
     * Signed notes that name these stored events and what they will be in the ledger, in several where there are many. An event that is not stored, or not this organisation's, is in none.
     */
    List<String> of(TenantId tenant, Collection<EventId> events);
}
