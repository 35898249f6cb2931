package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Place;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about the attack feed: one row a series of findings, newest activity first. */
public interface Attacks {

    /** A page of the feed. {@code limit} 1 to 500; {@code cursor} from the page before, or null. */
    record AttackFeed(
            TenantId tenant, Filter filter, @Nullable String cursor, int limit) {}

    /** How many rows each value of each facet would leave. */
    record AttackFacets(TenantId tenant, Filter filter) {}

    /** One row and all that explains it; answered with an empty list when this tenant has none such. */
    record AttackDetails(TenantId tenant, SeriesId series) {}

    /** Empty sets and nulls filter nothing. {@code text} matches title, source, user and host by part. */
    record Filter(
            @Nullable Instant from,
            @Nullable Instant to,
            Set<Severity> severities,
            Set<Stage> stages,
            Set<Engine> engines,
            Set<Outcome> outcomes,
            @Nullable String source,
            @Nullable String user,
            @Nullable String text,
            @Nullable IncidentId incident) {
        public static Filter none() {
            return new Filter(null, null, Set.of(), Set.of(), Set.of(), Set.of(), null, null, null, null);
        }
    }

    /** What has been done about it; the first that is true. */
    enum Outcome {
        /** Its incident is resolved. */
        RESOLVED,
        /** Each of its sources is kept out by a block that nobody lifted and that outlasts its latest activity. */
        BLOCKED,
        /** It is part of an incident that is not resolved, and at least HIGH. */
        NEEDS_YOU,
        WATCHING
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttackRow(
            SeriesId id,
            Instant at,
            Instant firstAt,
            Severity severity,
            Stage stage,
            Engine engine,
            String rule,
            String title,
            @Nullable String source,
            @Nullable Place place,
            @Nullable String user,
            int users,
            @Nullable String host,
            long count,
            Outcome outcome,
            @Nullable IncidentId incident,
            boolean history,
            boolean simulated) {}

    /** {@code total} counts every row that passes the filter; with {@code source}, {@code user} or {@code text} it stops at 10,000. */
    record AttackPage(List<AttackRow> items, @Nullable String next, long total) {}

    record FacetCounts(
            Map<Severity, Long> severities,
            Map<Stage, Long> stages,
            Map<Engine, Long> engines,
            Map<Outcome, Long> outcomes,
            long total) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttackDetail(
            AttackRow row,
            int ruleVersion,
            double score,
            String explanation,
            List<FindingRaised.Weight> why,
            List<FindingRaised.Technique> techniques,
            List<EntityRow> entities,
            List<EventId> evidence,
            Instant recordedAt) {}

    /** Someone or something with its name opened; "erased" when its key was destroyed. */
    record EntityRow(FindingRaised.Entity.Kind kind, FindingRaised.Entity.Role role, String id, String name) {}

    /** Attacks by origin for the map, most first; places without coordinates are one row with null place. */
    record AttackOrigins(
            TenantId tenant,
            @Nullable Instant from,
            @Nullable Instant to,
            Set<Severity> severities,
            Set<Stage> stages,
            int limit) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OriginRow(
            @Nullable String country,
            @Nullable String city,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable Long asn,
            @Nullable String asOrganization,
            long attacks,
            long events,
            Severity severity,
            String topTitle,
            @Nullable String topSource,
            Instant lastAt,
            @Nullable IncidentId incident) {}

    /** The busiest sources or users since {@code from}. */
    record TopActors(TenantId tenant, Instant from, By by, int limit) {
        public enum By {
            SOURCE,
            USER
        }
    }

    record TopRow(String name, long events, Severity severity) {}

    /** Told to whoever asked AttackFeed, AttackFacets, AttackDetails, AttackOrigins or TopActors: something in this tenant's feed changed. Ask again. */
    record AttacksChanged(TenantId tenant) {}
}
