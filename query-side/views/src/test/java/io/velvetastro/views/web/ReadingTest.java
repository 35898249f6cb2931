package io.velvetastro.views.web;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.incident;
import static io.velvetastro.views.Stories.series;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnTheReadHouse
class ReadingTest {
    private static final TenantId STRANGER = tenant("stranger");

    @Autowired
    private Door door;

    /** A spray of a known place that became an incident, was blocked by a playbook, taken up and talked about. */
    private TenantId storyOf(String name) {
        var tenant = tenant(name);
        var now = Instant.now();
        var scan = Finding.in(tenant, name + " scan")
                .titled("Port scan")
                .stage(Stage.RECONNAISSANCE)
                .severity(Severity.LOW)
                .at(now.minusSeconds(120))
                .by();
        var spray = Finding.in(tenant, name + " spray")
                .titled("Spray <b>on</b> VPN")
                .at(now.minusSeconds(60))
                .by("nora", "lind")
                .placed("SG", "Singapore", 1.3, 103.8);
        door.store(new Stories()
                .raise(scan)
                .raise(spray)
                .open(tenant, name, now, scan, spray)
                .advise(tenant, name, "203.0.113.9", now)
                .block(tenant, name, "203.0.113.9", name, now, Duration.ofHours(24))
                .step(tenant, name, "203.0.113.9", name, now)
                .assign(tenant, name, "mira", now)
                .comment(tenant, name, "I am on it", now)
                .events());
        Door.await(
                "the story is told",
                () -> door.get(tenant, "/incidents/" + incident(name))
                        .body()
                        .path("timeline")
                        .toString()
                        .contains("I am on it")); // It is the last that happened.
        return tenant;
    }

    @Test
    void theFeedTellsAnAttackWithItsWords() {
        var tenant = storyOf("feed");
        var answer = door.get(tenant, "/threat/attacks");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("items", "next");
        assertThat(answer.body().path("next").isNull()).isTrue();
        assertThat(answer.body().path("items")).hasSize(2);
        var spray = answer.body().path("items").path(0);
        assertThat(spray.path("title").asString()).isEqualTo("Spray <b>on</b> VPN");
        assertThat(spray.path("severity").asString()).isEqualTo("high");
        assertThat(spray.path("stage").asString()).isEqualTo("exploitation");
        assertThat(spray.path("source").asString()).isEqualTo("203.0.113.9");
        assertThat(spray.path("user").asString()).isEqualTo("nora");
        assertThat(spray.path("users").asInt()).isEqualTo(2);
        assertThat(spray.path("outcome").asString()).isEqualTo("blocked");
        assertThat(spray.path("incident").asString()).isEqualTo(incident("feed").toString());
        assertThat(spray.path("place").path("city").asString()).isEqualTo("Singapore");
    }

    @Test
    void oneAttackComesWithWhyAndWhatItRestsOn() {
        var tenant = storyOf("one");
        var answer = door.get(tenant, "/threat/attacks/" + series("one spray"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("why").path(0).path("what").asString()).isEqualTo("failures");
        assertThat(answer.body().path("techniques").path(0).path("id").asString())
                .isEqualTo("T1110");
        assertThat(answer.body().path("entities")).hasSize(3);
        assertThat(answer.body().path("evidence")).hasSize(3);
        assertThat(answer.body().path("title").asString()).startsWith("Spray");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "severity=high|1",
                "severity=high,low|2",
                "severity=HIGH&severity=low|2",
                "stage=reconnaissance|1",
                "engine=statistics|0",
                "outcome=blocked|2",
                "source=203.0.113.9|2",
                "source=203.0.113.8|0",
                "user=lind|1",
                "q=spray|1",
                "q=NORA|1",
                "q=%25|0",
                "q=_|0",
                "from=2099-01-01T00:00:00Z|0",
                "to=2001-01-01T00:00:00Z|0"
            })
    void theFeedIsFiltered(String query, int items) {
        var tenant = tenant("filters");
        if (door.get(tenant, "/threat/attacks").body().path("items").isEmpty()) storyOf("filters");
        assertThat(door.get(tenant, "/threat/attacks?" + query).body().path("items"))
                .hasSize(items);
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        var tenant = tenant("pages");
        var stories = new Stories();
        for (int i = 0; i < 25; i++) stories.raise(Finding.in(tenant, "p" + i).at(NOON.plusSeconds(i / 5)));
        door.store(stories.events());
        Door.await(
                "all are there",
                () -> door.get(tenant, "/threat/attacks?limit=100")
                                .body()
                                .path("items")
                                .size()
                        == 25);
        var seen = new HashSet<String>();
        String cursor = null;
        int pages = 0;
        do {
            var page = door.get(tenant, "/threat/attacks?limit=4" + (cursor == null ? "" : "&cursor=" + cursor))
                    .body();
            page.path("items")
                    .forEach(item ->
                            assertThat(seen.add(item.path("id").asString())).isTrue());
            cursor = page.path("next").isNull() ? null : page.path("next").asString();
            pages++;
        } while (cursor != null);
        assertThat(seen).hasSize(25);
        assertThat(pages).isEqualTo(7);
    }

