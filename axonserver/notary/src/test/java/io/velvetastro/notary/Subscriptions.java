package io.velvetastro.notary;

import io.velvetastro.language.Plan;
import io.velvetastro.language.Plans;
import io.velvetastro.language.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What organisations have subscribed to, as a test says. */
final class Subscriptions implements Plans {
    private final Map<TenantId, Plan> plans = new ConcurrentHashMap<>();

    void set(TenantId tenant, Plan plan) {
        plans.put(tenant, plan);
    }

    @Override
    public Optional<Plan> of(TenantId tenant) {
        return Optional.ofNullable(plans.get(tenant));
    }
}
