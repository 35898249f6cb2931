package io.velvetastro.views.story;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What a batch changed, so that each screen is told once. */
final class Changes {
    private final Set<TenantId> attacks = new HashSet<>();
    private final Set<TenantId> defense = new HashSet<>();
    private final Map<TenantId, Set<IncidentId>> incidents = new HashMap<>();

    private final Map<UUID, Long> reached = new HashMap<>();
    private final Set<Key> outcomes = new HashSet<>();
    private final Set<Key> contained = new HashSet<>();

    /** The place of an event of the batch. */
    void reached(UUID tenant, long position) {
        reached.merge(tenant, position, Math::max);
    }

    /** Where the batch ended for one organisation. */
    long reached(UUID tenant) {
        return Objects.requireNonNull(reached.get(tenant));
    }

    /** Attacks with another outcome, or in another incident, by the news of others. */
    Set<Key> outcomes() {
        return outcomes;
    }

    /** Incidents whose sources are kept out, or no longer, by the news of others. */
    Set<Key> contained() {
        return contained;
    }

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
