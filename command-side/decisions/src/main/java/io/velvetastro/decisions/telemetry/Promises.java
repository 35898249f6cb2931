package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.EventId;
import io.velvetastro.language.Receipts;
import io.velvetastro.language.TenantId;
import java.util.ArrayList;
import java.util.List;

/** Gathers what an import stored, new or known, and has it promised in writing once it is done. */
final class Promises {
    /** A receipt has a line for each event: a whole archive's would be longer than what was sent. */
    static final int MOST_EVENTS = 10_000;

    private final Receipts receipts;
    private final TenantId tenant;
    private final List<EventId> stored = new ArrayList<>();

    Promises(Receipts receipts, TenantId tenant) {
        this.receipts = receipts;
        this.tenant = tenant;
    }

    void stored(List<EventId> events) {
        stored.addAll(events.subList(0, Math.min(events.size(), MOST_EVENTS - stored.size())));
    }

    List<String> signed() {
        return stored.isEmpty() ? List.of() : receipts.of(tenant, stored);
    }
}
