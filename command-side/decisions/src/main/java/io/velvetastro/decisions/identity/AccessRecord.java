package io.velvetastro.decisions.identity;

import io.velvetastro.language.AccessCommand.RecordAccess;
import io.velvetastro.language.AccessEvent;
import io.velvetastro.language.AccessId;
import io.velvetastro.language.Envelope;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Makes a fact of what the door has just decided: in the same transaction, so that neither is without the other, and through the door of commands, which refuses it all where the caller may not. */
@Component
class AccessRecord {
    private final CommandGateway commands;

    AccessRecord(CommandGateway commands) {
        this.commands = commands;
    }

    void keep(AccessEvent fact) {
        give(new RecordAccess(new AccessId(UUID.randomUUID()), fact));
    }

    /** What happens while somebody is still at the door, and nobody is signed in. */
    void keepAtTheDoor(AccessEvent fact) {
        give(new GenericCommandMessage<>(
                new RecordAccess(new AccessId(UUID.randomUUID()), fact),
                Envelope.of(fact.tenant(), "service:velvet-astro", fact.at())));
    }

    /** What somebody who is signed in does about an organisation other than the one they are in; the fact itself says who it was. */
    void keepElsewhere(AccessEvent fact) {
        var who = SecurityContextHolder.getContext();
        SecurityContextHolder.clearContext(); // The door takes nobody's word for another organisation.
        try {
            keepAtTheDoor(fact);
        } finally {
            SecurityContextHolder.setContext(who);
        }
    }

    private void give(Object order) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("a fact is kept with what it tells of, or not at all");
        commands.sendAndWait(order);
    }
}
