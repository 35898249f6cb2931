package io.velvetastro.views.history;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.incident;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Address;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.EventId;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Role;
import io.velvetastro.language.SignInDenied;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Door;
import io.velvetastro.views.HashedNames;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.OpenSeals;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import io.velvetastro.views.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnTheReadHouse
class HistoryTest {
    private static final TenantId STRANGER = tenant("stranger");

    @Autowired
    private Door door;

    @Autowired
    private Pseudonyms pseudonyms;

    private static Attempt attempt(
            Pseudonyms names, TenantId tenant, String id, Instant at, String user, String address) {
        return new Attempt(
                new EventId(Stories.id(id)),
                tenant,
                at,
                "sshd",
                null,
                "password",
                names.principal(tenant, "sshd", user.toLowerCase(Locale.ROOT)),
                names.source(tenant, Address.of(address)),
                "vpn-1",
                null,
                null,
                OpenSeals.of(tenant, "{\"user\":\"" + user + "\",\"address\":\"" + address + "\"}"));
    }

    private Telemetry failed(TenantId tenant, String id, Instant at, String user, String address) {
        return new LoginFailed(attempt(pseudonyms, tenant, id, at, user, address), "wrong-password");
    }

    private void tell(TenantId tenant, Telemetry... events) {
        door.storeTelemetry(List.of(events).stream()
                .map(event -> door.fact(tenant, event.id(), event, event.occurredAt()))
                .toList());
    }

    private void awaitEvents(TenantId tenant, int events) {
        Door.await(
                "all is in the history",
                () -> door.get(tenant, "/forensics/events?limit=200")
                                .body()
                                .path("items")
                                .size()
                        == events);
    }

    private TenantId eventful(String name) {
        var tenant = tenant("history " + name);
        if (door.get(tenant, "/forensics/events").body().path("items").size() >= 9) return tenant;
        tell(
                tenant,
                failed(tenant, name + 1, NOON, "Nora.Lind", "203.0.113.9"),
                failed(tenant, name + 2, NOON.plusSeconds(1), "nora.lind", "203.0.113.9"),
                failed(tenant, name + 3, NOON.plusSeconds(2), "ida", "198.51.100.7"),
                new LoginSucceeded(
                        attempt(pseudonyms, tenant, name + 4, NOON.plusSeconds(3), "nora.lind", "2001:db8::1")),
                new AlertRaised(
                        new EventId(Stories.id(name + 5)),
                        tenant,
                        NOON.plusSeconds(4),
                        "suricata",
                        "Port scan",
                        null,
                        null,
                        pseudonyms.source(tenant, Address.of("192.0.2.4")),
                        null,
                        null,
                        null,
                        OpenSeals.of(tenant, "{}")));
        var now = Instant.now();
        var spray = Finding.in(tenant, name).at(now);
        door.store(new Stories()
                .raise(spray)
                .open(tenant, name, now, spray)
                .block(tenant, name, "203.0.113.9", name, now, Duration.ofHours(1))
                .comment(tenant, name, "I am on it", now)
                .events());
        awaitEvents(tenant, 9);
        Door.await(
                "the finding belongs to its incident",
                () -> door.get(tenant, "/forensics/events?incident=" + incident(name))
                                .body()
                                .path("items")
                                .size()
                        == 6);
        return tenant;
    }

