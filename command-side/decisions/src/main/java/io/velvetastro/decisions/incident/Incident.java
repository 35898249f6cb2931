package io.velvetastro.decisions.incident;

import static io.velvetastro.language.Refused.Why.ALREADY_RESOLVED;
import static io.velvetastro.language.Refused.Why.CHANGED_MEANWHILE;
import static io.velvetastro.language.Refused.Why.NOT_RESOLVED;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.velvetastro.language.Disposition;
import io.velvetastro.language.IncidentCommand;
import io.velvetastro.language.IncidentCommand.AbsorbIncident;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.language.IncidentCommand.CommentOnIncident;
import io.velvetastro.language.IncidentCommand.GrowIncident;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.IncidentCommand.ReopenIncident;
import io.velvetastro.language.IncidentCommand.ResolveIncident;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.IncidentEvent.IncidentAbsorbed;
import io.velvetastro.language.IncidentEvent.IncidentAssigned;
import io.velvetastro.language.IncidentEvent.IncidentCommented;
import io.velvetastro.language.IncidentEvent.IncidentGrew;
import io.velvetastro.language.IncidentEvent.IncidentOpened;
import io.velvetastro.language.IncidentEvent.IncidentReopened;
import io.velvetastro.language.IncidentEvent.IncidentResolved;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Network;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One story of one adversary that people have to know of, kept current while it goes on. */
@Aggregate(snapshotTriggerDefinition = "incidentSnapshots", cache = "incidentCache")
@Revision("1")
class Incident {
    @AggregateIdentifier
    private @Nullable IncidentId id;

    private @Nullable TenantId tenant;
    private @Nullable Progress progress;
    private @Nullable MemberId assignee;
    private @Nullable Disposition disposition;
    private @Nullable IncidentId goesOnIn;
    private final Set<Network> advised = new HashSet<>();
    /** Advised once it was history: that held nobody out, so advice to act is still news. */
    private final Set<Network> advisedTooLate = new HashSet<>();

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(OpenIncident command) {
        if (id == null) {
            apply(new IncidentOpened(command.incidentId(), command.tenant(), command.story(), command.at()));
        } else { // The engine tells it again after a crash, perhaps with more to say.
            decide(new GrowIncident(command.incidentId(), command.tenant(), command.story(), command.at()));
        }
    }

    @CommandHandler
    void decide(GrowIncident command) {
        checkTenant(command);
        var news = Progress.of(command.story());
        if (goesOnIn != null || !news.saysMoreThan(progress)) return;
        boolean climbs = news.climbsAbove(progress);
        apply(new IncidentGrew(command.incidentId(), command.tenant(), command.story(), command.at()));
        if (isResolved() && climbs)
            apply(new IncidentReopened(command.incidentId(), command.tenant(), null, command.at()));
    }

    @CommandHandler
    void decide(AbsorbIncident command) {
        checkTenant(command);
        if (goesOnIn != null || command.into().equals(id)) return;
        apply(new IncidentAbsorbed(command.incidentId(), command.tenant(), command.into(), command.at()));
    }

    @CommandHandler
    void decide(AdviseContainment command) {
        checkTenant(command);
        boolean known =
                advised.contains(command.network()) || command.history() && advisedTooLate.contains(command.network());
        if (known || isBenign()) return;
        apply(new ContainmentAdvised(
                command.incidentId(),
                command.tenant(),
                command.network(),
                command.because(),
                command.history(),
                command.at()));
    }

    @CommandHandler
    void decide(
            AssignIncident command,
            Colleagues colleagues,
            @MetaDataValue(ExpectedVersion.KEY) @Nullable Long expected) {
        checkTenant(command);
        checkVersion(expected);
        checkIsNotMerged();
        var assignee = command.assignee();
        if (assignee != null && !colleagues.has(command.tenant(), assignee)) throw Refused.notFound();
        if (Objects.equals(this.assignee, assignee)) return;
        apply(new IncidentAssigned(command.incidentId(), command.tenant(), command.assignee(), command.at()));
    }

    @CommandHandler
    void decide(CommentOnIncident command) {
        checkTenant(command);
        apply(new IncidentCommented(command.incidentId(), command.tenant(), command.text(), command.at()));
    }

    @CommandHandler
    void decide(ResolveIncident command, @MetaDataValue(ExpectedVersion.KEY) @Nullable Long expected) {
        checkTenant(command);
        checkVersion(expected);
        checkIsNotMerged();
        if (isResolved()) throw new Refused(ALREADY_RESOLVED, "This incident is resolved already.");
        apply(new IncidentResolved(
                command.incidentId(), command.tenant(), command.disposition(), command.note(), command.at()));
    }

    @CommandHandler
    void decide(ReopenIncident command, @MetaDataValue(ExpectedVersion.KEY) @Nullable Long expected) {
        checkTenant(command);
        checkVersion(expected);
        if (!isResolved()) throw new Refused(NOT_RESOLVED, "This incident is not resolved.");
        apply(new IncidentReopened(command.incidentId(), command.tenant(), command.note(), command.at()));
    }

    @EventSourcingHandler
    void on(IncidentOpened event) {
        id = event.incidentId();
        tenant = event.tenant();
        progress = Progress.of(event.story());
    }

    @EventSourcingHandler
    void on(IncidentGrew event) {
        progress = Progress.of(event.story());
    }

    @EventSourcingHandler
    void on(IncidentAbsorbed event) {
        goesOnIn = event.into();
    }

    @EventSourcingHandler
    void on(ContainmentAdvised event) {
        (event.history() ? advisedTooLate : advised).add(event.network());
    }

    @EventSourcingHandler
    void on(IncidentAssigned event) {
        assignee = event.assignee();
    }

    @EventSourcingHandler
    void on(IncidentResolved event) {
        disposition = event.disposition();
    }

    @EventSourcingHandler
    void on(IncidentReopened event) {
        disposition = null;
    }

    private boolean isResolved() {
        return disposition != null;
    }

    /** People have looked and found no attack; engines do not overrule them. */
    private boolean isBenign() {
        return switch (disposition) {
            case null -> false;
            case TRUE_POSITIVE, UNDETERMINED -> false;
            case BENIGN_TRUE_POSITIVE, FALSE_POSITIVE_LOGIC, FALSE_POSITIVE_DATA -> true;
        };
    }

    /** Somebody else's incident answers exactly as a missing one. */
    private void checkTenant(IncidentCommand command) {
        if (!command.tenant().equals(tenant)) throw Refused.notFound();
    }

    private void checkIsNotMerged() {
        if (goesOnIn != null) throw new Refused(ALREADY_RESOLVED, "This incident goes on inside " + goesOnIn + ".");
    }

    private static void checkVersion(@Nullable Long expected) {
        if (expected != null && expected != getVersion() + 1) {
            throw new Refused(CHANGED_MEANWHILE, "The incident has changed since it was read.");
        }
    }
}
