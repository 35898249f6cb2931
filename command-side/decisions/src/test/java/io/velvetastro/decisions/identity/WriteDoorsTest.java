package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Disposition;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.PlaybookCommand.RecordStep;
import io.velvetastro.language.PlaybookCommand.StartRun;
import io.velvetastro.language.PlaybookCommand.StepOutcome;
import io.velvetastro.language.Role;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The doors through which people change something, over real HTTP: who may, what is refused by name, and that nobody reaches another organisation. */
class WriteDoorsTest extends Door {
    private static final String BLOCK =
            "{\"action\":\"block\",\"network\":\"203.0.113.9\",\"ttlSeconds\":3600,\"reason\":\"brute force\"}";

    @Autowired
    CommandGateway commands;

    private TenantId ours;
    private TenantId theirs;
    private String analyst;
    private String stranger;
    private IncidentId incident;

    @BeforeEach
    void twoOrganisations() {
        ours = organization("Ours");
        theirs = organization("Theirs");
        analyst = tokenOf(member(ours, Role.IT_SECURITY));
        stranger = tokenOf(member(theirs, Role.ORG_ADMIN));
        incident = open(ours);
    }

    @Test
    void aBlockIsMadeAndLifted() {
        var made = post("/api/v1/defense/rules", BLOCK, bearer(analyst));
        assertThat(made.status()).isEqualTo(201);
        var id = made.json().get("id").asString();
        assertThat(made.header("Location")).isEqualTo("/api/v1/defense/rules/" + id);
        assertThat(events(id)).containsExactly("NetworkBlocked");
        assertThat(delete("/api/v1/defense/rules/" + id, bearer(analyst)).status())
                .isEqualTo(204);
        assertThat(events(id)).containsExactly("NetworkBlocked", "RuleLifted");
    }

    @Test
    void whatADoorDoesNotAskForChangesNothing() {
        var chosen = java.util.UUID.randomUUID().toString();
        var more = BLOCK.replaceFirst(
                "\\}$",
                ",\"id\":\"" + chosen + "\",\"blockId\":\"" + chosen + "\",\"tenant\":\"" + theirs
                        + "\",\"by\":\"playbook\"}");
        var made = post("/api/v1/defense/rules", more, bearer(analyst));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var id = made.json().get("id").asString();
        assertThat(id).isNotEqualTo(chosen);
        assertThat(delete("/api/v1/defense/rules/" + id, bearer(stranger)).status())
                .as("it is not theirs")
                .isEqualTo(404);
        assertThat(delete("/api/v1/defense/rules/" + id, bearer(analyst)).status())
                .isEqualTo(204);
    }

