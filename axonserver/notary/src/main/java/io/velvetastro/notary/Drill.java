package io.velvetastro.notary;

import static org.axonframework.modelling.command.AggregateCreationPolicy.ALWAYS;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.DrillCommand.RecordTamperDrill;
import io.velvetastro.language.DrillEvent.TamperDrilled;
import io.velvetastro.language.DrillId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One tamper drill as it is remembered, whether it went well or not. */
@Aggregate
class Drill {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable DrillId id;

    @CommandHandler
    @CreationPolicy(ALWAYS)
    void decide(RecordTamperDrill command) {
        apply(new TamperDrilled(
                command.drillId(),
                command.tenant(),
                command.firstLeaf(),
                command.events(),
                command.edits(),
                command.found(),
                command.falseAlarms(),
                command.millis(),
                command.at()));
    }

    @EventSourcingHandler
    void on(TamperDrilled event) {
        id = event.drillId();
    }
}
