package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        classes = IntakeHouse.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "test.intake-house=true",
            "spring.flyway.enabled=false",
            "axon.axonserver.enabled=false",
            "axon.serializer.general=jackson",
            "axon.serializer.events=jackson",
            "axon.serializer.messages=jackson"
        })
@ContextConfiguration(initializers = FreshDatabase.class)
class IntakeOverHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FAILED = "Failed password for root from 203.0.113.9 port 22 ssh2";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String tenant = UUID.randomUUID().toString();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    InstantSource clock;

    @Test
    void aLogIsOnDiskWhenItIsAcceptedAndNothingPersonalIsInClear() throws Exception {
        var answer =
                json(202, post("import?format=sshd", "text/plain", line(0, FAILED) + line(1, FAILED) + "rubbish\n"));

        assertThat(answer.get("accepted").asInt()).isEqualTo(2);
        assertThat(answer.get("rejectedTotal").asInt()).isEqualTo(1);
        assertThat(answer.at("/rejected/0/index").asInt()).isEqualTo(2);
        assertThat(stored())
                .hasSize(2)
                .allSatisfy(
                        payload -> assertThat(payload).doesNotContain("root").doesNotContain("203.0.113.9"));
    }

    @Test
    void theSameLogAgainStoresNothing() throws Exception {
        var log = line(0, FAILED) + line(0, FAILED) + line(3, FAILED);
        json(202, post("import?format=sshd", "text/plain", log));

        var again = json(202, post("import?format=sshd", "text/plain", log));

        assertThat(again.get("accepted").asInt()).isZero();
        assertThat(again.get("duplicates").asInt()).isEqualTo(3);
        assertThat(stored()).hasSize(3);
    }

    @Test
    void everyRejectionCanBeFetchedPageByPageAndOnlyByItsTenant() throws Exception {
        var answer = json(202, post("import?format=sshd", "text/plain", "rubbish\n".repeat(1234)));
        var path = "imports/" + answer.get("importId").asText() + "/rejected";

        assertThat(answer.get("rejected")).hasSize(1000);
        var first = json(200, get(path + "?limit=1000", tenant));
        assertThat(first.get("items")).hasSize(1000);
        var second =
                json(200, get(path + "?limit=1000&cursor=" + first.get("next").asText(), tenant));
        assertThat(second.get("items")).hasSize(234);
        assertThat(second.at("/items/233/index").asInt()).isEqualTo(1233);
        assertThat(second.get("next").isNull()).isTrue();

        var theirs = get(path, UUID.randomUUID().toString());
        var nobodys = get("imports/" + UUID.randomUUID() + "/rejected", tenant);
        assertThat(json(404, theirs)).isEqualTo(json(404, nobodys));
    }

    @Test
    void anImportWithoutRejectionsIsKnownAllTheSame() throws Exception {
        var answer = json(202, post("import?format=sshd", "text/plain", line(0, FAILED)));

        var page = json(200, get("imports/" + answer.get("importId").asText() + "/rejected", tenant));

        assertThat(page.get("items")).isEmpty();
    }

    @Test
    void packedBodiesAreUnpackedAndBombsRefused() throws Exception {
        var good = request(
                        "import?format=sshd", "text/plain", gzip(line(0, FAILED).getBytes(StandardCharsets.UTF_8)))
                .header("Content-Encoding", "gzip");
        assertThat(json(202, send(good)).get("accepted").asInt()).isEqualTo(1);

        var bomb = request("import?format=sshd", "text/plain", gzip(new byte[40_000_000]))
                .header("Content-Encoding", "gzip");
        assertThat(json(413, send(bomb)).get("type").asText()).endsWith("/broken-off");

        var torn = request("import?format=sshd", "text/plain", "no gzip".getBytes(StandardCharsets.UTF_8))
                .header("Content-Encoding", "gzip");
        assertThat(json(400, send(torn)).get("status").asInt()).isEqualTo(400);

        var strange = request("import?format=sshd", "text/plain", new byte[0]).header("Content-Encoding", "br");
        assertThat(json(415, send(strange)).at("/errors/0/field").asText()).isEqualTo("Content-Encoding");
    }

    @Test
    void whatIsNoLogIsRefusedByName() throws Exception {
        assertThat(json(415, post("events", "text/html", "x"))
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("Content-Type");
        assertThat(json(415, post("import?format=sshd", "application/x-www-form-urlencoded", "x"))
                        .get("type")
                        .asText())
                .endsWith("/unsupported-media-type");
        assertThat(json(400, post("import?format=xml", "text/plain", "x"))
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("format");
        assertThat(json(400, post("import", "text/plain", "x"))
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("format");
        assertThat(json(400, get("imports/no-id/rejected", tenant))
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("id");
        assertThat(json(400, get("imports/" + UUID.randomUUID() + "/rejected?limit=x", tenant))
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("limit");
    }

    @Test
    void onlyWhoMayWriteMaySend() throws Exception {
        assertThat(send(request("events", "application/json", "[]".getBytes(StandardCharsets.UTF_8))
                                .setHeader(IntakeHouse.CALLER, tenant + " EMPLOYEE"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRequestRepeatedUnderItsKeyGetsTheSameAnswer() throws Exception {
        var body = line(0, FAILED).getBytes(StandardCharsets.UTF_8);
        var first =
                json(202, send(request("import?format=sshd", "text/plain", body).header("Idempotency-Key", "k1")));

        var again =
                json(202, send(request("import?format=sshd", "text/plain", body).header("Idempotency-Key", "k1")));
        var other = send(request("import?format=sshd", "text/plain", "other".getBytes(StandardCharsets.UTF_8))
                .header("Idempotency-Key", "k1"));

        assertThat(again).isEqualTo(first);
        assertThat(json(422, other).get("type").asText()).endsWith("/idempotency-key-reused");
    }

    @Test
    void aKeyWithAnotherQueryIsAnotherRequest() throws Exception {
        var body = line(0, FAILED).getBytes(StandardCharsets.UTF_8);
        json(202, send(request("import?format=sshd", "text/plain", body).header("Idempotency-Key", "k2")));

        var other = send(request("import?format=sshd&log=b", "text/plain", body).header("Idempotency-Key", "k2"));

        assertThat(json(422, other).get("type").asText()).endsWith("/idempotency-key-reused");
    }

    @Test
    void theAnswerOutlivesTheProcess() throws Exception {
        var body = (line(0, FAILED) + "rubbish\n").getBytes(StandardCharsets.UTF_8);
        var first =
                json(202, send(request("import?format=sshd", "text/plain", body).header("Idempotency-Key", "k3")));

        var again = afterARestart(clock).once(me(), "import?format=sshd", "k3", in(body), forbidden -> {
            throw new AssertionError("was done again");
        });

        assertThat(again.importId()).hasToString(first.get("importId").asText());
        assertThat(again.accepted()).isEqualTo(1);
        assertThat(again.rejected())
                .extracting(Answer.Rejection::index)
                .containsExactly(first.at("/rejected/0/index").asLong());
        assertThat(again.rejectedTotal()).isEqualTo(1);
    }

    @Test
    void theSameKeyOfAnotherOrganisationOrColleagueIsAnotherKey() throws Exception {
        var answers = afterARestart(clock);
        var mine = answers.once(me(), "events", "k4", in(new byte[1]), body -> answer(1));

        for (var other : List.of(caller(UUID.randomUUID(), 9), caller(UUID.fromString(tenant), 10)))
            assertThat(answers.once(other, "events", "k4", in(new byte[2]), body -> answer(2)))
                    .isNotEqualTo(mine)
                    .extracting(Answer::accepted)
                    .isEqualTo(2L);
    }

    @Test
    void whatWasNotFinishedMayBeSentAgainUnderItsKey() throws Exception {
        var answers = afterARestart(clock);
        assertThatThrownBy(() -> answers.once(me(), "events", "k5", in(new byte[1]), body -> {
                    throw new IOException("broke off");
                }))
                .isInstanceOf(IOException.class);

        assertThat(answers.once(me(), "events", "k5", in(new byte[1]), body -> answer(3)))
                .extracting(Answer::accepted)
                .isEqualTo(3L);
    }

    @Test
    void aKeyIsFreeAgainAfterADayAndOnlyTheLatestAreKept() throws Exception {
        afterARestart(clock).once(me(), "events", "k6", in(new byte[1]), body -> answer(1));
        var tomorrow = clock.instant().plus(AnswerBook.KEPT).plusSeconds(1);

        var later = afterARestart(() -> tomorrow);
        assertThat(later.once(me(), "events", "k6", in(new byte[2]), body -> answer(2)))
                .extracting(Answer::accepted)
                .isEqualTo(2L);

        for (int i = 0; i < 5; i++) later.once(me(), "events", "more-" + i, in(new byte[1]), body -> answer(1));
        book(() -> tomorrow, 2).forget(tomorrow);
        assertThat(db.sql("select count(*) from intake.answered where tenant = ?::uuid")
                        .param(tenant)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whoAsksHasWhatIsStoredPromisedAndTheSamePromiseUnderTheSameKey() throws Exception {
        var log = line(0, FAILED) + line(1, FAILED) + "rubbish\n";
        assertThat(json(202, post("import?format=sshd", "text/plain", log)).has("receipts"))
                .isFalse();

        var asked = json(202, post("import?format=sshd&receipt=true", "text/plain", log));

        assertThat(asked.get("duplicates").asInt()).isEqualTo(2);
        assertThat(asked.at("/receipts/0").asText()).isEqualTo("promised 2 of 2");
        var answers = afterARestart(clock);
        var first = answers.once(
                me(), "events", "k7", in(new byte[1]), body -> answer(1).with(List.of("a", "b")));
        assertThat(answers.once(me(), "events", "k7", in(new byte[1]), body -> answer(2)))
                .isEqualTo(first);
    }

    @Test
    void anArrayAndLinesOfEventsAreTaken() throws Exception {
        var event = "{\"class_uid\":3002,\"activity_id\":1,\"status_id\":1,\"time\":"
                + Instant.now().toEpochMilli()
                + ",\"user\":{\"name\":\"alice\"},\"src_endpoint\":{\"ip\":\"203.0.113.5\"}}";

        assertThat(json(202, post("events", "application/json", "[" + event + "]"))
                        .get("accepted")
                        .asInt())
                .isEqualTo(1);
        assertThat(json(202, post("events", "application/x-ndjson", event + "\n" + event + "\n"))
                        .get("duplicates")
                        .asInt())
                .isEqualTo(1);
        assertThat(stored()).hasSize(2);
    }

    @Test
    void aBodyThatBreaksOffKeepsWhatCame() throws Exception {
        var whole = gzip((line(0, FAILED) + line(1, FAILED) + "x".repeat(100)).getBytes(StandardCharsets.UTF_8));
        var half = java.util.Arrays.copyOf(whole, whole.length - 9);

        var answer =
                json(400, send(request("import?format=sshd", "text/plain", half).header("Content-Encoding", "gzip")));

        assertThat(answer.get("accepted").asInt()).isEqualTo(stored().size());
    }

    private Answers afterARestart(InstantSource now) {
        return new Answers(book(now, 100));
    }

    private AnswerBook book(InstantSource now, int mostATenant) {
        return new AnswerBook(db, new Rejections(db, now), now, new IntakeSettings(null, 1, 1, 0, mostATenant));
    }

    private Caller me() {
        return caller(UUID.fromString(tenant), 9);
    }

    private static Caller caller(UUID tenant, long member) {
        return new Caller(
                new TenantId(tenant),
                new MemberId(new UUID(9, member)),
                Role.IT_SECURITY,
                "T",
                "t@example.org",
                "Org",
                Plan.FREE);
    }

    private static Answer answer(long accepted) {
        return new Answer(UUID.randomUUID(), accepted, 0, 0, List.of(), 0);
    }

    private static InputStream in(byte[] body) {
        return new ByteArrayInputStream(body);
    }

    private java.util.List<String> stored() {
        return db.sql("select convert_from(payload, 'UTF8') from store.telemetry where tenant = ?::uuid")
                .param(tenant)
                .query(String.class)
                .list();
    }

    private static String line(int second, String message) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second) + " host sshd[1]: " + message + "\n";
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(request(path, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String path, String asTenant) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).header(IntakeHouse.CALLER, asTenant + " IT_SECURITY"));
    }

    private HttpRequest.Builder request(String path, String type, byte[] body) {
        return HttpRequest.newBuilder(uri(path))
                .header(IntakeHouse.CALLER, tenant + " IT_SECURITY")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + "/api/v1/monitor/" + path);
    }

    private static JsonNode json(int status, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var node = JSON.readTree(response.body());
        if (node.isObject() && status >= 400) {
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            ((com.fasterxml.jackson.databind.node.ObjectNode) node).remove("instance");
        }
        return node;
    }
}
