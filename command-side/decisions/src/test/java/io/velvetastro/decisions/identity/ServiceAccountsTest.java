package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Programs come in with keys: what a key opens, when it stops, and who may make one. */
class ServiceAccountsTest extends Door {
    private static final String LOGIN =
            "[{\"class_uid\":3002,\"activity_id\":1,\"status_id\":1,\"time\":1780000000000,\"user\":{\"name\":\"nora\"},\"src_endpoint\":{\"ip\":\"198.51.100.7\"},\"metadata\":{\"uid\":\"%s\",\"version\":\"1.3.0\",\"product\":{\"name\":\"idp\"}}}]";

    private TenantId ours;
    private String admin;
    private String stranger;

    @BeforeEach
    void twoOrganisations() {
        ours = organization("Ours");
        admin = tokenOf(member(ours, Role.ORG_ADMIN));
        stranger = tokenOf(member(organization("Theirs"), Role.ORG_ADMIN));
    }

    @Test
    void aKeyOpensWhatItsScopesSayAndNothingElse() {
        var key = key(account("shipper", "monitor:write", "defense:read"), "[\"monitor:write\"]");
        assertThat(send(key).status()).isEqualTo(202);
        assertThat(delete("/api/v1/defense/rules/" + UUID.randomUUID(), bearer(secret(key)))
                        .status())
                .isEqualTo(403);
        var me = get("/api/v1/auth/me", bearer(secret(key)));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().get("role").asString()).isEqualTo("service");
        assertThat(me.json().get("name").asString()).isEqualTo("shipper");
        assertThat(me.json().has("email")).isFalse();
    }

    @Test
    void aKeyThatNamesNoScopesHasThoseOfItsAccount() {
        var key = key(account("shipper", "monitor:write"), null);
        assertThat(key.get("scopes").valueStream().map(JsonNode::asString)).containsExactly("monitor:write");
        assertThat(send(key).status()).isEqualTo(202);
    }

    @Test
    void aRevokedKeyOpensNothingFromThenOn() {
        var account = account("shipper", "monitor:write");
        var key = key(account, null);
        var other = key(account, null);
        assertThat(send(key).status()).isEqualTo(202);
        assertThat(delete(path(account) + "/keys/" + id(key), bearer(admin)).status())
                .isEqualTo(204);
        assertThat(send(key).status()).isEqualTo(401);
        assertThat(send(other).status()).isEqualTo(202);
        assertThat(delete(path(account) + "/keys/" + id(key), bearer(admin)).status())
                .isEqualTo(204);
        assertThat(facts(ours, "ApiKeyRevoked")).isEqualTo(1);
    }

    @Test
    void aDisabledAccountTakesItsKeysWithIt() {
        var account = account("shipper", "monitor:write");
        var key = key(account, null);
        assertThat(delete(path(account), bearer(admin)).status()).isEqualTo(204);
        assertThat(send(key).status()).isEqualTo(401);
        assertThat(post(path(account) + "/keys", "{\"name\":\"more\"}", bearer(admin))
                        .status())
                .isEqualTo(409);
        assertThat(post(path(account) + "/keys/" + id(key) + "/rotate", "", bearer(admin))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatHasLongEndedIsInTheRecordAndNotInTheList() {
        var account = account("shipper", "monitor:write");
        var ended = key(account, null);
        var closed = account("old shipper", "monitor:write");
        assertThat(delete(path(account) + "/keys/" + id(ended), bearer(admin)).status())
                .isEqualTo(204);
        assertThat(delete(path(closed), bearer(admin)).status()).isEqualTo(204);
        var lives = post(path(account) + "/keys", "{\"name\":\"long\",\"expiresInDays\":90}", bearer(admin))
                .json();
        assertThat(listed()).contains(account, closed, id(ended), id(lives));
        clock.turnOn(Duration.ofDays(31));
        admin = tokenOf(member(ours, Role.ORG_ADMIN));
        assertThat(listed()).contains(account, id(lives)).doesNotContain(closed, id(ended));
    }

    private String listed() {
        return get("/api/v1/orgs/" + ours + "/service-accounts", bearer(admin)).body();
    }

    @Test
    void aKeyExpires() {
        var key = post(
                        path(account("shipper", "monitor:write")) + "/keys",
                        "{\"name\":\"short\",\"expiresInDays\":1}",
                        bearer(admin))
                .json();
        clock.turnOn(Duration.ofDays(1));
        assertThat(send(key).status()).isEqualTo(401);
    }

    @Test
    void aRotatedKeyWorksOnBesideItsSuccessorAndThenStops() {
        var account = account("shipper", "monitor:write");
        var old = key(account, null);
        var next = post(path(account) + "/keys/" + id(old) + "/rotate", "{\"overlapHours\":2}", bearer(admin));
        assertThat(next.status()).isEqualTo(201);
        assertThat(send(old).status()).isEqualTo(202);
        assertThat(send(next.json()).status()).isEqualTo(202);
        clock.turnOn(Duration.ofHours(2));
        assertThat(send(old).status()).isEqualTo(401);
        assertThat(send(next.json()).status()).isEqualTo(202);
    }

    @Test
    void ofTwoRotationsThatCrossOneGivesTheSuccessor() throws Exception {
        var account = account("shipper", "monitor:write");
        var old = key(account, null);
        Callable<Integer> rotate = () -> post(path(account) + "/keys/" + id(old) + "/rotate", "{}", bearer(admin))
                .status();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers = threads.invokeAll(List.of(rotate, rotate, rotate, rotate)).stream()
                    .map(each -> each.resultNow())
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(201, 409, 409, 409);
        }
        assertThat(facts(ours, "ApiKeyIssued")).isEqualTo(2);
    }

    @Test
    void ofTwoAccountsOfOneNameOneIsMade() throws Exception {
        Callable<Integer> create = () -> create("Shipper").status();
        try (var threads = Executors.newFixedThreadPool(2)) {
            assertThat(threads.invokeAll(List.of(create, create)).stream().map(each -> each.resultNow()))
                    .containsExactlyInAnyOrder(201, 409);
        }
        assertThat(create("SHIPPER").status()).isEqualTo(409);
        assertThat(facts(ours, "ServiceAccountCreated")).isEqualTo(1);
    }

    @Test
    void anAccountThatLosesAnAuthorityTakesItFromItsKeys() {
        var account = account("shipper", "monitor:write");
        var key = key(account, null);
        db.sql("update identity.service_account set authorities = '{defense:read,org:admin}' where id = ?")
                .param(UUID.fromString(account))
                .update();
        assertThat(send(key).status()).isEqualTo(403);
        assertThat(get("/api/v1/orgs/" + ours + "/service-accounts", bearer(secret(key)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aKeyIsShownOnceAndIsNowhere() {
        var account = account("shipper", "monitor:write");
        var made = post(path(account) + "/keys", "{\"name\":\"prod\"}", bearer(admin));
        assertThat(made.header("Cache-Control")).contains("no-store");
        var secret = secret(made.json());
        assertThat(secret)
                .startsWith("va_")
                .hasSize(46)
                .startsWith(made.json().get("prefix").asString());
        var listed = get("/api/v1/orgs/" + ours + "/service-accounts", bearer(admin));
        assertThat(listed.body()).contains(secret.substring(0, 11)).doesNotContain(secret);
        var everything = String.join("\n", db.sql("""
                        select row_to_json(k)::text from identity.api_key k
                        union all select convert_from(payload, 'UTF8') || convert_from(metaData, 'UTF8') from store.decisions
                        union all select coalesce(encode(body, 'escape'), '') from decisions.answered""").query(String.class).list());
        assertThat(everything).isNotEmpty().doesNotContain(secret).doesNotContain(secret.substring(12));
    }

    @Test
    void whatIsDoneToAccountsAndKeysIsAFactWithItsActor() {
        var account = account("shipper", "monitor:write");
        key(account, null);
        assertThat(facts(ours, "ServiceAccountCreated")).isEqualTo(1);
        assertThat(facts(ours, "ApiKeyIssued")).isEqualTo(1);
        assertThat(db.sql(
                                "select distinct convert_from(metaData, 'UTF8')::json ->> 'actor' from store.decisions where convert_from(metaData, 'UTF8') like ?")
                        .param("%" + ours + "%")
                        .query(String.class)
                        .single())
                .startsWith("member:");
    }

    @Test
    void itsLastUseIsSeenToTheMinute() {
        var key = key(account("shipper", "monitor:write"), null);
        assertThat(listedKey().has("lastUsedAt")).isFalse();
        send(key);
        var first = listedKey().get("lastUsedAt").asString();
        send(key);
        assertThat(listedKey().get("lastUsedAt").asString()).isEqualTo(first);
        clock.turnOn(Duration.ofMinutes(1));
        send(key);
        assertThat(listedKey().get("lastUsedAt").asString()).isGreaterThan(first);
    }

    @Test
    void anotherOrganisationFindsNothing() {
        var account = account("shipper", "monitor:write");
        var key = key(account, null);
        var theirs = get("/api/v1/orgs/" + ours + "/service-accounts", bearer(stranger));
        var missing = get("/api/v1/orgs/" + UUID.randomUUID() + "/service-accounts", bearer(stranger));
        assertThat(theirs.status()).isEqualTo(404);
        assertThat(theirs.json().get("detail")).isEqualTo(missing.json().get("detail"));
        assertThat(missing.status()).isEqualTo(404);
        var home = get("/api/v1/auth/me", bearer(stranger))
                .json()
                .get("organization")
                .get("id")
                .asString();
        var asOwn = "/api/v1/orgs/" + home + "/service-accounts/" + account;
        assertThat(delete(asOwn, bearer(stranger)).status()).isEqualTo(404);
        assertThat(post(asOwn + "/keys", "{\"name\":\"x\",\"scopes\":[\"monitor:write\"]}", bearer(stranger))
                        .status())
                .isEqualTo(404);
        assertThat(post(asOwn + "/keys/" + id(key) + "/rotate", "", bearer(stranger))
                        .status())
                .isEqualTo(404);
        assertThat(delete(asOwn + "/keys/" + id(key), bearer(stranger)).status())
                .isEqualTo(404);
        assertThat(send(key).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IT_SECURITY", "EMPLOYEE"})
    void whoDoesNotAdministerMayNot(String role) {
        var token = tokenOf(member(ours, Role.valueOf(role)));
        assertThat(get("/api/v1/orgs/" + ours + "/service-accounts", bearer(token))
                        .status())
                .isEqualTo(403);
        assertThat(post(
                                "/api/v1/orgs/" + ours + "/service-accounts",
                                "{\"name\":\"a\",\"authorities\":[\"monitor:write\"]}",
                                bearer(token))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"\",\"authorities\":[\"monitor:write\"]} | name",
                "{\"name\":\"a\\nb\",\"authorities\":[\"monitor:write\"]} | name",
                "{\"name\":\"a\",\"authorities\":[]} | authorities",
                "{\"name\":\"a\",\"authorities\":[\"org:admin\"]} | authorities",
                "{\"name\":\"a\",\"authorities\":[\"everything\"]} | authorities"
            })
    void aWrongFieldIsRefusedByName(String body, String field) {
        var answer = post("/api/v1/orgs/" + ours + "/service-accounts", body, bearer(admin));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsString("field")).containsExactly(field);
    }

    @Test
    void aKeyCannotCarryMoreThanItsAccount() {
        var answer = post(
                path(account("shipper", "monitor:write")) + "/keys",
                "{\"name\":\"x\",\"scopes\":[\"defense:write\"]}",
                bearer(admin));
        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"va_", "va_short", "va_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "va_../../etc/passwd"})
    void whatIsNoKeyOpensNothing(String guess) {
        assertThat(get("/api/v1/auth/me", bearer(guess)).status()).isEqualTo(401);
    }

    @Test
    void aKeyHasNoSessionToEnd() {
        var key = key(account("shipper", "monitor:write"), null);
        assertThat(post("/api/v1/auth/logout", "", bearer(secret(key))).status())
                .isEqualTo(409);
        assertThat(send(key).status()).isEqualTo(202);
    }

    private Answer send(JsonNode key) {
        return post("/api/v1/monitor/events", LOGIN.formatted(UUID.randomUUID()), bearer(secret(key)));
    }

    private Answer create(String name, String... authorities) {
        var listed = authorities.length == 0 ? List.of("monitor:write") : List.of(authorities);
        return post(
                "/api/v1/orgs/" + ours + "/service-accounts",
                json.writeValueAsString(java.util.Map.of("name", name, "authorities", listed)),
                bearer(admin));
    }

    private String account(String name, String... authorities) {
        var made = create(name, authorities);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("id").asString();
    }

    private JsonNode key(String account, @Nullable String scopes) {
        var made = post(
                path(account) + "/keys",
                "{\"name\":\"prod\"" + (scopes == null ? "" : ",\"scopes\":" + scopes) + "}",
                bearer(admin));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private JsonNode listedKey() {
        return get("/api/v1/orgs/" + ours + "/service-accounts", bearer(admin))
                .json()
                .get("items")
                .get(0)
                .get("keys")
                .get(0);
    }

    private String path(String account) {
        return "/api/v1/orgs/" + ours + "/service-accounts/" + account;
    }

    private static String secret(JsonNode key) {
        return key.get("key").asString();
    }

    private static String id(JsonNode key) {
        return key.get("id").asString();
    }
}
