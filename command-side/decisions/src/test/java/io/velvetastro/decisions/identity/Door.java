package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.TurnedClock;
import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running command side over real HTTP and a real database, with two organisations in it. */
@SpringBootTest(
        classes = Door.CommandRoom.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"velvet.trusted-proxies=127.0.0.1", "velvet.registration.open=true"})
@ContextConfiguration(initializers = FreshDatabase.class)
abstract class Door {
    static final String PASSWORD = "correct horse battery staple";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable String phc; // Once for all: it costs 50 ms on purpose.
    private static final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    People people;

    @Autowired
    Sessions sessions;

    @Autowired
    Passwords passwords;

    @Autowired
    Tokens tokens;

    @Autowired
    Outbox outbox;

    @Autowired
    Errands errands;

    @Autowired
    HouseKeys keys;

    @Autowired
    TurnedClock clock;

    @Autowired
    JdbcClient db;

    @LocalServerPort
    int port;

    final JsonMapper json = new JsonMapper();

    @SpringBootApplication(scanBasePackages = "io.velvetastro.decisions")
    static class CommandRoom {
        @Bean
        TurnedClock clock() {
            return new TurnedClock();
        }
    }

    @BeforeEach
    void now() {
        clock.reset();
    }

    record Person(TenantId organization, MemberId member, String email) {}

    record Answer(int status, String body, HttpResponse<String> whole) {
        JsonNode json() {
            return new JsonMapper().readTree(body);
        }

        String header(String name) {
            return whole.headers().firstValue(name).orElse("");
        }
    }

    TenantId organization(String name) {
        var id = new TenantId(UUID.randomUUID());
        people.found(id, name, Plan.PRO);
        if (people.platform().isEmpty()) people.markPlatform(id);
        return id;
    }

    Person member(TenantId organization, Role role) {
        var email = "person" + COUNT.incrementAndGet() + "@example.org";
        return new Person(organization, people.admit(organization, "Grace", new Email(email), phc(), role), email);
    }

    /** An access token, without the wait for a password. */
    String tokenOf(Person person) {
        return tokens.first(sessions.begin(person.member, person.organization, Sessions.Coming.by(Sessions.Kind.API)))
                .accessToken();
    }

    /** As if its owner had just done something in it. */
    void usedNow(UUID session) {
        db.sql("update identity.session set last_seen_at = ? where id = ?")
                .params(clock.instant().atOffset(UTC), session)
                .update();
    }

    Answer login(String email, String password, String... headers) {
        return post("/api/v1/auth/login", json.writeValueAsString(new Credentials(email, password)), headers);
    }

    private String phc() {
        if (phc == null) phc = passwords.hash(PASSWORD);
        return phc;
    }

    String token(Person person) {
        // Each person comes from an address of their own and of no test's, so that nobody waits for the guesses of
        // another.
        int next = COUNT.incrementAndGet();
        var answer =
                login(person.email, PASSWORD, "X-Forwarded-For", "198.18." + next / 250 % 250 + "." + (1 + next % 250));
        assertThat(answer.status).as(answer.body).isEqualTo(200);
        return answer.json().get("accessToken").asString();
    }

    Answer get(String path, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)).GET(), headers);
    }

    Answer post(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                headers);
    }

    /** As a form of another site could. */
    Answer postText(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(body)),
                headers);
    }

    Answer patch(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body)),
                headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)),
                headers);
    }

    Answer delete(String path, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE(), headers);
    }

    /** What was written to somebody, newest first. */
    List<Outbox.Words> lettersTo(String email) {
        errands.run();
        return outbox.newest().stream()
                .filter(letter -> letter.to().equals(email))
                .map(letter -> outbox.words(letter.id()).orElseThrow())
                .toList();
    }

    /** What stands behind the # of the newest letter's link. */
    String linkIn(String email) {
        var text = lettersTo(email).getFirst().text();
        return text.replaceAll("(?s).*#([A-Za-z0-9_-]{43}).*", "$1");
    }

    /** How many facts of a kind an organisation's decisions hold. */
    int facts(TenantId tenant, String type) {
        return db.sql(
                        "select count(*) from store.decisions where payloadType like ? and convert_from(metaData, 'UTF8') like ?")
                .params("%" + type, "%" + tenant + "%")
                .query(Integer.class)
                .single();
    }

    /** Switches two-step sign-in on for whose token it is, and answers what their app knows. */
    byte[] switchOn(String token, String password) {
        var secret = secretIn(post("/api/v1/auth/mfa/totp", "{\"password\":\"" + password + "\"}", bearer(token)));
        var on = post(
                "/api/v1/auth/mfa/totp/confirm",
                "{\"code\":\"" + Totp.code(secret, clock.instant()) + "\"}",
                bearer(token));
        assertThat(on.status).as(on.body).isEqualTo(200);
        return secret;
    }

    static byte[] secretIn(Answer enrolment) {
        var bits = BigInteger.ONE; // So that leading zeros stay.
        for (char letter : enrolment.json().get("secret").asString().toCharArray())
            bits = bits.shiftLeft(5).or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
        var bytes = bits.toByteArray();
        return Arrays.copyOfRange(bytes, bytes.length - 20, bytes.length);
    }

    static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) request.headers(headers);
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private record Credentials(String email, String password) {}
}
