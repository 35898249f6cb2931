package io.velvetastro.decisions.defense;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.TenantId;

/** Tells whether an organisation has an incident, so that a rule is never tied to somebody else's. */
public interface KnownIncidents {
    boolean has(TenantId tenant, IncidentId incident);
}
