package io.velvetastro.sagas.playbook;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/**
 * Sends what playbooks order, in the playbook's own name. Each command is decided on a thread and in a transaction of its own, as it would be in another process: a refusal must not undo the saga's
 * own work, and a crash in between finds the effect done and its repetition harmless.
 */
@Component
public class Answers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CommandGateway commands;
    private final ExecutorService apart = Executors.newVirtualThreadPerTaskExecutor();

    Answers(CommandGateway commands) {
        this.commands = commands;
    }

    /** @param at when what is answered was decided */
    Answer to(EventMessage<?> event, TenantId tenant, String actor, Instant at) {
        var envelope = new HashMap<String, Object>(Envelope.of(tenant, actor, at));
        envelope.put(
                Envelope.CORRELATION, event.getMetaData().getOrDefault(Envelope.CORRELATION, event.getIdentifier()));
        envelope.put(Envelope.CAUSATION, event.getIdentifier());
        var simulated = event.getMetaData().get(Envelope.SIMULATED);
        if (simulated != null) envelope.put(Envelope.SIMULATED, simulated);
        return new Answer(Map.copyOf(envelope));
    }

    @Override
    public void close() {
        apart.shutdown();
    }

    /** One answer to one event, command by command. */
    final class Answer {
        private final Map<String, ?> envelope;

        private Answer(Map<String, ?> envelope) {
            this.envelope = envelope;
        }

        /** Returns when it is decided; whatever goes wrong is thrown, so that the processor tries again. */
        void send(Object command) {
            var decided = apart.submit(() -> commands.sendAndWait(new GenericCommandMessage<>(command, envelope)));
            try {
                decided.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException known
                        ? known
                        : new CommandExecutionException("A playbook's command failed", failed.getCause());
            } catch (TimeoutException slow) {
                throw new CommandExecutionException("A playbook's command was not decided in time", slow);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CommandExecutionException("A playbook was stopped", stopped);
            }
        }

        /** Whether it was declined for this one reason, which is an answer too. */
        boolean declined(Object command, Refused.Why why) {
            try {
                send(command);
                return false;
            } catch (RuntimeException refused) {
                if (Refused.in(refused) == why) return true;
                throw refused;
            }
        }
    }
}
