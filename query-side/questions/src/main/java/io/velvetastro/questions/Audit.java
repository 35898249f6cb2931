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

    /**
     * The oldest entries behind a place, in the order of the store, for whoever takes them elsewhere.
     *
     * @param after a place that an answer has named; 0 for the beginning
     * @param upTo the last place that is wanted, where what was sent once is wanted again
     */
    record RecordAfter(
            TenantId tenant, long after, @Nullable Long upTo, int limit) {}

    record RecordPiece(List<PlacedRow> items) {}

    /** An entry and its place in the one order of the store. */
    record PlacedRow(long place, AuditRow row) {}

    /** Where the record ends now, and how much lies behind a place. */
    record RecordEnd(TenantId tenant, long after) {}

    /** {@code waiting} is counted up to {@link #MOST_WAITING}. */
    record RecordEndAnswer(long last, long waiting) {}

    long MOST_WAITING = 10_000;
}