    @Test
    void anIncidentTellsItsStory() {
        var tenant = storyOf("told");
        var item = door.get(tenant, "/incidents").body().path("items").path(0);
        assertThat(item.path("sources").path(0).asString()).isEqualTo("203.0.113.9");
        assertThat(item.path("users")).hasSize(2);
        assertThat(item.path("status").asString()).isEqualTo("contained");
        assertThat(item.path("findings").asInt()).isEqualTo(2);
        var answer = door.get(tenant, "/incidents/" + incident("told"));
        assertThat(answer.response().headers().firstValue("etag")).contains("\"4\"");
        var whole = answer.body();
        assertThat(whole.path("version").asLong()).isEqualTo(4);
        assertThat(whole.path("killChain")).hasSize(2);
        assertThat(whole.path("killChain").path(0).path("stage").asString()).isEqualTo("reconnaissance");
        assertThat(whole.path("killChain").path(1).path("technique").asString()).isEqualTo("T1110");
        assertThat(whole.path("evidence")).isNotEmpty();
        assertThat(whole.path("evidence").path(0).propertyNames()).containsExactlyInAnyOrder("eventId", "occurredAt");
        assertThat(whole.path("actions")).hasSize(1);
        assertThat(whole.path("actions").path(0).path("state").asString()).isEqualTo("standing");
        assertThat(whole.path("timeline").toString()).contains("I am on it");
    }

    @Test
    void anIncidentIsFoundByItsNumberItsWordsAndItsNames() {
        var tenant = storyOf("found");
        for (var query : new String[] {
            "q=INC-1",
            "q=1",
            "q=spray",
            "q=nora",
            "status=contained",
            "stage=exploitation",
            "assignee=" + Stories.member("mira")
        })
            assertThat(door.get(tenant, "/incidents?" + query).body().path("items"))
                    .as(query)
                    .hasSize(1);
        for (var query : new String[] {"q=INC-2", "q=somebody", "status=open", "severity=low"})
            assertThat(door.get(tenant, "/incidents?" + query).body().path("items"))
                    .as(query)
                    .isEmpty();
    }

    @Test
    void theMapShowsWhereAttacksComeFromAndOneItemForTheUnknown() {
        var tenant = storyOf("map");
        var items = door.get(tenant, "/threat/map").body().path("items");
        assertThat(items).hasSize(2);
        var placed = items.path(0).has("lat") ? items.path(0) : items.path(1);
        assertThat(placed.path("lat").asDouble()).isEqualTo(1.3);
        assertThat(placed.path("lon").asDouble()).isEqualTo(103.8);
        assertThat(placed.path("attacks").asInt()).isEqualTo(1);
        assertThat(placed.path("topTitle").asString()).startsWith("Spray");
    }

    @Test
    void aFirewallPullsTheListInItsOwnForm() {
        var tenant = storyOf("firewall");
        var text = door.get(tenant, "/defense/blocklist");
        assertThat(text.response().headers().firstValue("content-type").orElse(""))
                .startsWith("text/plain");
        assertThat(text.response().body()).isEqualTo("203.0.113.9\n");
        assertThat(door.get(tenant, "/defense/blocklist?format=nft").response().body())
                .contains("add element inet velvet_astro blocked4 { 203.0.113.9 }");
        assertThat(door.get(tenant, "/defense/blocklist?format=ipset")
                        .response()
                        .body())
                .contains("add velvet-astro-4 203.0.113.9\n");
        assertThat(door.get(tenant, "/defense/blocklist?format=json")
                        .body()
                        .path("networks")
                        .path(0)
                        .asString())
                .isEqualTo("203.0.113.9");
        assertThat(door.get(STRANGER, "/defense/blocklist").response().body()).isEmpty();
    }

    @Test
    void rulesComeWithWhoMadeThem() {
        var tenant = storyOf("rules");
        var items = door.get(tenant, "/defense/rules?action=block&standing=true")
                .body()
                .path("items");
        assertThat(items).hasSize(1);
        assertThat(items.path(0).path("by").asString()).isEqualTo("member:" + Stories.member("lead"));
        assertThat(door.get(tenant, "/defense/rules?action=allow").body().path("items"))
                .isEmpty();
    }

