package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.EventId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about everything that is stored, and about the proof of it. */
public interface Forensics {

    /** A page of the event history, latest occurrence first. {@code limit} 1 to 200. */
    record EventHistory(
            TenantId tenant, HistoryFilter filter, @Nullable String cursor, int limit) {}

    /**
     * What to look for; absent parts ask for nothing.
     *
     * @param types event types by their short names, such as {@code LoginFailed}
     * @param user a whole name as a customer's system knows it, in any case
     * @param address a whole address
     * @param principal the opaque name of an identity
     * @param incident its decisions, its findings, and the events that those name
     */
    record HistoryFilter(
            @Nullable Instant from,
            @Nullable Instant to,
            Set<String> types,
            @Nullable String user,
            @Nullable String address,
            @Nullable String principal,
            @Nullable IncidentId incident) {
        public static HistoryFilter none() {
            return new HistoryFilter(null, null, Set.of(), null, null, null, null);
        }
    }

    /** One stored event in a line; {@code says} is the most telling of its clear facts, {@code user} and {@code address} were opened for the reader. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HistoryRow(
            EventId id,
            String type,
            Stream stream,
            Instant occurredAt,
            Instant recordedAt,
            @Nullable String user,
            @Nullable String address,
            @Nullable String host,
            String says,
            String actor) {}

    /** {@code total} is counted up to {@link #MOST_COUNTED}; what is more is called that. */
    record HistoryPage(List<HistoryRow> items, @Nullable String next, long total) {}

    long MOST_COUNTED = 10_000;
}
