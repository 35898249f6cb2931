package io.velvetastro.sagas.chain;

import io.velvetastro.engines.chain.Answer;
import io.velvetastro.engines.chain.Chain;
import io.velvetastro.language.Address;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentCommand;
import io.velvetastro.language.IncidentCommand.AbsorbIncident;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.GrowIncident;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.Network;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.sagas.memory.Memories;
import io.velvetastro.sagas.memory.TenantMemory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.EventMessage;

/**
 * Runs the chain over findings and tells incidents what became of their stories. With the local bus a command's events are part of this transaction; over Axon Server a crash may say a thing twice, and the incident takes it once.
 */
final class ChainFollower implements BatchFollower {
    static final String ACTOR = "engine:chain";

    private final Chain chain = new Chain();
    private final Memories memories;
    private final CommandGateway commands;
    private final Seals seals;
    private final Clock clock;

    ChainFollower(Memories memories, CommandGateway commands, Seals seals, Clock clock) {
        this.memories = memories;
        this.commands = commands;
        this.seals = seals;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "chain";
    }

    @Override
    public Set<Stream> streams() {
        return Set.of(Stream.FINDINGS);
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        memories.claim();
        var byTenant = new LinkedHashMap<TenantId, List<EventMessage<?>>>();
        for (var event : batch)
            if (event.getPayload() instanceof FindingRaised finding)
                byTenant.computeIfAbsent(finding.tenant(), none -> new ArrayList<>())
                        .add(event);
        var touched = new ArrayList<TenantMemory>();
        byTenant.forEach((tenant, events) -> touched.add(follow(tenant, events)));
        memories.save(touched);
    }

    private TenantMemory follow(TenantId tenant, List<EventMessage<?>> events) {
        var memory = memories.of(tenant);
        var findings =
                events.stream().map(event -> (FindingRaised) event.getPayload()).toList();
        findings.forEach(finding -> chain.willRecall(finding, memory::want));
        memory.fetch();
        var latest = events.getLast();
        for (var answer : chain.follow(memory, findings))
            command(tenant, answer, clock.instant()).ifPresent(command -> send(command, latest));
        return memory;
    }

    private Optional<IncidentCommand> command(TenantId tenant, Answer answer, Instant at) {
        return switch (answer) {
            case Answer.Open open -> Optional.of(new OpenIncident(open.incident(), tenant, open.story(), at));
            case Answer.Grow grow -> Optional.of(new GrowIncident(grow.incident(), tenant, grow.story(), at));
            case Answer.Absorb absorb -> Optional.of(new AbsorbIncident(absorb.incident(), tenant, absorb.into(), at));
            // An address whose key was destroyed can be blocked no more, and need not be.
            case Answer.Contain contain ->
                seals.open(tenant, contain.address())
                        .map(address -> new AdviseContainment(
                                contain.incident(),
                                tenant,
                                Network.ofSender(Address.of(address)),
                                contain.because(),
                                contain.history(),
                                at));
        };
    }

    private void send(IncidentCommand command, EventMessage<?> cause) {
        var envelope = Envelope.of(command.tenant(), ACTOR, command.at());
        envelope.put(Envelope.CAUSATION, cause.getIdentifier());
        envelope.put(
                Envelope.CORRELATION,
                String.valueOf(cause.getMetaData().getOrDefault(Envelope.CORRELATION, cause.getIdentifier())));
        if ("true".equals(cause.getMetaData().get(Envelope.SIMULATED))) envelope.put(Envelope.SIMULATED, "true");
        commands.sendAndWait(
                GenericCommandMessage.<IncidentCommand>asCommandMessage(command).andMetaData(envelope));
    }
}
