package io.velvetastro.notary;

import io.velvetastro.language.TenantId;
import io.velvetastro.notary.LedgerTables.Log;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The logs at their growing ends, kept in memory as long as there is room. For the notary's one thread. */
final class GrowingLogs {
    private static final int MOST_IN_MEMORY = 20_000;

    private final LedgerTables tables;
    private final Continuity continuity;
    private final Map<TenantId, GrowingLog> byTenant = new HashMap<>();
    private final Map<Integer, GrowingLog> byNumber = new HashMap<>();
    private final Set<Integer> unanchored = new LinkedHashSet<>();

    GrowingLogs(LedgerTables tables, Continuity continuity) {
        this.tables = tables;
        this.continuity = continuity;
        forget();
    }

    GrowingLog of(TenantId tenant) {
        var known = byTenant.get(tenant);
        if (known != null) return known;
        if (byNumber.size() >= MOST_IN_MEMORY) dropLogs();
        var opened = of(tables.logOf(tenant));
        byTenant.put(tenant, opened);
        return opened;
    }

    GrowingLog of(Log log) {
        return byNumber.computeIfAbsent(log.number(), number -> {
            long size = tables.size(number);
            var tree = tables.tree(number, size);
            var growing = new GrowingLog(log, tree, size);
            continuity.require(log, tree, size, growing.root());
            return growing;
        });
    }

    GrowingLog of(int number) {
        var known = byNumber.get(number);
        return known != null ? known : of(tables.log(number));
    }

    void grew(GrowingLog log) {
        unanchored.add(log.log().number());
    }

    Set<Integer> unanchored() {
        return unanchored;
    }

    /** After a failure the tables alone know what is so. */
    void forget() {
        dropLogs();
        unanchored.clear();
        unanchored.addAll(tables.unanchored());
    }

    private void dropLogs() {
        byTenant.clear();
        byNumber.clear();
    }
}
