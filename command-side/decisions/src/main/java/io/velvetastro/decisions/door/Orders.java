package io.velvetastro.decisions.door;

import io.velvetastro.language.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a controller gives a command: it waits for the decision, and what was declined is thrown. */
@Component
public class Orders {
    private final CommandGateway commands;
    private final Clock clock;

    Orders(CommandGateway commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    public void give(Object command) {
        commands.sendAndWait(command);
    }

    public Instant now() {
        return clock.instant();
    }

    /** The id of something new: the same for a request that is sent again with its key, so that even an answer lost in a crash makes it once. */
    public UUID idFor(Caller caller, @Nullable String idempotencyKey) {
        if (idempotencyKey == null) return UUID.randomUUID();
        var name = caller.tenant() + " " + caller.member() + " " + idempotencyKey;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
