package io.velvetastro.views;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands at the doors of the read side: puts stories into the store, and asks over HTTP as whoever the test says. */
@TestComponent
public class Door {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Environment environment;
    private final Journal journal;
    private final EventStore decisions;

    Door(Environment environment, Journal journal, EventStore decisions) {
        this.environment = environment;
        this.journal = journal;
        this.decisions = decisions;
    }

    /** What came back. */
    public record Answer(int status, HttpResponse<String> response, JsonNode body) {
        public String error() {
            return body.path("errors").path(0).path("field").asString("");
        }
    }

    /** Stores the events in their order. */
    public void store(List<EventMessage<?>> events) {
        for (var event : events) {
            var envelope = new HashMap<String, String>();
            event.getMetaData().forEach((key, value) -> envelope.put(key, value.toString()));
            if (event.getPayload() instanceof FindingRaised finding)
                journal.append(
                        Stream.FINDINGS,
                        List.of(new Fact(new EventId(finding.id().value()), finding, envelope)));
            else
                decisions.publish(new GenericDomainEventMessage<>(
                        "Test", UUID.randomUUID().toString(), 0, event.getPayload(), envelope));
        }
    }

    public void storeTelemetry(List<Fact> facts) {
        journal.append(Stream.TELEMETRY, facts);
    }

    public Answer get(TenantId tenant, Role role, String path) {
        return send(request(tenant, role, path).GET().build());
    }

    /** As somebody whose organisation has this plan. */
    public Answer getOn(Plan plan, TenantId tenant, Role role, String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .header(ReadHouse.CALLER, tenant + " " + role + " " + plan)
                .GET()
                .build());
    }

    public Answer get(TenantId tenant, String path) {
        return get(tenant, Role.IT_SECURITY, path);
    }

    public Answer post(TenantId tenant, Role role, String path) {
        return send(request(tenant, role, path)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    public Answer getAsNobody(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET().build());
    }

    public HttpResponse<InputStream> stream(TenantId tenant, String lastEventId)
            throws IOException, InterruptedException {
        var request = request(tenant, Role.IT_SECURITY, "/threat/stream");
        if (lastEventId != null) request.header("Last-Event-ID", lastEventId);
        return http.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(TenantId tenant, Role role, String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).header(ReadHouse.CALLER, tenant + " " + role);
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + environment.getProperty("local.server.port") + "/api/v1" + path);
    }

    private Answer send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            var type = response.headers().firstValue("content-type").orElse("");
            return new Answer(
                    response.statusCode(),
                    response,
                    type.contains("json") && !type.contains("ndjson")
                            ? json.readTree(response.body())
                            : json.nullNode());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it is so. */
    public static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > until) throw new AssertionError("Not within " + PATIENCE + ": " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    public Fact fact(TenantId tenant, EventId id, Object payload, java.time.Instant at) {
        return new Fact(id, payload, Envelope.of(tenant, "service:test", at));
    }
}
