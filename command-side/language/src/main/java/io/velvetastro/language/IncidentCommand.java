package io.velvetastro.language;

import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything one may ask of an incident. */
public sealed interface IncidentCommand {
    @TargetAggregateIdentifier
    IncidentId incidentId();

    TenantId tenant();

    Instant at();

    /** The chain engine tells a story for the first time. */
    record OpenIncident(IncidentId incidentId, TenantId tenant, StoryState story, Instant at)
            implements IncidentCommand {}

    /** The story went on; {@code story} is its whole present state, {@code story.news()} what was added. */
    record GrowIncident(IncidentId incidentId, TenantId tenant, StoryState story, Instant at)
            implements IncidentCommand {}

    /** Two stories turned out to be one: this incident goes on inside another. */
    record AbsorbIncident(IncidentId incidentId, TenantId tenant, IncidentId into, Instant at)
            implements IncidentCommand {}

    record AdviseContainment(
            IncidentId incidentId, TenantId tenant, Network network, FindingId because, boolean history, Instant at)
            implements IncidentCommand {}

    record AssignIncident(
            IncidentId incidentId,
            TenantId tenant,
            @Nullable MemberId assignee,
            Instant at) implements IncidentCommand {}

    /** {@code text} is sealed before it is sent: comments name people. */
    record CommentOnIncident(IncidentId incidentId, TenantId tenant, Sealed text, Instant at)
            implements IncidentCommand {}

    record ResolveIncident(
            IncidentId incidentId,
            TenantId tenant,
            Disposition disposition,
            @Nullable Sealed note,
            Instant at) implements IncidentCommand {}

    record ReopenIncident(
            IncidentId incidentId,
            TenantId tenant,
            @Nullable Sealed note,
            Instant at) implements IncidentCommand {}

    /**
     * What a story looks like now.
     *
     * @param firstAt when its oldest evidence occurred
     * @param stages the distinct stages seen, in order of first evidence
     * @param news the findings that were added since the last time it was told
     */
    record StoryState(
            String title,
            Severity severity,
            Stage stage,
            List<Stage> stages,
            Instant firstAt,
            Instant lastAt,
            long findings,
            long events,
            boolean history,
            boolean simulated,
            List<FindingId> news) {}
}
