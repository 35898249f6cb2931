package io.velvetastro.decisions.identity;

import static org.axonframework.modelling.command.AggregateCreationPolicy.ALWAYS;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.AccessCommand.RecordAccess;
import io.velvetastro.language.AccessId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One line in the record of who may come in. The rows of this room decide; an entry only keeps what they decided, and nothing ever comes after it. */
@Aggregate
class AccessEntry {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable AccessId id;

    @CommandHandler
    @CreationPolicy(ALWAYS)
    void decide(RecordAccess command) {
        id = command.accessId(); // Here and not by the event: an entry is written once and never loaded.
        apply(command.fact());
    }
}
