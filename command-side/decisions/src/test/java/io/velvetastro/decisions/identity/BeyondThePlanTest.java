package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Attendance;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.GrantedAuthority;
import tools.jackson.databind.JsonNode;

/** What a plan has no room for works for thirty days, and then reads; nothing of it is ever deleted. */
class BeyondThePlanTest extends Door {
    private static final Duration A_MOMENT = Duration.ofMinutes(1);
    private static final String LOGIN =
            "[{\"class_uid\":3002,\"activity_id\":1,\"status_id\":1,\"time\":1780000000000,\"user\":{\"name\":\"nora\"},\"src_endpoint\":{\"ip\":\"198.51.100.7\"},\"metadata\":{\"uid\":\"%s\",\"version\":\"1.3.0\",\"product\":{\"name\":\"idp\"}}}]";

    @Autowired
    Attendance attendance;

    @Autowired
    Housekeeping housekeeping;

    private TenantId ours;
    private Person chief;
    private Person boss;
    private Person first;
    private Person newest;
    private Person lateAdmin;

    /** Seven people, of whom Free has room for five: an administrator, five analysts, and an administrator who came last. */
    @BeforeEach
    void anOrganisationThatHasGrown() {
        chief = member(organization("House"), Role.SUPER_ADMIN);
        ours = organization("Ours");
        boss = comes(Role.ORG_ADMIN);
        first = comes(Role.IT_SECURITY);
        for (int i = 0; i < 3; i++) newest = comes(Role.IT_SECURITY);
        newest = comes(Role.IT_SECURITY);
        lateAdmin = comes(Role.ORG_ADMIN);
    }

