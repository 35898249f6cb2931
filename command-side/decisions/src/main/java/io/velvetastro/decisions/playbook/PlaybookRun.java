package io.velvetastro.decisions.playbook;

import static io.velvetastro.language.Refused.Why.NOT_UNDOABLE;
import static java.util.Objects.requireNonNull;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.decisions.plan.Runs;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.PlaybookCommand;
import io.velvetastro.language.PlaybookCommand.RecordStep;
import io.velvetastro.language.PlaybookCommand.StartRun;
import io.velvetastro.language.PlaybookCommand.StepOutcome;
import io.velvetastro.language.PlaybookCommand.UndoStep;
import io.velvetastro.language.PlaybookEvent;
import io.velvetastro.language.PlaybookEvent.PlaybookRunStarted;
import io.velvetastro.language.PlaybookEvent.PlaybookStepCompleted;
import io.velvetastro.language.PlaybookEvent.PlaybookStepRefused;
import io.velvetastro.language.PlaybookEvent.PlaybookStepUndone;
import io.velvetastro.language.PlaybookEvent.PlaybookStepWithheld;
import io.velvetastro.language.Refused;
import io.velvetastro.language.RunId;
import io.velvetastro.language.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One run of a playbook about one incident: a step is recorded once, however often it is reported. */
@Aggregate
public class PlaybookRun {
    /** Beside an order to undo: the incident its giver had before them. */
    public static final String ABOUT = "incident";

    @AggregateIdentifier
    private @Nullable RunId id;

    private @Nullable TenantId tenant;
    private @Nullable IncidentId incident;
    private final Set<String> recorded = new HashSet<>();
    private final Map<String, PlaybookStepCompleted> undoable = new HashMap<>();
    private final Set<String> undone = new HashSet<>();
    private boolean acted;

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(StartRun command) {
        if (id == null) {
            apply(new PlaybookRunStarted(
                    command.runId(),
                    command.tenant(),
                    command.incident(),
                    command.playbook(),
                    command.version(),
                    command.at()));
        } else {
            checkTenant(command);
        }
    }

    @CommandHandler
    void decide(RecordStep command, Runs runs) {
        checkTenant(command);
        if (recorded.contains(command.step())) return;
        if (command.outcome() == StepOutcome.COMPLETED && !acted) runs.ran(command.tenant(), command.at());
        apply(outcomeOf(command));
    }

    @CommandHandler
    void decide(UndoStep command, @MetaDataValue(ABOUT) @Nullable String incident) {
        checkTenant(command);
        if (incident != null && !incident.equals(String.valueOf(this.incident))) throw Refused.notFound();
        if (undone.contains(command.step())) return;
        var done = undoable.get(command.step());
        if (done == null) throw new Refused(NOT_UNDOABLE, "This step left nothing that could be taken back.");
        apply(new PlaybookStepUndone(
                command.runId(),
                command.tenant(),
                done.incident(),
                command.step(),
                done.target(),
                done.rule(),
                command.reason(),
                command.at()));
    }

    @EventSourcingHandler
    void on(PlaybookRunStarted event) {
        id = event.runId();
        tenant = event.tenant();
        incident = event.incident();
    }

    @EventSourcingHandler
    void on(PlaybookStepCompleted event) {
        acted = true;
        recorded.add(event.step());
        if (event.rule() != null) undoable.put(event.step(), event);
    }

    @EventSourcingHandler
    void on(PlaybookStepWithheld event) {
        recorded.add(event.step());
    }

    @EventSourcingHandler
    void on(PlaybookStepRefused event) {
        recorded.add(event.step());
    }

    @EventSourcingHandler
    void on(PlaybookStepUndone event) {
        undone.add(event.step());
    }

    private PlaybookEvent outcomeOf(RecordStep it) {
        var about = requireNonNull(incident);
        return switch (it.outcome()) {
            case COMPLETED ->
                new PlaybookStepCompleted(
                        it.runId(), it.tenant(), about, it.step(), it.target(), it.rule(), it.detail(), it.at());
            case WITHHELD ->
                new PlaybookStepWithheld(it.runId(), it.tenant(), about, it.step(), it.target(), it.detail(), it.at());
            case REFUSED ->
                new PlaybookStepRefused(it.runId(), it.tenant(), about, it.step(), it.target(), it.detail(), it.at());
        };
    }

    /** Somebody else's run answers exactly as a missing one. */
    private void checkTenant(PlaybookCommand command) {
        if (!command.tenant().equals(tenant)) throw Refused.notFound();
    }
}
