package io.velvetastro.views.history;

import static io.velvetastro.views.jooq.Tables.FINDING;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Walled;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Knows where the events lie that an incident rests on: its findings, and what those name as evidence. */
@Component
class IncidentEvents {
    private static final int MOST = 10_000;
    private final DSLContext db;
    private final ObjectProvider<StoredBytes> store;

    IncidentEvents(@Walled DSLContext db, ObjectProvider<StoredBytes> store) {
        this.db = db;
        this.store = store;
    }

    /** Store positions. Without a store that can tell them (Axon Server), the incident is found by its decisions alone. */
    Collection<Long> positions(TenantId tenant, IncidentId incident) {
        var bytes = store.getIfAvailable();
        if (bytes == null) return List.of();
        var ids = new TreeSet<String>();
        try (var findings = db.select(FINDING.ID, FINDING.EVIDENCE)
                .from(FINDING)
                .where(FINDING.INCIDENT.eq(incident.value()), FINDING.TENANT.eq(tenant.value()))
                .orderBy(FINDING.POSITION.desc())
                .fetchLazy()) {
            for (var finding : findings) {
                ids.add(finding.value1().toString());
                for (UUID event : finding.value2()) ids.add(event.toString());
                if (ids.size() >= MOST) break;
            }
        }
        return ids.isEmpty() ? List.of() : bytes.positions(tenant, ids).values();
    }
}
