package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions about traffic, health and the figures of the dashboard. */
public interface Monitor {

    /** Events by the time they occurred, in buckets of {@code bucketSeconds} (a multiple of 60), at most 2,000 buckets. */
    record Traffic(TenantId tenant, Instant from, Instant to, int bucketSeconds) {}

    /** {@code attacks} counts those of the events that findings of at least MEDIUM rest on, each once; a series that goes on tells at each doubling and every ten minutes, so the newest may be missing. */
    record TrafficPoint(Instant at, long succeeded, long failed, long alerts, long attacks) {}

    record TrafficAnswer(List<TrafficPoint> points) {}

    /** How the house is. Components name themselves: database, views, detection, geo, intake … */
    record Health(TenantId tenant) {}

    record HealthReport(State state, List<Component> components) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Component(String name, State state, String says, Map<String, String> figures) {}

    enum State {
        UP,
        DEGRADED,
        DOWN
    }

    /** The dashboard's tiles as of {@code now}; {@code dayStart} is midnight where the reader is. */
    record Figures(TenantId tenant, Instant now, Instant dayStart) {}

    /** {@code usualAttacks} is the mean of the same span on the same weekday in up to four weeks before, absent without history; an attack counts where its latest activity is; {@code containable} are sources whose blocking was advised, {@code contained} those of them that were blocked; medians are seconds; each trend has 24 points, oldest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FiguresAnswer(
            long openIncidents,
            long openedToday,
            long attacksToday,
            @Nullable Double usualAttacks,
            long containedToday,
            long containableToday,
            @Nullable Double medianSecondsToAcknowledge,
            long eventsToday,
            long standingBlocks,
            Map<Severity, Long> severitiesToday,
            List<Long> attackTrend,
            List<Long> incidentTrend,
            List<Long> eventTrend,
            List<Long> blockTrend) {}

    /** The stored events behind a finding, personal values opened; at most 200. */
    record RawEvents(TenantId tenant, List<EventId> ids) {}

    record RawEvent(EventId id, String type, Instant occurredAt, Instant recordedAt, String json) {}

    record RawEventsAnswer(List<RawEvent> events) {}

    /** Told to whoever asked Traffic or Figures, for anything that moves a figure. */
    record TrafficChanged(TenantId tenant) {}
}
