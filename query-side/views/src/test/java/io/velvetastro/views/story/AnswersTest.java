package io.velvetastro.views.story;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Attempt;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.Network;
import io.velvetastro.language.Personal;
import io.velvetastro.language.Role;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks.AttackFacets;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttacksChanged;
import io.velvetastro.questions.Attacks.FacetCounts;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.questions.Attacks.TopActors;
import io.velvetastro.questions.Attacks.TopRow;
import io.velvetastro.questions.Defense.Blocklist;
import io.velvetastro.questions.Defense.DefenseRules;
import io.velvetastro.questions.Defense.HeldBy;
import io.velvetastro.questions.Defense.NetworkList;
import io.velvetastro.questions.Defense.RulePage;
import io.velvetastro.questions.Incidents;
import io.velvetastro.questions.Incidents.IncidentById;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.questions.Monitor.Figures;
import io.velvetastro.questions.Monitor.FiguresAnswer;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.OpenSeals;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTheReadHouse
class AnswersTest {
    @Autowired
    private Door door;

    @Autowired
    private QueryGateway queries;

    @Autowired
    private DSLContext owner;

    private <A> A ask(Object question, Class<A> type) {
        return ask(question, ResponseTypes.instanceOf(type));
    }

    private <A> A ask(Object question, ResponseType<A> type) {
        return queries.query(question, type)
                .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    private void told(TenantId tenant, Stories stories, int attacks) {
        door.store(stories.events());
        Door.await(
                "all is told",
                () -> ask(new AttackFeed(tenant, Filter.none(), null, 1), AttackPage.class)
                                .total()
                        == attacks);
    }

    private static Filter of(Severity... severities) {
        return new Filter(null, null, Set.of(severities), Set.of(), Set.of(), Set.of(), null, null, null, null);
    }

    private static Filter between(Instant from, Instant to) {
        return new Filter(from, to, Set.of(), Set.of(), Set.of(), Set.of(), null, null, null, null);
    }

    @Test
    void aFacetSaysWhatItsOtherValuesWouldAdd() {
        var tenant = tenant("facets");
        var stories = new Stories();
        for (int i = 0; i < 6; i++)
            stories.raise(Finding.in(tenant, "facet" + i)
                    .severity(i < 4 ? Severity.HIGH : Severity.LOW)
                    .stage(i % 2 == 0 ? Stage.DELIVERY : Stage.EXPLOITATION)
                    .at(NOON.plusSeconds(i * 1000)));
        told(tenant, stories, 6);
        var all = ask(new AttackFacets(tenant, Filter.none()), FacetCounts.class);
        assertThat(all.severities())
                .containsOnly(java.util.Map.entry(Severity.HIGH, 4L), java.util.Map.entry(Severity.LOW, 2L));
        var low = ask(new AttackFacets(tenant, of(Severity.LOW)), FacetCounts.class);
        assertThat(low.total()).isEqualTo(2);
        assertThat(low.severities().get(Severity.HIGH)).isEqualTo(4);
        assertThat(low.stages())
                .containsOnly(java.util.Map.entry(Stage.DELIVERY, 1L), java.util.Map.entry(Stage.EXPLOITATION, 1L));
        var worded = ask(
                new AttackFacets(
                        tenant,
                        new Filter(
                                null,
                                null,
                                Set.of(Severity.LOW),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                null,
                                null,
                                "brute",
                                null)),
                FacetCounts.class);
        assertThat(worded).isEqualTo(low);
    }

    @Test
    void aSpanIsCountedToTheMicrosecondWhateverHoursItCuts() {
        var tenant = tenant("spans");
        var stories = new Stories();
        for (int i = 0; i < 40; i++)
            stories.raise(Finding.in(tenant, "span" + i).at(NOON.plusSeconds(600L * i)));
        told(tenant, stories, 40);
        for (int from = -5; from < 45; from += 3)
            for (int to = from; to < 45; to += 4) {
                var filter = between(NOON.plusSeconds(600L * from), NOON.plusSeconds(600L * to));
                long rows = Math.max(0, Math.min(40, to) - Math.max(0, from));
                assertThat(ask(new AttackFeed(tenant, filter, null, 1), AttackPage.class)
                                .total())
                        .as("%s to %s", from, to)
                        .isEqualTo(rows);
            }
    }

    /** Rows that no event made: they are gone before anybody else looks. */
    @Test
    void nobodyCountsBeyondTenThousand() {
        var tenant = tenant("countless");
        var own = tenant.value();
        try {
            owner.execute("""
                    insert into views.incident (tenant, id, number, position, title, severity, stage, stages, opened_at, last_at,
                        recorded_at, findings, events, resolved, history, simulated, version)
                    select ?, gen_random_uuid(), n, n, 'One of many', 2, 3, '{}', now(), now(), now(), 1, 1, false, false, false, 1
                    from generate_series(1, 10100) n""", own);
            owner.execute("""
                    insert into views.rule (tenant, id, position, action, network, low, high, reason, actor, at)
                    select ?, gen_random_uuid(), n, 'BLOCK', '203.0.113.9', gen_random_uuid(), gen_random_uuid(), '', 'x', now()
                    from generate_series(1, 10100) n""", own);
            assertThat(ask(new IncidentList(tenant, Incidents.Filter.none(), null, 1), Incidents.IncidentPage.class)
                            .total())
                    .isEqualTo(10_000);
            assertThat(ask(new DefenseRules(tenant, null, null, null, 1), RulePage.class)
                            .total())
                    .isEqualTo(10_000);
        } finally {
            owner.execute("delete from views.incident where tenant = ?", own);
            owner.execute("delete from views.rule where tenant = ?", own);
        }
    }

    @Test
    void thoseWhoAreInItMostComeFirst() {
        var tenant = tenant("actors");
        told(
                tenant,
                new Stories()
                        .raise(Finding.in(tenant, "little").count(3).from("203.0.113.1"))
                        .raise(Finding.in(tenant, "much").count(50).from("203.0.113.2"))
                        .raise(Finding.in(tenant, "more").count(9).from("203.0.113.1")),
                3);
        var sources = ask(
                new TopActors(tenant, NOON, TopActors.By.SOURCE, 10), ResponseTypes.multipleInstancesOf(TopRow.class));
        assertThat(sources).extracting(TopRow::name).containsExactly("203.0.113.2", "203.0.113.1");
        assertThat(sources).extracting(TopRow::events).containsExactly(50L, 12L);
        assertThat(ask(
                        new TopActors(tenant, NOON.plus(1, ChronoUnit.DAYS), TopActors.By.USER, 10),
                        ResponseTypes.multipleInstancesOf(TopRow.class)))
                .isEmpty();
    }

    @Test
    void theTilesAddUp() {
        var tenant = tenant("tiles");
        var now = Instant.now();
        var attack = Finding.in(tenant, "tile").at(now.minusSeconds(60));
        told(
                tenant,
                new Stories()
                        .raise(Finding.in(tenant, "last week")
                                .at(now.minus(7, ChronoUnit.DAYS).minusSeconds(60)))
                        .raise(attack)
                        .open(tenant, "tile", now, attack)
                        .advise(tenant, "tile", "203.0.113.9", now)
                        .advise(tenant, "tile", "203.0.113.10", now)
                        .block(tenant, "tile", "203.0.113.9", "tile", now, Duration.ofHours(1))
                        .step(tenant, "tile", "203.0.113.9", "tile", now)
                        .assign(tenant, "tile", "mira", now),
                2);
        Door.await(
                "it is assigned",
                () -> ask(
                                new IncidentById(tenant, Stories.incident("tile")),
                                ResponseTypes.multipleInstancesOf(IncidentDetail.class))
                        .stream()
                        .anyMatch(detail -> detail.incident().assignee() != null));
        var figures = ask(new Figures(tenant, Instant.now(), now.minusSeconds(3600)), FiguresAnswer.class);
        assertThat(figures.openIncidents()).isEqualTo(1);
        assertThat(figures.openedToday()).isEqualTo(1);
        assertThat(figures.attacksToday()).isEqualTo(1);
        assertThat(figures.containableToday()).isEqualTo(2);
        assertThat(figures.containedToday()).isEqualTo(1);
        assertThat(figures.standingBlocks()).isEqualTo(1);
        assertThat(figures.medianSecondsToAcknowledge()).isNotNull();
        assertThat(figures.severitiesToday()).containsOnly(java.util.Map.entry(Severity.HIGH, 1L));
        assertThat(figures.attackTrend()).hasSize(24);
        assertThat(figures.incidentTrend().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1);
        assertThat(figures.blockTrend().getLast()).isEqualTo(1);
        var nobody = ask(new Figures(tenant("nobody"), Instant.now(), now.minusSeconds(3600)), FiguresAnswer.class);
        assertThat(nobody.usualAttacks()).isNull();
        assertThat(nobody.medianSecondsToAcknowledge()).isNull();
        assertThat(nobody.openIncidents() + nobody.attacksToday() + nobody.eventsToday() + nobody.standingBlocks())
                .isZero();
    }

    @Test
    void anIncidentIsContainedWhileEachSourceIsKeptOutAndNoLonger() {
        var tenant = tenant("contained");
        var now = Instant.now();
        var one = Finding.in(tenant, "c1").from("203.0.113.1");
        var two = Finding.in(tenant, "c2").from("203.0.113.2");
        var stories = new Stories()
                .raise(one)
                .raise(two)
                .open(tenant, "contained", now, one, two)
                .block(tenant, "c1", "203.0.113.1", null, now, Duration.ofHours(1));
        told(tenant, stories, 2);
        stories.taken();
        Door.await("one of two is kept out", () -> status(tenant) == Status.OPEN);
        door.store(stories.block(tenant, "c2", "203.0.113.2", null, now, Duration.ofHours(1))
                .taken());
        Door.await("both are kept out", () -> status(tenant) == Status.CONTAINED);
        door.store(stories.allow(tenant, "ours", "203.0.113.0/24", now, null).taken());
        Door.await("an allowance makes the blocks void", () -> status(tenant) == Status.OPEN);
        assertThat(ask(new Blocklist(tenant, Instant.now()), NetworkList.class).networks())
                .isEmpty();
        door.store(stories.lift(tenant, "ours", "203.0.113.0/24", now)
                .assign(tenant, "contained", "mira", now)
                .resolve(tenant, "contained", now)
                .taken());
        Door.await("it is resolved", () -> status(tenant) == Status.RESOLVED);
    }

    @Test
    void anAllowanceHoldsABlockUpOnlyWhileItStands() {
        var tenant = tenant("allowed for a while");
        var now = Instant.now();
        var one = Finding.in(tenant, "w1").from("203.0.113.1");
        var stories = new Stories()
                .raise(one)
                .open(tenant, "while", now, one)
                .allow(tenant, "over", "203.0.113.0/24", now.minusSeconds(7200), Duration.ofHours(1))
                .block(tenant, "w1", "203.0.113.1", null, now, Duration.ofHours(1));
        told(tenant, stories, 1);
        stories.taken();
        Door.await("the allowance is long over", () -> status(tenant, "while") == Status.CONTAINED);
        assertThat(ask(new AttackFeed(tenant, Filter.none(), null, 5), AttackPage.class)
                        .items())
                .extracting(row -> row.outcome())
                .containsExactly(Outcome.BLOCKED);
        door.store(stories.allow(tenant, "now", "203.0.113.0/24", now.minusSeconds(60), Duration.ofMinutes(30))
                .taken());
        Door.await("this one stands, and ends before the block", () -> status(tenant, "while") == Status.OPEN);
        door.store(stories.lift(tenant, "now", "203.0.113.0/24", now).taken());
        Door.await("it was lifted", () -> status(tenant, "while") == Status.CONTAINED);
    }

    private @Nullable Status status(TenantId tenant) {
        return status(tenant, "contained");
    }

    private @Nullable Status status(TenantId tenant, String incident) {
        return ask(
                        new IncidentById(tenant, Stories.incident(incident)),
                        ResponseTypes.multipleInstancesOf(IncidentDetail.class))
                .stream()
                .map(detail -> detail.incident().status())
                .findFirst()
                .orElse(null);
    }

    @Test
    void whatTwoBlocksKeepOutIsHeldByBothUntilEachIsLifted() {
        var tenant = tenant("held");
        var stories = new Stories()
                .block(tenant, "held1", "203.0.113.9", "one", NOON, Duration.ofHours(1))
                .block(tenant, "held2", "203.0.113.9", "two", NOON.plusSeconds(1), Duration.ofHours(1))
                .block(tenant, "held3", "203.0.113.0/28", null, NOON.plusSeconds(2), Duration.ofHours(1))
                .block(tenant, "held4", "203.0.113.64/28", null, NOON.plusSeconds(3), Duration.ofHours(1))
                .lift(tenant, "held1", "203.0.113.9", NOON.plusSeconds(60))
                .raise(Finding.in(tenant, "held"));
        told(tenant, stories, 1);
        assertThat(heldAt(tenant, NOON.plusSeconds(90))).containsExactly("203.0.113.0/28", "203.0.113.9");
        assertThat(heldAt(tenant("list"), NOON.plusSeconds(30))).doesNotContain("203.0.113.0/28");
    }

    private List<String> heldAt(TenantId tenant, Instant at) {
        return ask(new HeldBy(tenant, Network.of("203.0.113.9"), at), RulePage.class).items().stream()
                .map(row -> row.network().toString())
                .toList();
    }

    @Test
    void aBlockStandsFromWhenItIsKnownThoughOurClockWentBackAndUntilItEnds() {
        var tenant = tenant("list");
        told(
                tenant,
                new Stories()
                        .block(tenant, "list", "203.0.113.9", null, NOON, Duration.ofHours(1))
                        .raise(Finding.in(tenant, "list")),
                1);
        assertThat(ask(new Blocklist(tenant, NOON.minusSeconds(7200)), NetworkList.class)
                        .networks())
                .hasSize(1);
        assertThat(ask(new Blocklist(tenant, NOON.plusSeconds(1)), NetworkList.class)
                        .networks())
                .hasSize(1);
        assertThat(ask(new Blocklist(tenant, NOON.plusSeconds(3600)), NetworkList.class)
                        .networks())
                .isEmpty();
    }

    @Test
    void whoeverAskedIsToldWhenItChangesAndNobodyElse() {
        var tenant = tenant("notes");
        var other = tenant("other notes");
        var heard = new ConcurrentLinkedQueue<AttacksChanged>();
        var others = new ConcurrentLinkedQueue<AttacksChanged>();
        try (var mine = queries.subscriptionQuery(
                        new AttackFeed(tenant, Filter.none(), null, 5), AttackPage.class, AttacksChanged.class);
                var theirs = queries.subscriptionQuery(
                        new AttackFeed(other, Filter.none(), null, 5), AttackPage.class, AttacksChanged.class)) {
            mine.updates().subscribe(heard::add);
            theirs.updates().subscribe(others::add);
            mine.initialResult().block();
            theirs.initialResult().block();
            door.store(new Stories().raise(Finding.in(tenant, "note")).events());
            Door.await("the note comes", () -> !heard.isEmpty());
            assertThat(ask(new AttackFeed(tenant, Filter.none(), null, 5), AttackPage.class)
                            .items())
                    .as("rows are there when the note is")
                    .hasSize(1);
            assertThat(others).isEmpty();
        }
    }

    @Test
    void evidenceIsShownWithItsPersonalPartOpenedToItsOwnersOnly() throws Exception {
        var tenant = tenant("raw");
        var id = new EventId(Stories.id("raw event"));
        var sealed = OpenSeals.of(
                tenant,
                new com.fasterxml.jackson.databind.ObjectMapper()
                        .writeValueAsString(
                                new Personal("nora", "203.0.113.9", null, null, "Failed password for nora")));
        var login = new LoginFailed(
                new Attempt(id, tenant, NOON, "sshd", null, null, null, null, null, null, null, sealed), null);
        door.storeTelemetry(List.<Fact>of(door.fact(tenant, id, login, NOON)));
        var events =
                ask(new RawEvents(tenant, List.of(id)), RawEventsAnswer.class).events();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.json()).contains("\"user\":\"nora\"").contains("Failed password for nora");
            assertThat(event.occurredAt()).isEqualTo(NOON);
        });
        assertThat(ask(new RawEvents(tenant("other"), List.of(id)), RawEventsAnswer.class)
                        .events())
                .isEmpty();
    }

    @Test
    void membersAreCalledByTheirNames() {
        var tenant = tenant("people");
        var finding = Finding.in(tenant, "people");
        told(
                tenant,
                new Stories()
                        .raise(finding)
                        .open(tenant, "people", NOON, finding)
                        .assign(tenant, "people", "mira", NOON)
                        .block(tenant, "people", "203.0.113.9", "people", NOON, Duration.ofHours(1)),
                1);
        Door.await(
                "it is blocked",
                () -> door.get(tenant, "/defense/rules").body().path("items").size() == 1);
        var incident = door.get(tenant, Role.IT_SECURITY, "/incidents/" + Stories.incident("people"))
                .body();
        assertThat(incident.path("assigneeName").asString()).isEqualTo("Mira Solberg");
        assertThat(incident.path("timeline").toString()).contains("Mira Solberg");
        assertThat(incident.path("actions").path(0).path("by").asString()).isEqualTo("Lead of people");
        assertThat(door.get(tenant, "/defense/rules")
                        .body()
                        .path("items")
                        .path(0)
                        .path("by")
                        .asString())
                .isEqualTo("Lead of people");
    }

    @Test
    void moreThanAQuestionMayAskForIsRefused() {
        assertThatThrownBy(() -> ask(new AttackFeed(tenant("greedy"), Filter.none(), null, 501), AttackPage.class))
                .hasStackTraceContaining("is not 1 to 500");
    }
}
