package io.velvetastro.notary;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.DoubtCommand.AcknowledgeDoubt;
import io.velvetastro.language.DoubtEvent.DoubtAcknowledged;
import io.velvetastro.language.DoubtsId;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** What an organisation has said about events that had been changed before the ledger had them. */
@Aggregate
class Doubts {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable DoubtsId id;

    private final Set<Long> acknowledged = new HashSet<>();

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(AcknowledgeDoubt command) {
        if (!acknowledged.contains(command.leaf()))
            apply(new DoubtAcknowledged(command.tenant(), command.leaf(), command.reason(), command.at()));
    }

    @EventSourcingHandler
    void on(DoubtAcknowledged event) {
        id = DoubtsId.of(event.tenant());
        acknowledged.add(event.leaf());
    }
}
