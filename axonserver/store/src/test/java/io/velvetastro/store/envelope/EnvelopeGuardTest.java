package io.velvetastro.store.envelope;

import static io.velvetastro.store.Logins.ELSEWHERE;
import static io.velvetastro.store.Logins.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.OnAFreshStore;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

@OnAFreshStore
@Import(EnvelopeGuardTest.Desk.class)
class EnvelopeGuardTest {
    @Autowired
    CommandGateway commands;

    @Autowired
    QueryGateway queries;

    @Autowired
    EventBus events;

    @Autowired
    JdbcClient db;

    @Test
    void aCommandWithoutATenantIsStopped() {
        assertThatThrownBy(() -> commands.sendAndWait(new Ring(HERE))).isInstanceOf(MissingEnvelope.class);
    }

    @Test
    void aCommandWithoutAnActorIsStopped() {
        var nameless = GenericCommandMessage.asCommandMessage(new Ring(HERE))
                .andMetaData(Map.of(Envelope.TENANT, HERE.toString()));
        assertThatThrownBy(() -> commands.sendAndWait(nameless))
                .isInstanceOf(MissingEnvelope.class)
                .hasMessage("Ring has no actor");
    }

    @Test
    void aCommandInAnothersNameIsStopped() {
        var another = GenericCommandMessage.asCommandMessage(new Ring(HERE))
                .andMetaData(Envelope.of(ELSEWHERE, "member:1", Instant.EPOCH));
        assertThatThrownBy(() -> commands.sendAndWait(another)).isInstanceOf(MissingEnvelope.class);
    }

    @Test
    void anEventTellsWhatCausedIt() {
        var command = GenericCommandMessage.asCommandMessage(new Ring(HERE))
                .andMetaData(Envelope.of(HERE, "member:1", Instant.EPOCH));
        commands.sendAndWait(command);
        var envelope = db.sql(
                        "SELECT convert_from(metadata, 'UTF8') FROM store.decisions ORDER BY globalIndex DESC LIMIT 1")
                .query(String.class)
                .single();
        assertThat(envelope)
                .contains(HERE.toString(), "\"actor\":\"member:1\"", "\"occurredAt\":\"1970-01-01T00:00:00Z\"");
        assertThat(envelope)
                .contains(
                        "\"causationId\":\"" + command.getIdentifier(),
                        "\"correlationId\":\"" + command.getIdentifier());
    }

    @Test
    void anEventWithoutItsEnvelopeIsNotKept() {
        assertThatThrownBy(() -> events.publish(GenericEventMessage.asEventMessage(new Rang(HERE))))
                .isInstanceOf(MissingEnvelope.class);
        assertThatThrownBy(() -> events.publish(new GenericEventMessage<>(
                        new Rang(HERE), MetaData.from(Envelope.of(ELSEWHERE, "x", Instant.EPOCH)))))
                .isInstanceOf(MissingEnvelope.class);
    }

    @Test
    void aQuestionSaysItselfWhoseItIs() {
        assertThat(queries.query(new WhoIsThere(HERE), ResponseTypes.instanceOf(String.class))
                        .join())
                .isEqualTo(HERE.toString());
    }

    @Test
    void aQuestionWithoutATenantIsStopped() {
        assertThatThrownBy(() -> queries.query("who is there", "anybody", ResponseTypes.instanceOf(String.class))
                        .join())
                .isInstanceOf(MissingEnvelope.class);
    }

    @Test
    void aQuestionInAnothersNameIsStopped() {
        var another = new GenericQueryMessage<>(new WhoIsThere(HERE), ResponseTypes.instanceOf(String.class))
                .andMetaData(Map.of(Envelope.TENANT, ELSEWHERE.toString()));
        assertThatThrownBy(
                        () -> queries.query(WhoIsThere.class.getName(), another, ResponseTypes.instanceOf(String.class))
                                .join())
                .isInstanceOf(MissingEnvelope.class);
    }

    @Test
    void whoeverIsSignedInAsksForTheirOwnOrganisationAlone() {
        var hers = new Caller(
                HERE, new MemberId(new UUID(0, 1)), Role.SUPER_ADMIN, "Ada", "a@b.example", "Here", Plan.FREE);
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(hers, ""));
        try {
            assertThat(queries.query(new WhoIsThere(HERE), ResponseTypes.instanceOf(String.class))
                            .join())
                    .isEqualTo(HERE.toString());
            assertThatThrownBy(() -> queries.query(new WhoIsThere(ELSEWHERE), ResponseTypes.instanceOf(String.class))
                            .join())
                    .isInstanceOf(Refused.class);
            assertThatThrownBy(() -> queries.subscriptionQuery(
                            WhoIsThere.class.getName(),
                            new WhoIsThere(ELSEWHERE),
                            ResponseTypes.instanceOf(String.class),
                            ResponseTypes.instanceOf(String.class),
                            8))
                    .as("nor does anybody listen elsewhere")
                    .isInstanceOf(Refused.class);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    record Ring(TenantId tenant) {}

    record WhoIsThere(TenantId tenant) {}

    @Revision("1")
    record Rang(TenantId tenant) {}

    static class Desk {
        @CommandHandler
        void ring(Ring ring, EventGateway events) {
            events.publish(new Rang(ring.tenant()));
        }

        @QueryHandler
        String answer(WhoIsThere question, MetaData envelope) {
            return envelope.get(Envelope.TENANT).toString();
        }
    }
}