    @Test
    void beforeTheGraceEndsAllIsAsBefore() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE.minus(A_MOMENT));
        assertThat(blocks(newest).status()).isEqualTo(201);
        assertThat(rights(newest)).contains("defense:write", "incidents:write", "monitor:write");
    }

    @Test
    void afterItTheNewestReadAndAreToldWhy() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE);
        var refused = blocks(newest);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("type").asString()).endsWith("/reads-only");
        assertThat(refused.json().get("detail").asString()).contains("plan");
        assertThat(rights(newest)).containsExactlyInAnyOrder("monitor:read", "incidents:read", "defense:read");
        assertThat(post("/api/v1/monitor/events", login(), bearer(tokenOf(newest)))
                        .status())
                .isEqualTo(403);
        assertThat(blocks(first).status()).as("who came first").isEqualTo(201);
        assertThat(people.of(ours)).as("nobody is gone").hasSize(7);
    }

    @Test
    void whatTheirRoleNeverHadIsRefusedAsBefore() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE);
        var refused = get("/api/v1/orgs/" + ours + "/members", bearer(tokenOf(newest)));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("type").asString()).endsWith("/forbidden");
    }

    @Test
    void administratorsAreTheLastToBeBeyondIt() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE);
        for (var admin : List.of(boss, lateAdmin))
            assertThat(get(path("/members"), bearer(tokenOf(admin))).status()).isEqualTo(200);
    }

    @Test
    void whereThereAreMoreAdministratorsThanPlacesTheOldestAdminister() {
        for (int i = 0; i < 4; i++) lateAdmin = comes(Role.ORG_ADMIN);
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE);
        assertThat(get(path("/members"), bearer(tokenOf(boss))).status()).isEqualTo(200);
        var refused = get(path("/members"), bearer(tokenOf(lateAdmin)));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("type").asString()).endsWith("/reads-only");
    }

    @Test
    void aLargerPlanEndsItAtOnce() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE);
        var token = tokenOf(newest);
        assertThat(blocks(token).status()).isEqualTo(403);
        on(Plan.PRO);
        assertThat(blocks(token).status()).isEqualTo(201);
        assertThat(plan().has("beyond")).isFalse();
        assertThat(facts(ours, "PlanExceeded")).isEqualTo(1);
        assertThat(facts(ours, "PlanKeptAgain")).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsGivenUpGoesToWhoCameFirstOfThoseBeyond() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE);
        var token = tokenOf(newest);
        var admin = tokenOf(boss);
        assertThat(delete(path("/members/" + first.member()), bearer(admin)).status())
                .isEqualTo(204);
        assertThat(blocks(token).status()).as("one of them is beyond it still").isEqualTo(403);
        assertThat(send(
                                "PUT",
                                path("/members/" + lateAdmin.member() + "/disabled"),
                                "{\"disabled\":true}",
                                bearer(admin))
                        .status())
                .isEqualTo(204);
        assertThat(blocks(token).status()).isEqualTo(201);
    }

    @Test
    void whoGivesAPlaceBeyondThePlanAwayGivesItsTimeAway() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE);
        assertThat(blocks(first).status()).isEqualTo(201);
        var admin = tokenOf(boss);
        for (var promoted : List.of(newest, comesBack()))
            assertThat(patch(path("/members/" + promoted.member()), "{\"role\":\"org_admin\"}", bearer(admin))
                            .status())
                    .isEqualTo(204);
        assertThat(blocks(newest).status()).isEqualTo(201);
        assertThat(beyond()).hasSize(2);
        var another = people.of(ours).stream()
                .filter(each -> beyond().contains(each.id().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(blocks(new Person(ours, another.id(), another.email())).status())
                .as("no second grace by passing places on")
                .isEqualTo(403);
    }

    /** The other one beyond the plan. */
    private Person comesBack() {
        return people.of(ours).stream()
                .filter(each -> beyond().contains(each.id().toString()))
                .filter(each -> !each.id().equals(newest.member()))
                .map(each -> new Person(ours, each.id(), each.email()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theNewestServiceAccountsDecideNothingAndSendLogsStill() {
        var admin = tokenOf(boss);
        var keys = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            clock.turnOn(A_MOMENT);
            keys.add(key("a" + i, admin));
        }
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE.minus(A_MOMENT));
        assertThat(blocks(keys.get(2)).status()).isEqualTo(201);
        clock.turnOn(A_MOMENT);
        assertThat(blocks(keys.get(1)).status()).isEqualTo(201);
        var refused = blocks(keys.get(2));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("type").asString()).endsWith("/reads-only");
        assertThat(post("/api/v1/monitor/events", login(), bearer(keys.get(2))).status())
                .as("who watches goes on to watch")
                .isEqualTo(202);
        var listed =
                get(path("/service-accounts"), bearer(tokenOf(boss))).json().get("items");
        assertThat(listed.get(1).has("readOnlyFrom")).isFalse();
        assertThat(listed.get(2).has("readOnlyFrom")).isTrue();
        assertThat(delete(path("/service-accounts/" + listed.get(0).get("id").asString()), bearer(tokenOf(boss)))
                        .status())
                .isEqualTo(204);
        assertThat(blocks(keys.get(2)).status()).isEqualTo(201);
    }

    @Test
    void whoListensComesInAnew() {
        on(Plan.FREE);
        clock.turnOn(Plan.GRACE.minus(A_MOMENT));
        var stays = sessions.begin(first.member(), ours, Sessions.Coming.by(Sessions.Kind.BROWSER));
        var reads = sessions.begin(newest.member(), ours, Sessions.Coming.by(Sessions.Kind.BROWSER));
        var both = List.<Principal>of(stays, reads);
        assertThat(attendance.unchangedAmong(both)).containsExactlyInAnyOrder(stays, reads);
        clock.turnOn(A_MOMENT);
        assertThat(attendance.unchangedAmong(both)).containsExactly(stays);
        assertThat(sessions.standsUnchanged(stays, Sessions.Sign.USE)).isTrue();
        assertThat(sessions.standsUnchanged(reads, Sessions.Sign.USE)).isFalse();
    }

    @Test
    void administratorsAreToldAtOnceAndOnceAndThePageSaysWhen() {
        on(Plan.FREE);
        housekeeping.sweep();
        for (var admin : List.of(boss, lateAdmin))
            assertThat(lettersTo(admin.email()).stream()
                            .filter(each -> each.subject().contains("more than your plan")))
                    .singleElement()
                    .satisfies(each -> assertThat(each.text()).contains("2 members too many", "Nothing is deleted"));
        assertThat(lettersTo(newest.email())).isEmpty();
        var beyond = plan().get("beyond");
        assertThat(beyond.get("members").asInt()).isEqualTo(2);
        assertThat(beyond.get("serviceAccounts").asInt()).isZero();
        assertThat(java.time.Instant.parse(beyond.get("readOnlyFrom").asString()))
                .isBetween(
                        clock.instant().plus(Plan.GRACE).minus(A_MOMENT),
                        clock.instant().plus(Plan.GRACE));
        assertThat(beyond()).hasSize(2).contains(newest.member().toString());
    }

    @Test
    void whatGoesBeyondItByItselfHasAGraceOfItsOwn() {
        db.sql("update identity.organization set plan = 'FREE' where id = ?")
                .param(ours.value())
                .update(); // As if the plan had become smaller with a new version of the house.
        clock.turnOn(Plan.GRACE);
        assertThat(blocks(newest).status()).isEqualTo(201);
        housekeeping.sweep();
        assertThat(blocks(newest).status()).isEqualTo(201);
        clock.turnOn(Plan.GRACE);
        assertThat(blocks(newest).status()).isEqualTo(403);
    }

    private Person comes(Role role) {
        clock.turnOn(A_MOMENT);
        return member(ours, role);
    }

    private void on(Plan plan) {
        assertThat(send(
                                "PUT",
                                path("/plan"),
                                "{\"plan\":\"" + plan.name().toLowerCase(java.util.Locale.ROOT) + "\"}",
                                bearer(tokenOf(chief)))
                        .status())
                .isEqualTo(204);
    }

    private JsonNode plan() {
        return get(path("/plan"), bearer(tokenOf(boss))).json();
    }

    /** Whose line says that they read, or will. */
    private List<String> beyond() {
        return get(path("/members"), bearer(tokenOf(boss)))
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.has("readOnlyFrom"))
                .map(each -> each.get("id").asString())
                .toList();
    }

    private List<String> rights(Person person) {
        return sessions.begin(person.member(), ours, Sessions.Coming.by(Sessions.Kind.API)).getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(each -> each.contains(":"))
                .toList();
    }

    private String key(String name, String admin) {
        var account = post(
                        path("/service-accounts"),
                        "{\"name\":\"" + name + "\",\"authorities\":[\"monitor:write\",\"defense:write\"]}",
                        bearer(admin))
                .json()
                .get("id")
                .asString();
        return post(
                        path("/service-accounts/" + account + "/keys"),
                        "{\"name\":\"k\",\"expiresInDays\":90}",
                        bearer(admin))
                .json()
                .get("key")
                .asString();
    }

    private Answer blocks(Person person) {
        return blocks(tokenOf(person));
    }

    private Answer blocks(String token) {
        return post(
                "/api/v1/defense/rules",
                "{\"action\":\"block\",\"network\":\"203.0.113.9\",\"ttlSeconds\":3600,\"reason\":\"brute force\"}",
                bearer(token));
    }

    private static String login() {
        return LOGIN.formatted(UUID.randomUUID());
    }

    private String path(String rest) {
        return "/api/v1/orgs/" + ours + rest;
    }
}