    @Test
    void whatAnOwnerDeniesIsFoundUnderWhoAndWhereItWas() {
        var tenant = tenant("history denied");
        var seen = attempt(pseudonyms, tenant, "denied", NOON, "nora.lind", "203.0.113.9");
        tell(
                tenant,
                new LoginSucceeded(seen),
                new SignInDenied(
                        SignInDenied.idOf(tenant, Stories.id("notice")),
                        tenant,
                        NOON.plusSeconds(60),
                        "velvet-astro",
                        seen.id(),
                        NOON,
                        true,
                        "passkey",
                        seen.principal(),
                        seen.source(),
                        null,
                        seen.personal()));
        awaitEvents(tenant, 2);
        for (var query : List.of("user=nora.lind", "address=203.0.113.9", "type=SignInDenied")) {
            var items = door.get(tenant, "/forensics/events?" + query).body().path("items");
            assertThat(items.path(0).path("type").asText()).as(query).isEqualTo("SignInDenied");
            assertThat(items.path(0).path("says").asText()).isEqualTo("passkey");
            assertThat(items.path(0).path("user").asText()).isEqualTo("nora.lind");
            assertThat(items.path(0).path("address").asText()).isEqualTo("203.0.113.9");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user=nora.lind|3",
                "user=NORA.LIND|3",
                "user=nora|0",
                "address=203.0.113.9|3",
                "address=2001:DB8:0:0:0:0:0:1|1",
                "address=192.0.2.4|1",
                "user=nora.lind&address=203.0.113.9|2",
                "type=LoginFailed|3",
                "type=LoginFailed,AlertRaised|4",
                "type=IncidentOpened|1",
                "type=login|0",
                "user=nora.lind&type=LoginSucceeded|1",
                "from=2026-03-03T12:00:01Z&to=2026-03-03T12:00:03Z|2",
                "from=2099-01-01T00:00:00Z|0"
            })
    void eventsAreFoundByWhoWhereWhatAndWhen(String query, int events) {
        var tenant = eventful("found");
        assertThat(door.get(tenant, "/forensics/events?" + query).body().path("items"))
                .as(query)
                .hasSize(events);
        assertThat(door.get(STRANGER, "/forensics/events?" + query).body().path("items"))
                .as("a stranger's " + query)
                .isEmpty();
    }

