package io.velvetastro.decisions.defense;

import io.velvetastro.language.IncidentEvent;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.TenantId;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Looks at the first event of an incident, which says whose it is. */
class StoredIncidents implements KnownIncidents {
    private final EventStore store;

    StoredIncidents(EventStore store) {
        this.store = store;
    }

    @Override
    public boolean has(TenantId tenant, IncidentId incident) {
        var events = store.readEvents(incident.toString(), 0);
        return events.hasNext()
                && events.next().getPayload() instanceof IncidentEvent first
                && first.tenant().equals(tenant);
    }
}
