package io.velvetastro.decisions.door;

import io.velvetastro.language.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sums of what each organisation spent, and who has spent since somebody last asked. */
public final class Spending {
    private final Map<TenantId, Long> sums = new HashMap<>();
    private final Set<TenantId> changed = new HashSet<>();

    public synchronized void add(TenantId tenant, long spent) {
        sums.merge(tenant, spent, Long::sum);
        changed.add(tenant);
    }

    public synchronized Map<TenantId, Long> news() {
        var news = new HashMap<TenantId, Long>();
        for (var tenant : changed) news.put(tenant, sums.getOrDefault(tenant, 0L));
        changed.clear();
        return news;
    }
}