    /** Its sender goes by the first address of its network. */
    @Test
    void ofIpv6AllThatOneSenderHasIsFound() {
        var tenant = tenant("history sender");
        tell(tenant, failed(tenant, "sender", NOON, "ida", "2001:db8:1:1::"));
        awaitEvents(tenant, 1);
        assertThat(door.get(tenant, "/forensics/events?address=2001:db8:1:1:5::9")
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(door.get(tenant, "/forensics/events?address=2001:db8:1:2::")
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void anIncidentIsItsDecisionsItsFindingsAndTheirEvidence() {
        var tenant = eventful("whole");
        var items = door.get(tenant, "/forensics/events?incident=" + incident("whole"))
                .body()
                .path("items");
        var types = new ArrayList<String>();
        items.forEach(item -> types.add(item.path("type").asString()));
        assertThat(types)
                .containsExactlyInAnyOrder(
                        "IncidentCommented",
                        "NetworkBlocked",
                        "IncidentOpened",
                        "FindingRaised",
                        "LoginFailed",
                        "LoginFailed");
        assertThat(door.get(tenant, "/forensics/events?user=nora.lind&incident=" + incident("whole"))
                        .body()
                        .path("items"))
                .hasSize(2);
        assertThat(door.get(tenant, "/forensics/events?user=ida&incident=" + incident("whole"))
                        .body()
                        .path("items"))
                .isEmpty();
        assertThat(door.get(STRANGER, "/forensics/events?incident=" + incident("whole"))
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void aLineSaysWhoFromWhereAndWhat() {
        var tenant = eventful("line");
        var line = door.get(tenant, "/forensics/events?user=ida")
                .body()
                .path("items")
                .path(0);
        assertThat(line.path("id").asString()).isEqualTo(Stories.id("line3").toString());
        assertThat(line.path("user").asString()).isEqualTo("ida");
        assertThat(line.path("address").asString()).isEqualTo("198.51.100.7");
        assertThat(line.path("host").asString()).isEqualTo("vpn-1");
        assertThat(line.path("says").asString()).isEqualTo("wrong-password");
        assertThat(line.path("stream").asString()).isEqualTo("telemetry");
        assertThat(line.path("occurredAt").asString()).isEqualTo("2026-03-03T12:00:02Z");
    }

    @Test
    void oneEventIsShownAsItsBytesAndWithNamesOpened() {
        var tenant = eventful("one");
        var id = Stories.id("one3");
        var answer = door.get(tenant, "/forensics/events/" + id);
        assertThat(answer.status()).isEqualTo(200);
        var event = answer.body();
        assertThat(event.path("type").asString()).isEqualTo("LoginFailed");
        assertThat(new String(
                        java.util.Base64.getDecoder()
                                .decode(event.path("payload").asString()),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(event.path("text").asString())
                .contains(id.toString());
        assertThat(event.path("opened")
                        .path("attempt")
                        .path("personal")
                        .path("user")
                        .asString())
                .isEqualTo("ida");
        assertThat(event.has("proof")).isFalse(); // No ledger is kept in this house.
        for (var path : List.of("/forensics/events/" + id, "/forensics/events/" + Stories.id("none")))
            assertThat(door.get(STRANGER, path).status()).isEqualTo(404);
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        var tenant = tenant("history pages");
        var events = new ArrayList<Telemetry>();
        for (int i = 0; i < 25; i++)
            events.add(failed(tenant, "page" + i, NOON.plusSeconds(i / 5), "u" + i % 2, "203.0.113.9"));
        tell(tenant, events.toArray(Telemetry[]::new));
        awaitEvents(tenant, 25);
        for (var question : List.of("", "address=203.0.113.9&", "type=LoginFailed&")) {
            var seen = new HashSet<String>();
            String cursor = null;
            int pages = 0;
            do {
                var page = door.get(
                                tenant,
                                "/forensics/events?" + question + "limit=4"
                                        + (cursor == null ? "" : "&cursor=" + cursor))
                        .body();
                page.path("items")
                        .forEach(item ->
                                assertThat(seen.add(item.path("id").asString())).isTrue());
                cursor = page.path("next").isNull() ? null : page.path("next").asString();
                pages++;
            } while (cursor != null);
            assertThat(seen).as(question).hasSize(25);
            assertThat(pages).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cursor=abc, cursor",
        "limit=0, limit",
        "limit=201, limit",
        "from=yesterday, from",
        "incident=7, incident",
        "address=nowhere, address",
        "principal=nora, principal"
    })
    void whatCannotBeReadIsRefusedByItsName(String query, String field) {
        var answer = door.get(STRANGER, "/forensics/events?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(field);
    }

    @Test
    void onlyThoseWhoMayReadIncidentsSearchTheHistory() {
        assertThat(door.get(STRANGER, Role.EMPLOYEE, "/forensics/events").status())
                .isEqualTo(403);
        assertThat(door.getAsNobody("/forensics/events").status()).isIn(401, 403);
    }

    @Test
    void batchesAndRepetitionsMakeNoDifference() {
        var names = new HashedNames();
        var random = new Random(1);
        var stories = new Stories();
        for (int i = 0; i < 300; i++) {
            var tenant = random.nextBoolean() ? tenant("a") : tenant("b");
            stories.tell(
                    tenant,
                    "service:test",
                    NOON,
                    new LoginFailed(
                            attempt(names, tenant, "r" + i, NOON.plusMillis(i), "u" + i % 9, "203.0.113." + i % 7),
                            null));
        }
        var once = TestDatabase.fresh();
        new HistoryFollower(once.live(), new OpenSeals(), names, 500).follow(stories.events());
        var often = TestDatabase.fresh();
        for (int from = 0; from < 300; ) {
            int to = Math.min(300, from + 1 + random.nextInt(70));
            var follower = new HistoryFollower(often.live(), new OpenSeals(), names, 500);
            follower.follow(stories.events().subList(from, to));
            follower.follow(stories.events().subList(Math.max(0, from - 20), to));
            from = to;
        }
        assertThat(often.rows()).isEqualTo(once.rows());
        assertThat(once.rows().get("history_name")).hasSize(18);
    }

    @Test
    void aNameThatCanNoLongerBeOpenedIsNotLearned() {
        var names = new HashedNames();
        var seals = new OpenSeals();
        var acme = tenant("acme");
        var event = new LoginFailed(attempt(names, acme, "x", NOON, "nora", "203.0.113.9"), null);
        seals.erase("{\"user\":\"nora\",\"address\":\"203.0.113.9\"}");
        var database = TestDatabase.fresh();
        new HistoryFollower(database.live(), seals, names, 500)
                .follow(new Stories().tell(acme, "s", NOON, event).events());
        assertThat(database.rows().get("history")).hasSize(1);
        assertThat(database.rows().get("history_name")).isEmpty();
    }
}