    @Test
    void healthNamesItsParts() {
        var answer = door.get(STRANGER, "/monitor/health");
        assertThat(answer.body().path("components").findValuesAsString("name"))
                .contains("database", "readers", "views");
        assertThat(answer.body().path("state").asString()).isIn("up", "degraded");
    }

    @ParameterizedTest
    @CsvSource({
        "/threat/attacks?cursor=abc, cursor", "/threat/attacks?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, cursor",
                "/threat/attacks?limit=0, limit", "/threat/attacks?limit=501, limit", "/threat/attacks?limit=x, limit",
        "/threat/attacks?severity=terrible, severity", "/threat/attacks?from=yesterday, from",
                "/threat/attacks?incident=7, incident", "/threat/attacks/7, id", "/threat/map?stage=8, stage",
        "/incidents?cursor=%00, cursor", "/incidents?status=lost, status", "/incidents?limit=201, limit",
                "/defense/rules?action=maybe, action", "/defense/blocklist?format=doc, format",
        "/monitor/traffic?bucketSeconds=61, bucketSeconds", "/monitor/traffic?from=2020-01-01T00:00:00Z, bucketSeconds",
                "/monitor/traffic?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, to"
    })
    void whatCannotBeReadIsRefusedByItsName(String path, String field) {
        var answer = door.get(STRANGER, path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().headers().firstValue("content-type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.error()).isEqualTo(field);
    }

    @Test
    void aCursorThatWasTamperedWithIsRefused() {
        var cursor = new Cursor(NOON, series("x").value()).toString();
        assertThat(door.get(STRANGER, "/threat/attacks?cursor=" + cursor).status())
                .isEqualTo(200);
        for (int i = 0; i < cursor.length() - 1; i++) {
            var changed = new StringBuilder(cursor);
            changed.setCharAt(i, cursor.charAt(i) == 'A' ? 'B' : 'A');
            assertThat(door.get(STRANGER, "/threat/attacks?cursor=" + changed).error())
                    .as(changed.toString())
                    .isEqualTo("cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/threat/attacks",
                "/threat/map",
                "/incidents",
                "/defense/rules",
                "/monitor/traffic?bucketSeconds=3600"
            })
    void anotherOrganisationHasNoneOfIt(String path) {
        storyOf("private" + path.replace('/', ' '));
        var answer = door.get(STRANGER, path);
        assertThat(answer.status()).isEqualTo(200);
        answer.body().path("items").forEach(item -> {
            assertThat(item.has("id")).isFalse();
            assertThat(item.path("attacks").asInt()).isZero();
        });
    }

    @Test
    void anotherOrganisationsIdAnswersExactlyAsAMissingOne() {
        storyOf("hidden");
        for (var path : new String[] {"/threat/attacks/", "/incidents/"}) {
            var theirs = path.startsWith("/inc")
                    ? incident("hidden").toString()
                    : series("hidden spray").toString();
            var hidden = door.get(STRANGER, path + theirs);
            var missing = door.get(STRANGER, path + Stories.id("nothing"));
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.response().body().replace(theirs, ""))
                    .isEqualTo(missing.response()
                            .body()
                            .replace(Stories.id("nothing").toString(), ""));
        }
        assertThat(door.get(STRANGER, "/threat/attacks?incident=" + incident("hidden"))
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/threat/attacks",
                "/threat/attacks/00000000-0000-0000-0000-000000000000",
                "/threat/map",
                "/threat/stream",
                "/incidents",
                "/incidents/00000000-0000-0000-0000-000000000000",
                "/defense/rules",
                "/defense/blocklist",
                "/monitor/health",
                "/monitor/traffic",
                "/platform/views/story/rebuild"
            })
    void whoeverMayNotReadIsTurnedAway(String path) {
        assertThat(door.get(STRANGER, Role.EMPLOYEE, path).status()).isEqualTo(403);
        assertThat(door.getAsNobody(path).status()).isIn(401, 403);
    }

    @Test
    void onlyThePlatformsOwnPeopleRebuild() {
        assertThat(door.post(STRANGER, Role.ORG_ADMIN, "/platform/views/story/rebuild")
                        .status())
                .isEqualTo(403);
        assertThat(door.post(STRANGER, Role.ORG_ADMIN, "/platform/views/rebuild")
                        .status())
                .isEqualTo(403);
        assertThat(door.post(STRANGER, Role.SUPER_ADMIN, "/platform/views/nothing/rebuild")
                        .status())
                .isEqualTo(404);
    }
}
