package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.DoubtsId;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Journal;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Monitor.State;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.store.testing.FreshDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What was changed before the ledger had it stays a doubt; somebody can say that they have looked at it and why it may stand there. */
@SpringBootTest(classes = NotaryHouse.class, properties = "velvet.ledger.sign-every=50ms")
@AutoConfigureMockMvc
@ContextConfiguration(initializers = FreshDatabase.class)
@DirtiesContext // Its ledger has seen a changed event.
class DoubtsTest {
    private static final String DOUBTS = "/api/v1/forensics/doubts";

    @Autowired
    Journal journal;

    @Autowired
    Administrator administrator;

    @Autowired
    Notary notary;

    @Autowired
    LedgerHealth health;

    @Autowired
    MockMvc web;

    @Autowired
    void everyCommandNamesItsCaller(CommandBus commands) {
        commands.registerDispatchInterceptor(messages -> (index, command) -> {
            var caller = (Caller)
                    SecurityContextHolder.getContext().getAuthentication().getPrincipal();
            return command.andMetaData(Envelope.of(caller.tenant(), caller.actor(), Instant.EPOCH));
        });
    }

    @Test
    void whoLookedAndWhyIsRecordedForGoodAndTheDoubtStays() throws Exception {
        aChangedEvent();
        var doubt = listed(HERE).get(0);
        assertThat(doubt.has("acknowledged")).isFalse();
        assertThat(health.health().state()).isEqualTo(State.DOWN);
        whoWritesIntoTheTablesHasLookedAtNothing(doubt.path("leaf").asLong());
        var path = DOUBTS + "/" + doubt.path("leaf").asLong() + "/acknowledgement";

        assertThat(order(HERE, path, "{\"reason\":\" \"}").getStatus()).isEqualTo(400);
        assertThatThrownBy(() -> order(ELSEWHERE, path, "{\"reason\":\"not mine\"}"))
                .hasRootCauseInstanceOf(Refused.class);
        assertThatThrownBy(() -> order(HERE, DOUBTS + "/4711/acknowledgement", "{\"reason\":\"no such doubt\"}"))
                .hasRootCauseInstanceOf(Refused.class);
        for (var reason : List.of("Our own repair of the night", "A second word changes nothing"))
            assertThat(order(HERE, path, "{\"reason\":\"" + reason + "\"}").getStatus())
                    .isEqualTo(204);

        var looked = listed(HERE).get(0);
        assertThat(looked.path("eventId")).isEqualTo(doubt.path("eventId"));
        assertThat(looked.at("/acknowledged/by").asText()).startsWith("member:");
        assertThat(looked.at("/acknowledged/reason").asText()).isEqualTo("Our own repair of the night");
        assertThat(listed(ELSEWHERE)).isEmpty();
        assertThat(health.health().state()).isEqualTo(State.DEGRADED);
        assertThat(health.health().says()).contains("changed in the store", "an administrator has looked at it");
        var stored = administrator
                .template()
                .queryForList(
                        "SELECT convert_from(payload, 'UTF8') FROM store.decisions WHERE payloadType LIKE '%DoubtAcknowledged'",
                        String.class);
        assertThat(stored).singleElement().asString().doesNotContain("repair");
    }

    /** A superuser of the database who would like it to be quiet. */
    private void whoWritesIntoTheTablesHasLookedAtNothing(long leaf) throws Exception {
        notary.stop(); // The ledger takes what it finds, and has a second doubt then.
        var db = administrator.template();
        var id = UUID.randomUUID().toString();
        var said = "{\"tenant\":\"" + HERE + "\",\"leaf\":" + leaf
                + ",\"reason\":\"1.xxxx\",\"at\":\"2026-03-01T10:00:00Z\"}";
        db.update(
                "INSERT INTO store.decisions (aggregateIdentifier, sequenceNumber, type, eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData)"
                        + " VALUES (?, 0, 'Doubts', ?, '2026-03-01T10:00:00.000Z', 'io.velvetastro.language.DoubtEvent$DoubtAcknowledged', '1', ?, ?)",
                DoubtsId.of(HERE).toString(),
                id,
                said.getBytes(UTF_8),
                ("{\"tenant\":\"" + HERE + "\",\"actor\":\"member:" + new UUID(1, 2) + "\"}").getBytes(UTF_8));
        assertThat(listed(HERE).get(0).has("acknowledged")).isFalse();
        assertThat(health.health().state()).isEqualTo(State.DOWN);
        assertThat(health.health().says()).doesNotContain("looked");
        db.update("DELETE FROM store.decisions WHERE eventIdentifier = ?", id);
        notary.start();
    }

    private void aChangedEvent() {
        until("the ledger has begun", () -> notary.standing().lookedNanos() != 0);
        notary.stop();
        var fact = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE), fact, History.fact(ELSEWHERE)));
        administrator
                .template()
                .update(
                        "UPDATE store.telemetry SET revision = '7' WHERE event_id = ?",
                        fact.id().value());
        notary.start();
        until("it is noticed", () -> notary.doubts() == 1);
    }

    private JsonNode listed(TenantId tenant) throws Exception {
        return new ObjectMapper()
                .readTree(ask(tenant, get(DOUBTS)).getContentAsString())
                .path("items");
    }

    private MockHttpServletResponse order(TenantId tenant, String path, String body) throws Exception {
        return ask(tenant, post(path).contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private MockHttpServletResponse ask(TenantId tenant, MockHttpServletRequestBuilder request) throws Exception {
        var caller = new Caller(
                tenant,
                new MemberId(new UUID(1, 2)),
                Role.values()[0],
                "Ada",
                "ada@example.com",
                "Example",
                Plan.values()[0]);
        var person =
                new TestingAuthenticationToken(caller, null, Authority.Text.INCIDENTS_READ, Authority.Text.ORG_ADMIN);
        return web.perform(request.with(authentication(person)).with(csrf()))
                .andReturn()
                .getResponse();
    }
}
