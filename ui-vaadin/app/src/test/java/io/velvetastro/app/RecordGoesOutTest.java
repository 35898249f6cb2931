package io.velvetastro.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole house sends the record of two organisations out, and each receiver has what its own administrators read: the same rows, all of them, in order. */
@SpringBootTest(
        classes = VelvetAstro.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"velvet.demo.traffic=false", "velvet.record-push.allow=127.0.0.0/8"})
@ContextConfiguration(initializers = FreshDatabase.class)
@ActiveProfiles("demo")
class RecordGoesOutTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();

    @LocalServerPort
    int port;

    /** Somebody's receiver, which can be down. */
    private static final class Receiver implements AutoCloseable {
        private final List<JsonNode> rows = new CopyOnWriteArrayList<>();
        private final List<String> organizations = new CopyOnWriteArrayList<>();
        private final HttpServer server;
        private volatile int status = 204;

        Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            server.createContext("/", exchange -> {
                var message = JsonMapper.shared()
                        .readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                if (status == 204) {
                    organizations.add(message.path("data").path("organization").asString());
                    message.path("data").path("items").forEach(rows::add);
                }
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        String setting() {
            return "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort() + "/\"}";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void eachReceiverHasWhatItsOwnAdministratorsRead() throws Exception {
        var token = token("/api/v1/auth/login", "{\"email\":\"admin@velvet.com\",\"password\":\"password\"}", "");
        var ours = read(call("GET", "/api/v1/auth/me", "", token))
                .path("organization")
                .path("id")
                .asString();
        var theirs = read(call("POST", "/api/v1/orgs", "{\"name\":\"Others\"}", token))
                .path("id")
                .asString();
        call("PUT", "/api/v1/orgs/" + theirs + "/plan", "{\"plan\":\"pro\"}", token);
        var another = token("/api/v1/auth/switch", "{\"organization\":\"" + theirs + "\"}", token);
        call("POST", "/api/v1/auth/step-up", "{\"proof\":\"password\"}", another);
        try (var receiver = new Receiver();
                var others = new Receiver()) {
            set(ours, receiver, token);
            set(theirs, others, another);
            rename(ours, 5, token);
            await("the first of them came", () -> renamed(receiver) == 5);
            receiver.status = 503;
            rename(ours, 120, token);
            rename(theirs, 3, another);
            await("it was tried", () -> state(ours, token).equals("FAILING"));
            await("the others are not held up", () -> renamed(others) == 3);
            assertThat(renamed(receiver)).isEqualTo(5);
            receiver.status = 204;
            call("POST", "/api/v1/orgs/" + ours + "/record-push/test", "", token);
            await("the rest came", () -> renamed(receiver) == 125);
            asTheyReadIt(receiver, ours, token);
            asTheyReadIt(others, theirs, another);
        }
    }

    /** The newest of what they read is what came, the other way round. */
    private void asTheyReadIt(Receiver receiver, String organization, String token) {
        var type = "RecordPushSet";
        await(
                "the place is noted",
                () -> read(call("GET", "/api/v1/orgs/" + organization + "/record-push", "", token))
                                .path("waiting")
                                .asInt(1)
                        == 0);
        var read = read(call("GET", "/api/v1/audit?limit=500", "", token)).path("items");
        var since = read.valueStream()
                .map(row -> row.path("type").asString())
                .toList()
                .indexOf(type);
        var expected = read.valueStream().limit(since + 1L).toList().reversed();
        assertThat(receiver.rows.subList(receiver.rows.size() - expected.size(), receiver.rows.size()))
                .isEqualTo(expected);
        assertThat(receiver.rows).doesNotHaveDuplicates();
        assertThat(receiver.organizations).containsOnly(organization);
    }

    private static long renamed(Receiver receiver) {
        return receiver.rows.stream()
                .filter(row -> row.path("type").asString().equals("OrganizationRenamed"))
                .count();
    }

    private void set(String organization, Receiver receiver, String token) {
        var set = call("PUT", "/api/v1/orgs/" + organization + "/record-push", receiver.setting(), token);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    }

    private String state(String organization, String token) {
        return read(call("GET", "/api/v1/orgs/" + organization + "/record-push", "", token))
                .path("state")
                .asString();
    }

    private void rename(String organization, int times, String token) {
        for (int i = 0; i < times; i++)
            assertThat(call("PATCH", "/api/v1/orgs/" + organization, "{\"name\":\"Name " + i + "\"}", token)
                            .statusCode())
                    .isEqualTo(204);
    }

    private String token(String path, String body, String token) {
        return read(call("POST", path, body, token)).path("accessToken").asString();
    }

    private JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> call(String method, String path, String body, String token) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void await(String what, BooleanSupplier isSo) {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("Not so within ninety seconds: " + what);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
