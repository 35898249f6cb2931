package io.velvetastro.decisions.identity;

import io.velvetastro.language.AccessCommand.RecordAccess;
import io.velvetastro.language.AccessEvent;
import io.velvetastro.language.AccessId;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
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
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("a fact is kept with what it tells of, or not at all");
        commands.sendAndWait(new RecordAccess(new AccessId(UUID.randomUUID()), fact));
    }
}