    @Test
    void whatIsDecidedSaysWhoDecidedItAndForWhom() {
        var grace = member(ours, Role.IT_SECURITY);
        var id = post("/api/v1/defense/rules", BLOCK, bearer(tokenOf(grace)))
                .json()
                .get("id")
                .asString();
        var envelope = db.sql(
                        "select convert_from(metaData, 'UTF8') from store.decisions where aggregateIdentifier = ?")
                .param(id)
                .query(String.class)
                .single();
        assertThat(envelope)
                .contains(
                        "\"tenant\":\"" + ours + "\"",
                        "\"actor\":\"member:" + grace.member() + "\"",
                        "occurredAt",
                        "correlationId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"blok\",\"network\":\"203.0.113.9\",\"ttlSeconds\":60,\"reason\":\"r\"} | action",
                "{\"action\":\"block\",\"network\":\"203.0.113.900\",\"ttlSeconds\":60,\"reason\":\"r\"} | network",
                "{\"action\":\"block\",\"network\":\"example.org\",\"ttlSeconds\":60,\"reason\":\"r\"} | network",
                "{\"action\":\"block\",\"network\":\"203.0.113.9\",\"reason\":\"r\"} | ttlSeconds",
                "{\"action\":\"block\",\"network\":\"203.0.113.9\",\"ttlSeconds\":\"soon\",\"reason\":\"r\"} | ttlSeconds",
                "{\"action\":\"block\",\"network\":\"203.0.113.9\",\"ttlSeconds\":60,\"reason\":\"\"} | reason",
                "{\"action\":\"block\",\"network\":\"203.0.113.9\",\"ttlSeconds\":60,\"reason\":\"a\\nb\"} | reason",
                "{\"action\":\"block\",\"network\":\"203.0.113.9\",\"ttlSeconds\":60,\"reason\":\"r\",\"incidentId\":\"x\"} | incidentId"
            })
    void aWrongFieldIsRefusedByName(String body, String field) {
        var answer = post("/api/v1/defense/rules", body, bearer(analyst));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsString("field")).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.9,3600,never-block-list",
        "203.0.113.9,59,ttl-out-of-range",
        "203.0.113.9,2592001,ttl-out-of-range",
        "203.0.0.0/15,3600,prefix-too-wide"
    })
    void aForbiddenBlockIsDeclined(String network, long ttl, String why) {
        var answer = post(
                "/api/v1/defense/rules",
                BLOCK.replace("203.0.113.9", network).replace("3600", Long.toString(ttl)),
                bearer(analyst));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).endsWith("/" + why);
    }

    @Test
    void nobodyLocksThemselvesOut() {
        var mine = List.of("X-Forwarded-For", "203.0.113.77", "Authorization", "Bearer " + analyst)
                .toArray(String[]::new);
        var answer = post("/api/v1/defense/rules", BLOCK.replace("203.0.113.9", "203.0.113.0/24"), mine);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).endsWith("/never-block-list");
    }

    @Test
    void whatIsAllowedIsNotBlockedFromThatMomentOn() {
        var allow = "{\"action\":\"allow\",\"network\":\"198.51.100.0/24\",\"reason\":\"our office\"}";
        var allowed = post("/api/v1/defense/rules", allow, bearer(analyst));
        assertThat(allowed.status()).as(allowed.body()).isEqualTo(201);
        var block = BLOCK.replace("203.0.113.9", "198.51.100.200");
        assertThat(post("/api/v1/defense/rules", block, bearer(analyst)).status())
                .isEqualTo(422);
        assertThat(post("/api/v1/defense/rules", block, bearer(stranger)).status())
                .isEqualTo(201);
        delete("/api/v1/defense/rules/" + allowed.json().get("id").asString(), bearer(analyst));
        assertThat(post("/api/v1/defense/rules", block, bearer(analyst)).status())
                .isEqualTo(201);
    }

    @Test
    void anIncidentIsTakenCommentedResolvedAndReopened() {
        var grace = member(ours, Role.IT_SECURITY);
        var at = "/api/v1/incidents/" + incident;
        assertThat(post(at + "/assign", "{\"assignee\":\"" + grace.member() + "\"}", bearer(analyst))
                        .status())
                .isEqualTo(204);
        assertThat(post(at + "/comment", "{\"text\":\"Called Bob in accounting\"}", bearer(analyst))
                        .status())
                .isEqualTo(204);
        assertThat(post(
                                at + "/resolve",
                                "{\"disposition\":\"" + Disposition.TRUE_POSITIVE + "\",\"note\":\"Bob again\"}",
                                bearer(analyst))
                        .status())
                .isEqualTo(204);
        assertThat(post(at + "/resolve", "{\"disposition\":\"true_positive\"}", bearer(analyst))
                        .status())
                .isEqualTo(409);
        assertThat(post(at + "/reopen", "{}", bearer(analyst)).status()).isEqualTo(204);
        assertThat(post(at + "/assign", "{\"assignee\":null}", bearer(analyst)).status())
                .isEqualTo(204);
        assertThat(events(incident.toString()))
                .containsExactly(
                        "IncidentOpened",
                        "IncidentAssigned",
                        "IncidentCommented",
                        "IncidentResolved",
                        "IncidentReopened",
                        "IncidentAssigned");
        assertThat(stored(incident.toString())).doesNotContain("Bob");
    }

    @Test
    void anIncidentIsNotClosedWithoutSayingWhatItWas() {
        var answer = post("/api/v1/incidents/" + incident + "/resolve", "{}", bearer(analyst));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsString("field")).containsExactly("disposition");
        var unknown =
                post("/api/v1/incidents/" + incident + "/resolve", "{\"disposition\":\"who knows\"}", bearer(analyst));
        assertThat(unknown.json().get("errors").findValuesAsString("field")).containsExactly("disposition");
    }

    @Test
    void whoeverDecidesOnAnOldVersionIsTold() {
        var at = "/api/v1/incidents/" + incident + "/assign";
        var withVersion = List.of("If-Match", "\"7\"", "Authorization", "Bearer " + analyst)
                .toArray(String[]::new);
        assertThat(post(at, "{\"assignee\":null}", withVersion).status()).isEqualTo(412);
        withVersion[1] = "\"1\"";
        assertThat(post(at, "{\"assignee\":null}", withVersion).status()).isEqualTo(204);
        withVersion[1] = "old";
        assertThat(post(at, "{\"assignee\":null}", withVersion).status()).isEqualTo(400);
    }

    @Test
    void anIncidentIsGivenToColleaguesOnly() {
        var outsider = member(theirs, Role.IT_SECURITY);
        var answer = post(
                "/api/v1/incidents/" + incident + "/assign",
                "{\"assignee\":\"" + outsider.member() + "\"}",
                bearer(analyst));
        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void aBlockByHandBelongsToItsIncident() {
        var made = post("/api/v1/incidents/" + incident + "/actions", block(), bearer(analyst));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(stored(made.json().get("id").asString())).contains(incident.toString());
    }

    @Test
    void aPlaybooksStepIsTakenBackOnce() {
        var run = run(ours);
        var undo = "/api/v1/incidents/" + incident + "/actions/" + run + "/block-source/undo";
        assertThat(post(undo, "{\"reason\":\"our own scanner\"}", bearer(analyst))
                        .status())
                .isEqualTo(204);
        assertThat(post(undo, "", bearer(analyst)).status()).isEqualTo(204);
        assertThat(events(run.toString())).containsOnlyOnce("PlaybookStepUndone");
        assertThat(post(undo.replace(incident.toString(), open(ours).toString()), "", bearer(analyst))
                        .status())
                .isEqualTo(404);
        assertThat(post(undo.replace("block-source", "other"), "", bearer(analyst))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void somebodyElsesThingsAnswerExactlyAsMissingOnes() {
        var rule = post("/api/v1/defense/rules", BLOCK, bearer(analyst))
                .json()
                .get("id")
                .asString();
        var run = run(ours);
        var nothing = UUID.randomUUID();
        for (var path : List.of(
                "/assign", "/comment", "/resolve", "/reopen", "/actions", "/actions/" + run + "/block-source/undo")) {
            var body = switch (path) {
                case "/comment" -> "{\"text\":\"x\"}";
                case "/resolve" -> "{\"disposition\":\"TRUE_POSITIVE\"}";
                case "/actions" -> block();
                default -> "{}";
            };
            var missing = post(
                    "/api/v1/incidents/" + nothing + path.replace(run.toString(), nothing.toString()),
                    body,
                    bearer(stranger));
            var others = post("/api/v1/incidents/" + incident + path, body, bearer(stranger));
            assertThat(missing.status()).as(path + " " + missing.body()).isEqualTo(404);
            assertThat(withoutPath(others)).as(path).isEqualTo(withoutPath(missing));
        }
        assertThat(withoutPath(delete("/api/v1/defense/rules/" + rule, bearer(stranger))))
                .isEqualTo(withoutPath(delete("/api/v1/defense/rules/" + nothing, bearer(stranger))));
        assertThat(events(incident.toString())).containsExactly("IncidentOpened");
        assertThat(events(rule)).containsExactly("NetworkBlocked");
    }

    @Test
    void anEmployeeChangesNothing() {
        var employee = tokenOf(member(ours, Role.EMPLOYEE));
        assertThat(post("/api/v1/defense/rules", BLOCK, bearer(employee)).status())
                .isEqualTo(403);
        assertThat(delete("/api/v1/defense/rules/" + UUID.randomUUID(), bearer(employee))
                        .status())
                .isEqualTo(403);
        for (var path : List.of(
                "/assign",
                "/comment",
                "/resolve",
                "/reopen",
                "/actions",
                "/actions/" + UUID.randomUUID() + "/x/undo")) {
            assertThat(post(
                                    "/api/v1/incidents/" + incident + path,
                                    path.equals("/comment")
                                            ? "{\"text\":\"x\"}"
                                            : path.equals("/resolve")
                                                    ? "{\"disposition\":\"TRUE_POSITIVE\"}"
                                                    : path.equals("/actions") ? block() : "{}",
                                    bearer(employee))
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void nobodyChangesAnything() {
        assertThat(post("/api/v1/defense/rules", BLOCK).status()).isEqualTo(401);
        assertThat(post("/api/v1/incidents/" + incident + "/assign", "{}").status())
                .isEqualTo(401);
    }

    @Test
    void aWriteWithAKeyIsDoneOnceAndAnsweredTwice() {
        var headers = keyed("abc-1");
        var first = post("/api/v1/defense/rules", BLOCK, headers);
        var again = post("/api/v1/defense/rules", BLOCK, headers);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(events(first.json().get("id").asString())).hasSize(1);
    }

    /** The intake compares bodies in its own way, and says the same about keys. */
    @Test
    void aKeyIsRefusedInTheSameWordsAtEveryDoor() {
        var tooLong = "k".repeat(256);
        var refused = post("/api/v1/defense/rules", BLOCK, keyed(tooLong));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").toString())
                .contains("Idempotency-Key", "1 to 255 printable characters without spaces")
                .isEqualTo(post("/api/v1/monitor/events", "[]", keyed(tooLong))
                        .json()
                        .get("errors")
                        .toString());
        var longest = "k".repeat(255);
        assertThat(post("/api/v1/defense/rules", BLOCK, keyed(longest)).status())
                .isEqualTo(201);
        assertThat(post("/api/v1/monitor/events", "[]", keyed(longest)).status())
                .isEqualTo(202);
        var rules = post("/api/v1/defense/rules", BLOCK.replace("113.9", "113.10"), keyed(longest));
        var intake = post("/api/v1/monitor/events", "[ ]", keyed(longest));
        assertThat(rules.status()).isEqualTo(422);
        assertThat(withoutPath(rules)).isEqualTo(withoutPath(intake)).contains("idempotency-key-reused");
    }

    @Test
    void aKeyIsForOneRequest() {
        post("/api/v1/defense/rules", BLOCK, keyed("abc-2"));
        assertThat(post("/api/v1/defense/rules", BLOCK.replace("113.9", "113.10"), keyed("abc-2"))
                        .status())
                .isEqualTo(422);
        var theirHeaders = keyed("abc-2");
        theirHeaders[3] = "Bearer " + stranger;
        assertThat(post("/api/v1/defense/rules", BLOCK, theirHeaders).header("Idempotency-Replayed"))
                .isEmpty();
    }

    @Test
    void aDeclinedWriteMayBeTriedAgainUnderItsKey() {
        assertThat(post("/api/v1/defense/rules", BLOCK.replace("203.0.113.9", "10.0.0.1"), keyed("abc-3"))
                        .status())
                .isEqualTo(422);
        assertThat(post("/api/v1/defense/rules", BLOCK, keyed("abc-3")).status())
                .isEqualTo(201);
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        var grace = member(ours, Role.IT_SECURITY);
        var comment = "/api/v1/incidents/" + incident + "/comment";
        analyst = tokenOf(grace);
        post(comment, "{\"text\":\"x\"}", keyed("abc-4"));
        assertThat(post(comment, "{\"text\":\"x\"}", keyed("abc-4")).header("Idempotency-Replayed"))
                .isEqualTo("true");
        clock.turnOn(Duration.ofHours(25));
        analyst = tokenOf(grace);
        assertThat(post(comment, "{\"text\":\"x\"}", keyed("abc-4")).header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(events(incident.toString()))
                .containsExactly("IncidentOpened", "IncidentCommented", "IncidentCommented");
    }

    @Test
    void manyAtOnceUnderOneKeyMakeOneThing() throws Exception {
        Callable<Answer> call =
                () -> post("/api/v1/incidents/" + incident + "/comment", "{\"text\":\"once\"}", keyed("abc-5"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var statuses = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(List.of(call, call, call, call, call, call, call, call)))
                statuses.add(answer.get().status());
            assertThat(statuses).contains(204).allMatch(status -> status == 204 || status == 409);
        }
        assertThat(events(incident.toString())).containsOnlyOnce("IncidentCommented");
    }

    @Test
    void aKeyMustBeReadable() {
        assertThat(post("/api/v1/defense/rules", BLOCK, keyed("with space")).status())
                .isEqualTo(400);
        assertThat(post("/api/v1/defense/rules", BLOCK, keyed("x".repeat(256))).status())
                .isEqualTo(400);
    }

    private String[] keyed(String key) {
        return new String[] {"Idempotency-Key", key, "Authorization", "Bearer " + analyst};
    }

    private static String block() {
        return "{\"network\":\"203.0.113.9\",\"ttlSeconds\":3600,\"reason\":\"brute force\"}";
    }

    private static String withoutPath(Answer answer) {
        var problem = new tools.jackson.databind.json.JsonMapper().readTree(answer.body());
        return answer.status() + " " + problem.get("type") + problem.get("title") + problem.get("detail");
    }

    private IncidentId open(TenantId tenant) {
        var id = new IncidentId(UUID.randomUUID());
        var now = clock.instant();
        var story = new StoryState(
                "A takeover",
                Severity.HIGH,
                Stage.EXPLOITATION,
                List.of(Stage.EXPLOITATION),
                now,
                now,
                1,
                6,
                false,
                false,
                List.of());
        give(tenant, new OpenIncident(id, tenant, story, now));
        return id;
    }

    private RunId run(TenantId tenant) {
        var run = new RunId(UUID.randomUUID());
        give(tenant, new StartRun(run, tenant, "contain-source", 1, incident, clock.instant()));
        give(
                tenant,
                new RecordStep(
                        run,
                        tenant,
                        "block-source",
                        StepOutcome.COMPLETED,
                        Network.of("203.0.113.9"),
                        new RuleId(UUID.randomUUID()),
                        "blocked",
                        clock.instant()));
        return run;
    }

    private void give(TenantId tenant, Object command) {
        commands.sendAndWait(
                new GenericCommandMessage<>(command, Envelope.of(tenant, "engine:chain", clock.instant())));
    }

    private List<String> events(String aggregate) {
        return db
                .sql("select payloadType from store.decisions where aggregateIdentifier = ? order by sequenceNumber")
                .param(aggregate)
                .query(String.class)
                .list()
                .stream()
                .map(type -> type.substring(type.lastIndexOf('$') + 1))
                .toList();
    }

    private String stored(String aggregate) {
        return String.join(
                "\n",
                db.sql("select convert_from(payload, 'UTF8') from store.decisions where aggregateIdentifier = ?")
                        .param(aggregate)
                        .query(String.class)
                        .list());
    }
}
