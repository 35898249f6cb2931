package io.velvetastro.sagas.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.PlaybookCommand.RecordStep;
import io.velvetastro.language.PlaybookCommand.StartRun;
import io.velvetastro.language.PlaybookCommand.StepOutcome;
import io.velvetastro.language.PlaybookEvent.PlaybookStepUndone;
import io.velvetastro.language.Refused;
import io.velvetastro.language.RoomRole;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** The playbook on a real store: its processor, its transactions, and somebody who decides. */
@SpringBootTest(classes = AnswerToStoryTest.Room.class, webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = FreshDatabase.class)
class AnswerToStoryTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final TenantId OURS = new TenantId(UUID.randomUUID());
    private static final Network ATTACKER = Network.of("203.0.113.7");

    @SpringBootApplication
    static class Room {
        /** Without the rest of its room, which would say so. */
        @Bean
        static RoomRole role() {
            return new RoomRole("velvet_detection");
        }
    }

    @Autowired
    CommandBus commands;

    @Autowired
    EventStore events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient db;

    private final BlockingQueue<CommandMessage<?>> decided = new LinkedBlockingQueue<>();
    private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();

    @BeforeEach
    void somebodyDecides() {
        List.of(StartRun.class, BlockNetwork.class, RecordStep.class, LiftRule.class)
                .forEach(kind -> commands.subscribe(kind.getName(), command -> {
                    decided.add(command);
                    if (command.getPayload() instanceof BlockNetwork) {
                        var failure = failures.poll();
                        if (failure != null) throw failure;
                    }
                    return null;
                }));
    }

    @Test
    void anAdvisedSourceIsBlockedForADay() {
        var advice = advise(false);
        var start = expect(StartRun.class);
        var block = expect(BlockNetwork.class);
        var step = expect(RecordStep.class);
        assertThat(start.incident()).isEqualTo(advice.incidentId());
        assertThat(block.network()).isEqualTo(ATTACKER);
        assertThat(block.ttl()).isEqualTo(Duration.ofHours(24));
        assertThat(block.incident()).isEqualTo(advice.incidentId());
        assertThat(step.outcome()).isEqualTo(StepOutcome.COMPLETED);
        assertThat(step.rule()).isEqualTo(block.ruleId());
        assertThat(step.runId()).isEqualTo(start.runId());
    }

    @Test
    void aPlaybookSpeaksInItsOwnNameForOneOrganisation() {
        advise(false);
        var envelope = next().getMetaData();
        assertThat(envelope.get(Envelope.TENANT)).isEqualTo(OURS.toString());
        assertThat(envelope.get(Envelope.ACTOR)).isEqualTo("playbook:contain-source/1");
        assertThat(envelope.get(Envelope.CORRELATION)).isEqualTo("story-1");
        assertThat(envelope.get(Envelope.CAUSATION)).isNotNull();
        expect(BlockNetwork.class);
        expect(RecordStep.class);
    }

    @Test
    void historyDoesNotAct() {
        advise(true);
        expect(StartRun.class);
        assertThat(expect(RecordStep.class).outcome()).isEqualTo(StepOutcome.WITHHELD);
    }

    @Test
    void whatMustNeverBeBlockedIsRecordedAsRefused() {
        failures.add(new Refused(Refused.Why.NEVER_BLOCK_LIST, "never"));
        advise(false);
        expect(StartRun.class);
        expect(BlockNetwork.class);
        assertThat(expect(RecordStep.class).outcome()).isEqualTo(StepOutcome.REFUSED);
    }

    @Test
    void aFailedBlockIsTriedAgainUnderTheSameIds() {
        failures.add(new IllegalStateException("the machine is broken"));
        advise(false);
        var start = expect(StartRun.class);
        var block = expect(BlockNetwork.class);
        assertThat(expect(StartRun.class)).isEqualTo(start);
        assertThat(expect(BlockNetwork.class)).isEqualTo(block);
        assertThat(expect(RecordStep.class).outcome()).isEqualTo(StepOutcome.COMPLETED);
    }

    @Test
    void oneNetworkHasOneRunInEachIncident() {
        var incident = new IncidentId(UUID.randomUUID());
        var once = new ContainSource(advice(incident, false, NOON));
        var again = new ContainSource(advice(incident, false, NOON.plusSeconds(60)));
        var elsewhere = new ContainSource(advice(new IncidentId(UUID.randomUUID()), false, NOON));
        assertThat(again.start().runId()).isEqualTo(once.start().runId());
        assertThat(again.block().ruleId()).isEqualTo(once.block().ruleId());
        assertThat(elsewhere.start().runId()).isNotEqualTo(once.start().runId());
        assertThat(elsewhere.block().ruleId()).isNotEqualTo(once.block().ruleId());
    }

    @Test
    void anUndoneStepLiftsItsRule() {
        var rule = new RuleId(UUID.randomUUID());
        var run = new RunId(UUID.randomUUID());
        publish(
                run.toString(),
                new PlaybookStepUndone(
                        run, OURS, new IncidentId(UUID.randomUUID()), "block-source", ATTACKER, rule, "mistake", NOON));
        var lift = expect(LiftRule.class);
        assertThat(lift.ruleId()).isEqualTo(rule);
        assertThat(lift.reason()).isEqualTo("mistake");
    }

    @Test
    void nothingOfAnAnswerStaysBehind() {
        advise(false);
        expect(StartRun.class);
        expect(BlockNetwork.class);
        expect(RecordStep.class);
        assertThat(db.sql("select count(*) from store.sagas")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private ContainmentAdvised advise(boolean history) {
        var advice = advice(new IncidentId(UUID.randomUUID()), history, NOON);
        publish(advice.incidentId().toString(), advice);
        return advice;
    }

    private static ContainmentAdvised advice(IncidentId incident, boolean history, Instant at) {
        return new ContainmentAdvised(incident, OURS, ATTACKER, new FindingId(UUID.randomUUID()), history, at);
    }

    private void publish(String aggregate, Object payload) {
        var envelope = new java.util.HashMap<>(Envelope.of(OURS, "engine:chain", NOON));
        envelope.put(Envelope.CORRELATION, "story-1");
        DomainEventMessage<?> event =
                new GenericDomainEventMessage<>("Incident", aggregate, 0, payload, Map.copyOf(envelope));
        transaction.executeWithoutResult(status -> events.publish(event));
    }

    private <C> C expect(Class<C> kind) {
        var next = next();
        assertThat(next.getPayload()).isInstanceOf(kind);
        return kind.cast(next.getPayload());
    }

    private CommandMessage<?> next() {
        try {
            var next = decided.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("a command within a minute").isNotNull();
            return next;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
