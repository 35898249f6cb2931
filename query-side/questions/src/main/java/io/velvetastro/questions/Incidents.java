package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about incidents. */
public interface Incidents {

    /** A page of incidents, latest activity first. {@code limit} 1 to 200. */
    record IncidentList(
            TenantId tenant, Filter filter, @Nullable String cursor, int limit) {}

    /** One incident whole; answered with an empty list when this tenant has none such. */
    record IncidentById(TenantId tenant, IncidentId incident) {}

    record Filter(
            Set<Severity> severities,
            Set<Status> statuses,
            Set<Stage> stages,
            @Nullable MemberId assignee,
            @Nullable String text,
            @Nullable Instant from,
            @Nullable Instant to) {
        public static Filter none() {
            return new Filter(Set.of(), Set.of(), Set.of(), null, null, null, null);
        }
    }

    /** OPEN until someone takes it, CONTAINED while every known source is blocked, MERGED when it went on inside another. MERGED and RESOLVED come before CONTAINED, CONTAINED before IN_PROGRESS. */
    enum Status {
        OPEN,
        IN_PROGRESS,
        CONTAINED,
        RESOLVED,
        MERGED
    }

    /** {@code openedAt} is when its oldest evidence occurred; {@code version} counts its events and is the ETag. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IncidentRow(
            IncidentId id,
            long number,
            String title,
            Severity severity,
            Status status,
            Stage stage,
            List<Stage> stages,
            Instant openedAt,
            Instant lastAt,
            Instant recordedAt,
            List<String> sources,
            List<String> users,
            List<String> hosts,
            long findings,
            long events,
            @Nullable MemberId assignee,
            @Nullable String assigneeName,
            @Nullable Disposition disposition,
            @Nullable IncidentId mergedInto,
            boolean history,
            boolean simulated,
            long version) {}

    /** {@code total} stops at 10,000. */
    record IncidentPage(List<IncidentRow> items, @Nullable String next, long total) {}

    record IncidentDetail(
            IncidentRow incident,
            List<TimelineEntry> timeline,
            List<KillChainStep> killChain,
            List<Evidence> evidence,
            List<Action> actions,
            List<Attacks.EntityRow> entities) {}

    /** One line of the story: a finding, or something that was decided. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TimelineEntry(
            Instant at,
            Kind kind,
            String title,
            String detail,
            @Nullable Severity severity,
            @Nullable Stage stage,
            @Nullable Engine engine,
            @Nullable String rule,
            @Nullable SeriesId series,
            List<FindingRaised.Technique> techniques,
            List<FindingRaised.Weight> why,
            List<EventId> evidence,
            long count,
            String actor) {
        public enum Kind {
            FINDING,
            DECISION,
            COMMENT
        }
    }

    record KillChainStep(
            Stage stage,
            Instant at,
            @Nullable String technique,
            @Nullable String techniqueName,
            List<EventId> eventIds) {}

    record Evidence(EventId eventId, Instant occurredAt) {}

    /** Something that was done, withheld or refused about it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Action(
            Instant at,
            String what,
            State state,
            @Nullable String target,
            @Nullable RuleId rule,
            @Nullable RunId run,
            @Nullable String step,
            @Nullable Instant until,
            String by,
            String detail) {
        public enum State {
            STANDING,
            ENDED,
            UNDONE,
            WITHHELD,
            REFUSED
        }
    }

    /** Told to whoever asked IncidentList or IncidentById: this incident changed. */
    record IncidentsChanged(TenantId tenant, IncidentId incident) {}
}
