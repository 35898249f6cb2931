package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can have happened to an incident. */
public sealed interface IncidentEvent {
    IncidentId incidentId();

    TenantId tenant();

    Instant at();

    @Revision("1")
    record IncidentOpened(IncidentId incidentId, TenantId tenant, IncidentCommand.StoryState story, Instant at)
            implements IncidentEvent {}

    @Revision("1")
    record IncidentGrew(IncidentId incidentId, TenantId tenant, IncidentCommand.StoryState story, Instant at)
            implements IncidentEvent {}

    @Revision("1")
    record IncidentAbsorbed(IncidentId incidentId, TenantId tenant, IncidentId into, Instant at)
            implements IncidentEvent {}

    /** A source should be kept out; playbooks wait for this. */
    @Revision("1")
    record ContainmentAdvised(
            IncidentId incidentId, TenantId tenant, Network network, FindingId because, boolean history, Instant at)
            implements IncidentEvent {}

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IncidentAssigned(
            IncidentId incidentId,
            TenantId tenant,
            @Nullable MemberId assignee,
            Instant at) implements IncidentEvent {}

    @Revision("1")
    record IncidentCommented(IncidentId incidentId, TenantId tenant, Sealed text, Instant at)
            implements IncidentEvent {}

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IncidentResolved(
            IncidentId incidentId,
            TenantId tenant,
            Disposition disposition,
            @Nullable Sealed note,
            Instant at) implements IncidentEvent {}

    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IncidentReopened(
            IncidentId incidentId,
            TenantId tenant,
            @Nullable Sealed note,
            Instant at) implements IncidentEvent {}
}
