package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import io.velvetastro.language.DeadLetters;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.store.testing.FreshDatabase;
import io.velvetastro.store.testing.Markers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Secrets and personal values go in by every door; then every row of every table, and every line of the log, is read for them. */
@SpringBootTest(
        classes = VelvetAstro.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "velvet.demo.traffic=false")
@ContextConfiguration(initializers = FreshDatabase.class)
@ActiveProfiles("demo")
@Import(NothingInClearTest.Remembering.class)
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NothingInClearTest {
    private static final List<String> ATTACKERS = List.of("203.0.113.177", "203.0.113.178");
    private static final String GUESSED = "planted-guessed-user";
    private static final String POISON = "planted-poison-user";

    /** Known to nobody but who typed them. */
    private static final List<String> SECRETS = List.of(
            "planted-pw-cowrie",
            "planted-pw-command",
            "planted-pw-url",
            "planted-token-url",
            "planted-pw-ocsf",
            "planted-pw-column",
            "planted-pw-login",
            "planted-pw-setup",
            "planted-token-push");

    /** Kept, but only sealed: no view opens them while it projects. */
    private static final List<String> SEALED = List.of(
            "planted-line-rest",
            "planted-agent",
            "planted-command",
            "planted@example.org",
            "planted-note",
            "planted-not-an-address",
            "planted-member");

    /** Kept sealed, and opened in the views' columns for names. */
    private static final List<String> NAMES = List.of(
            GUESSED,
            POISON,
            "planted-user-sshd",
            "planted-user-cowrie",
            "planted-user-column",
            "198.51.100.201",
            "198.51.100.202",
            "198.51.100.203",
            "198.51.100.204");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();

    DataSource database;
    JdbcClient db;

    @Autowired
    DeadLetters parked;

    /** All of it is looked at, whoever of the house may. */
    @Autowired
    void with(Administrator administrator) {
        database = administrator.database();
        db = administrator.db();
    }

    @LocalServerPort
    int port;

    private final Path logs = Path.of("target", "planted-" + UUID.randomUUID());
    private List<String> whileParked = List.of();
    private int comments;
    private String accessToken = "";
    private String refreshToken = "";
    private String pushSecret = "";

    @BeforeAll
    void plant() {
        logEverything();
        signIn();
        whereTheRecordGoes();
        everyFormat();
        wrongPasswordsAndBrokenBodies();
        whatAFollowerCannotTake();
        anAttackThatIsAnswered();
        work(incidentOf(GUESSED));
        await("everything has been read", () -> count("store.snapshots") > 0 && count("store.sagas") > 0);
    }

    @Test
    void secretsLieNowhere(CapturedOutput printed) throws Exception {
        var secrets = new Markers(Stream.concat(SECRETS.stream(), Stream.of(accessToken, refreshToken, pushSecret))
                .toList());
        assertThat(secrets.in(database)).isEmpty();
        assertThat(secrets.in(logs)).isEmpty();
        assertThat(printed.getAll()).doesNotContain(SECRETS);
    }

    @Test
    void whatIsPersonalLiesNowhereInClear(CapturedOutput printed) throws Exception {
        var personal = new Markers(SEALED)
                .besides("views.incident_entry", "detail") // What people said about an incident.
                .besides("views.finding", "entities");
        assertThat(personal.in(database)).isEmpty();
        assertThat(personal.in(logs)).isEmpty();
        assertThat(printed.getAll()).doesNotContain(SEALED);
    }

    @Test
    void namesAndAddressesAreOpenOnlyWhereViewsShowThem(CapturedOutput printed) throws Exception {
        assertThat(names().in(database)).isEmpty();
        var everyName = new Markers(NAMES);
        assertThat(everyName.in(logs)).isEmpty();
        assertThat(printed.getAll()).doesNotContain(NAMES);
        assertThat(everyName.in(database)).as("the views do open them").contains("views.attack_entity: " + GUESSED);
    }

    /** Who is kept out stands in the decision to keep them out: a blocklist is published. */
    @Test
    void anAddressThatIsBlockedStandsInTheDecisionAndNowhereElseButTheViews(CapturedOutput printed) throws Exception {
        var blocked = withOpenColumns(new Markers(ATTACKERS))
                .besides("store.decisions", "payload")
                .besides("store.snapshots", "payload")
                .besides("views.audit", "says") // Who decided it.
                .besides("store.sagas", "serializedsaga"); // This test's own saga, which keeps the advice as it came.
        assertThat(blocked.in(database)).isEmpty();
        assertThat(blocked.in(logs)).isEmpty();
        assertThat(printed.getAll()).doesNotContain(ATTACKERS);
        assertThat(new Markers(ATTACKERS).in(database))
                .as("the saga was stored with what it has seen")
                .contains("store.sagas: " + ATTACKERS.getLast());
    }

    @Test
    void neitherDidTheyWhileAnEventOfTheirsWasParked() {
        assertThat(whileParked).isEmpty();
    }

    @Test
    void itWasWrittenEverywhereItCouldBe() {
        for (var table : List.of(
                "store.telemetry",
                "store.findings",
                "store.decisions",
                "store.snapshots",
                "store.sagas",
                "store.saga_associations",
                "store.tokens",
                "detection.state",
                "decisions.answered",
                "ledger.leaves",
                "rejected_lines"))
            assertThat(count(table.equals("rejected_lines") ? rejections() : table))
                    .as(table)
                    .isPositive();
    }

    /** The control: a name in a column that is not for names would be found, and a word in the log too. */
    @Test
    void aCarelessColumnAndACarelessLineAreFound() throws Exception {
        db.sql("insert into identity.mark (name, value) values ('careless', ?)")
                .param("about " + NAMES.getFirst())
                .update();
        db.sql("create table views.careless as select title || ? as title from views.incident limit 1")
                .param(NAMES.getFirst())
                .update();
        try {
            assertThat(names().in(database))
                    .contains("identity.mark: " + NAMES.getFirst(), "views.careless: " + NAMES.getFirst());
            var word = "careless-" + Instant.now().toEpochMilli();
            logger("io.velvetastro.careless").info("somebody typed {}", word);
            assertThat(new Markers(List.of(word)).in(logs)).hasSize(1);
        } finally {
            db.sql("delete from identity.mark where name = 'careless'").update();
            db.sql("drop table views.careless").update();
        }
    }

    private static Markers names() {
        return withOpenColumns(new Markers(NAMES));
    }

    private static Markers withOpenColumns(Markers markers) {
        return markers.besides("views.finding", "entities")
                .besides("views.attack", "source", "user_name", "search")
                .besides("views.attack_entity", "name")
                .besides("views.incident_entity", "name")
                .besides("views.incident_entry", "title", "detail")
                .besides("views.advice", "network")
                .besides("views.playbook_step", "target", "detail")
                .besides("views.rule", "network")
                .besides("decisions.allowed_network", "network");
    }

    // --- What goes in ----------------------------------------------------------------------------

    private void signIn() {
        var answer = post(
                "/api/v1/auth/login",
                "application/json",
                "{\"email\":\"admin@velvet.com\",\"password\":\"password\"}",
                200);
        accessToken = answer.path("accessToken").asString();
        refreshToken = answer.path("refreshToken").asString();
    }

    /** To a receiver that nobody finds: each try and its failure goes into the log. */
    private void whereTheRecordGoes() {
        var push = "/api/v1/orgs/"
                + json.readTree(get("/api/v1/auth/me"))
                        .path("organization")
                        .path("id")
                        .asString()
                + "/record-push";
        var url = "{\"url\":\"https://siem.invalid/in?token=planted-token-push\"}";
        var set = send(request(push).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(url)));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        pushSecret = json.readTree(set.body()).path("secret").asString().substring("whsec_".length());
        post(push + "/test", "application/json", "", 202);
        await(
                "a trial was sent",
                () -> json.readTree(get(push))
                        .path("trial")
                        .path("problem")
                        .asString("")
                        .equals("ADDRESS"));
    }

    private void everyFormat() {
        var now = Instant.now();
        raw("sshd", "text/plain", """
                Mar  3 10:00:01 gate sshd[1]: Failed password for invalid user planted-user-sshd from 198.51.100.201 port 22 ssh2
                Mar  3 10:00:02 gate sshd[1]: Failed password for root from 198.51.100.201 port 22 ssh2: planted-line-rest
                """);
        raw("cowrie", "text/plain", """
                {"eventid":"cowrie.login.failed","timestamp":"%1$s","username":"planted-user-cowrie","password":"planted-pw-cowrie","message":"login attempt [root/planted-pw-cowrie]","src_ip":"198.51.100.202","session":"a"}
                {"eventid":"cowrie.command.input","timestamp":"%1$s","input":"echo root:planted-pw-command | chpasswd","src_ip":"198.51.100.202","session":"a"}
                {"eventid":"cowrie.command.input","timestamp":"%1$s","input":"cat /tmp/planted-command","src_ip":"198.51.100.202","session":"a"}
                {"eventid":"cowrie.session.file_download","timestamp":"%1$s","url":"http://u:planted-pw-url@example.org/x?key=planted-token-url","src_ip":"198.51.100.202","session":"a"}
                """.formatted(now));
        raw("csv&time=at&timeUnit=iso&user=who&source=from&outcome=result", "text/csv", """
                at,who,from,result,secret
                %s,planted-user-column,198.51.100.203,failure,planted-pw-column
                """.formatted(now));
        raw("ocsf", "application/x-ndjson", """
                {"class_uid":3002,"activity_id":1,"time":%1$d,"status_id":2,"metadata":{"version":"1.4.0","uid":"planted-1"},"user":{"name":"%2$s","email_addr":"planted@example.org","credential_uid":"planted-pw-ocsf"},"src_endpoint":{"ip":"198.51.100.204"},"http_request":{"user_agent":"planted-agent/1.0"},"unmapped":{"password":"planted-pw-ocsf"}}
                {"class_uid":3002,"activity_id":1,"time":%1$d,"status_id":2,"metadata":{"version":"1.4.0","uid":"planted-2"},"user":{"name":"x"},"src_endpoint":{"ip":"planted-not-an-address"}}
                {"class_uid":3002,"unmapped":{"planted-member@example.org":{"x":tru}}}
                {"class_uid":3002,"user":{"planted-member@example.org":{"x":tru}}}
                """.formatted(now.toEpochMilli(), GUESSED));
    }

    private void wrongPasswordsAndBrokenBodies() {
        post(
                "/api/v1/auth/login",
                "application/json",
                "{\"email\":\"admin@velvet.com\",\"password\":\"planted-pw-login\"}",
                401);
        post(
                "/api/v1/auth/login",
                "application/json",
                "{\"email\":\"planted@example.org\",\"password\":\"planted-pw-login\"}",
                401);
        post(
                "/api/v1/auth/login",
                "application/json",
                "{\"email\":\"planted@example.org\",\"password\":planted-pw-login}",
                400);
        post(
                "/api/v1/setup",
                "application/json",
                "{\"token\":\"planted-token-url\",\"email\":\"planted@example.org\",\"password\":\"planted-pw-setup\"}",
                -1);
        post(
                "/api/v1/defense/rules",
                "application/json",
                "{\"action\":\"block\",\"network\":\"planted-not-an-address\"}",
                400);
    }

    /** The database itself refuses the row, and its message quotes all of it. */
    private void whatAFollowerCannotTake() {
        db.sql("alter table views.attack_entity add constraint planted check (name <> '%s')".formatted(POISON))
                .update();
        attack(POISON, ATTACKERS.getFirst());
        await("the poison is parked", () -> count("store.dead_letters") > 0);
        whileParked = Stream.concat(find(new Markers(SECRETS)), find(names())).toList();
    }

    private void anAttackThatIsAnswered() {
        db.sql("alter table views.attack_entity drop constraint planted")
                .update(); // It holds up all of its organisation.
        await("what was parked is taken", () -> {
            parked.retry("story"); // By itself it is tried once a minute.
            return count("store.dead_letters") == 0;
        });
        attack(GUESSED, ATTACKERS.getLast());
        await("the attacker is blocked", () -> get("/api/v1/defense/blocklist").contains(ATTACKERS.getLast()));
    }

    private void attack(String user, String address) {
        var end = Instant.now().minusSeconds(1);
        var events = IntStream.range(0, 6)
                .mapToObj(i -> """
                        {"class_uid":3002,"activity_id":1,"time":%d,"status_id":%d,"metadata":{"version":"1.4.0","uid":"%s-%d"},\
                        "user":{"name":"%s"},"src_endpoint":{"ip":"%s"},"dst_endpoint":{"hostname":"portal"}}""".formatted(
                                end.minusSeconds(5L * (5 - i)).toEpochMilli(), i == 5 ? 1 : 2, user, i, user, address))
                .collect(Collectors.joining("\n"));
        post("/api/v1/monitor/events", "application/x-ndjson", events, 202);
    }

    /** Enough said about an incident that a snapshot of it is kept. */
    private void work(String incident) {
        for (int i = 0; i < 110; i++)
            post(
                    "/api/v1/incidents/" + incident + "/comment",
                    "application/json",
                    "{\"text\":\"planted-note %d\"}".formatted(i),
                    204);
    }

    // --- How -------------------------------------------------------------------------------------

    private String incidentOf(String user) {
        await("there is an incident", () -> get("/api/v1/incidents?limit=100").contains(user));
        for (var item : json.readTree(get("/api/v1/incidents?limit=100")).path("items"))
            if (item.path("users").toString().contains(user))
                return item.path("id").asString();
        throw new AssertionError("no incident of " + user);
    }

    private void raw(String format, String type, String body) {
        post("/api/v1/monitor/import?format=" + format, type, body, 202);
    }

    private JsonNode post(String path, String type, String body, int expected) {
        var request = request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        if (path.startsWith("/api/v1/incidents")) request.header("Idempotency-Key", "comment-" + ++comments);
        var answer = send(request);
        if (expected > 0)
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(expected);
        return answer.body().isBlank() || answer.body().startsWith("<")
                ? json.nullNode()
                : json.readTree(answer.body());
    }

    private String get(String path) {
        return send(request(path)).body();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return accessToken.isEmpty() ? request : request.header("Authorization", "Bearer " + accessToken);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private String rejections() {
        return db.sql("select schemaname || '.rejected' from pg_tables where tablename = 'rejected'")
                .query(String.class)
                .single();
    }

    private long count(String table) {
        return db.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static Logger logger(String name) {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
    }

    private void logEverything() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %msg %mdc%n%ex{full}");
        encoder.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(logs.resolve("all.log").toString());
        appender.setEncoder(encoder);
        appender.start();
        var root = logger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        logger("io.velvetastro").setLevel(Level.DEBUG);
    }

    private Stream<String> find(Markers markers) {
        try {
            return markers.in(database).stream();
        } catch (SQLException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static void await(String what, BooleanSupplier isSo) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("Not so within a minute: " + what);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Ours end before they are ever stored; this one stays, and keeps what a saga is told. */
    @Saga
    public static class Remembering {
        @SuppressWarnings("UnusedVariable") // What a saga remembers is stored with it.
        private ContainmentAdvised advice;

        @StartSaga
        @SagaEventHandler(associationProperty = "incidentId")
        public void on(ContainmentAdvised event) {
            advice = event;
        }
    }
}
