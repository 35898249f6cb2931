package io.velvetastro.views.story;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a batch changed, so that each screen is told once. */
final class Changes {
    private final Set<TenantId> attacks = new HashSet<>();
    private final Set<TenantId> defense = new HashSet<>();
    private final Map<TenantId, Set<IncidentId>> incidents = new HashMap<>();

    void attacks(UUID tenant) {
        attacks.add(new TenantId(tenant));
    }

    void defense(UUID tenant) {
        defense.add(new TenantId(tenant));
    }

    void incident(UUID tenant, UUID incident) {
        incidents.computeIfAbsent(new TenantId(tenant), t -> new HashSet<>()).add(new IncidentId(incident));
    }

    Set<TenantId> attacks() {
        return attacks;
    }

    Set<TenantId> defense() {
        return defense;
    }

    Map<TenantId, Set<IncidentId>> incidents() {
        return incidents;
    }

    Set<TenantId> tenants() {
        var all = new HashSet<>(attacks);
        all.addAll(defense);
        all.addAll(incidents.keySet());
        return all;
    }
}
