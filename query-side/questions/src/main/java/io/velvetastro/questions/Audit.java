package io.velvetastro.questions;

import io.velvetastro.language.EventId;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about who decided what. */
public interface Audit {

    record AuditLog(
            TenantId tenant, AuditFilter filter, @Nullable String cursor, int limit) {}

    /**
     * @param actor as events carry it, such as {@code member:…}; null for everybody
     * @param about part of what an entry says, such as an id
     */
    record AuditFilter(
            @Nullable Instant from,
            @Nullable Instant to,
            Set<String> types,
            @Nullable String actor,
            @Nullable String about) {
        public static AuditFilter none() {
            return new AuditFilter(null, null, Set.of(), null, null);
        }
    }

    record AuditPage(List<AuditRow> items, @Nullable String next) {}

    /**
     * @param actor as events carry it
     * @param by the same as people read it
     * @param says the clear facts of the event, none of which anybody typed
     */
    record AuditRow(EventId id, Instant at, String type, String actor, String by, String says) {}
}
