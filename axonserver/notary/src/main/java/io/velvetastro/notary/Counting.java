package io.velvetastro.notary;

import static io.velvetastro.language.Refused.Why.CHANGED_MEANWHILE;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.CensusCommand.RecordCensus;
import io.velvetastro.language.CensusEvent.CensusTaken;
import io.velvetastro.language.CensusId;
import io.velvetastro.language.Refused;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** An organisation's censuses, end to end: no leaf is counted twice and none is passed over. */
@Aggregate
class Counting {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable CensusId id;

    private long counted;

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(RecordCensus command) {
        if (command.from() != counted || command.to() <= counted)
            throw new Refused(CHANGED_MEANWHILE, "The log is counted up to leaf " + counted + ".");
        apply(new CensusTaken(
                command.tenant(), command.from(), command.to(), command.ids(), command.root(), command.at()));
    }

    @EventSourcingHandler
    void on(CensusTaken event) {
        id = CensusId.of(event.tenant());
        counted = event.to();
    }
}
