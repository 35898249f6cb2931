package io.velvetastro.views.story;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Engine;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.OpenSeals;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import io.velvetastro.views.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Test;

class StoryProjectionTest {
    private static final TenantId ACME = tenant("acme");
    private final OpenSeals seals = new OpenSeals();
    private final Stories stories = new Stories();

    private StoryFollower onto(TestDatabase database) {
        return new StoryFollower(new StoryProjection(seals), database.live(), (db, changes) -> {}, changes -> {}, 500);
    }

    private static void assertSame(TestDatabase expected, TestDatabase found, String when) {
        var rows = found.rows();
        expected.rows()
                .forEach((table, same) ->
                        assertThat(rows.get(table)).as("%s, %s", when, table).isEqualTo(same));
    }

    @Test
    void anAttackIsTheLatestFindingOfItsSeries() {
        var database = TestDatabase.fresh();
        stories.raise(Finding.in(ACME, "spray").count(5))
                .raise(Finding.in(ACME, "spray").named("later").count(9).severity(Severity.CRITICAL));
        onto(database).follow(stories.events());
        var rows = database.db().fetch("select * from views.attack");
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().get("events")).isEqualTo(9L);
        assertThat(rows.getFirst().get("severity", Short.class)).isEqualTo((short) Severity.CRITICAL.ordinal());
    }

    @Test
    void trafficCountsAsAttackOnlyWhatAFindingWasTheFirstToCount() {
        var database = TestDatabase.fresh();
        stories.raise(Finding.in(ACME, "guessing").count(5))
                .raise(Finding.in(ACME, "takeover").count(6))
                .raise(Finding.in(ACME, "spray")
                        .at(Stories.NOON.plusSeconds(60))
                        .count(40));
        onto(database).follow(stories.events());
        assertThat(database.db()
                        .fetch("select events from views.attack_minute order by at")
                        .getValues("events", Long.class))
                .containsExactly(2L, 1L);
    }

    @Test
    void whatIsDeliveredTwiceIsCountedOnce() {
        var once = TestDatabase.fresh();
        var twice = TestDatabase.fresh();
        var history = randomHistory(new Random(7), 300);
        onto(once).follow(history);
        var follower = onto(twice);
        var random = new Random(8);
        for (int from = 0; from < history.size(); ) {
            int to = Math.min(history.size(), from + 1 + random.nextInt(20));
            follower.follow(history.subList(from, to));
            follower.follow(history.subList(Math.max(0, from - random.nextInt(30)), to));
            from = to;
        }
        assertSame(once, twice, "twice");
    }

    @Test
    void whereBatchesBeginAndEndMakesNoDifference() {
        for (int seed = 1; seed <= 3; seed++) {
            var history = randomHistory(new Random(seed), 200);
            var whole = TestDatabase.fresh();
            var pieces = TestDatabase.fresh();
            var singly = TestDatabase.fresh();
            onto(whole).follow(history);
            var random = new Random(100 + seed);
            var follower = onto(pieces);
            for (int from = 0; from < history.size(); ) {
                int to = Math.min(history.size(), from + 1 + random.nextInt(60));
                follower.follow(history.subList(from, to));
                from = to;
            }
            var single = onto(singly);
            history.forEach(event -> single.follow(List.of(event)));
            assertSame(whole, pieces, "seed " + seed);
            assertSame(whole, singly, "seed " + seed);
        }
    }

    @Test
    void theSumsEqualAGroupByOverTheRows() {
        var database = TestDatabase.fresh();
        var history = randomHistory(new Random(3), 400);
        var follower = onto(database);
        for (int from = 0; from < history.size(); from += 37)
            follower.follow(history.subList(from, Math.min(history.size(), from + 37)));
        var db = database.db();
        assertThat(db.fetch(
                                "select tenant, at, severity, stage, engine, outcome, attacks from views.attack_hour order by 1, 2, 3, 4, 5, 6")
                        .format(1000))
                .isEqualTo(db.fetch(
                                "select tenant, date_trunc('hour', last_at, 'UTC') as at, severity, stage, engine, outcome, count(*) as attacks from views.attack group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6")
                        .format(1000));
        assertThat(db.fetch(
                                "select tenant, at, origin, severity, stage, attacks, events from views.origin_hour order by 1, 2, 3, 4, 5")
                        .format(1000))
                .isEqualTo(db.fetch(
                                "select tenant, date_trunc('hour', last_at, 'UTC') as at, origin, severity, stage, count(*) as attacks, sum(events)::bigint as events from views.attack group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5")
                        .format(1000));
        assertThat(db.fetchValue("select sum(attacks) from views.actor_hour where kind = 'USER'")
                        .toString())
                .isEqualTo(db.fetchValue("select count(*) from views.attack where user_id is not null")
                        .toString());
    }

    @Test
    void aNameWhoseKeyIsGoneReadsErased() {
        var database = TestDatabase.fresh();
        seals.erase("nora");
        stories.raise(Finding.in(ACME, "spray"));
        onto(database).follow(stories.events());
        assertThat(database.db().fetchValue("select user_name from views.attack"))
                .isEqualTo("erased");
    }

    @Test
    void textThatNoRowCouldHoldIsTakenAllTheSame() {
        var database = TestDatabase.fresh();
        stories.raise(Finding.in(ACME, "hostile")
                .titled("a\u0000b \ud800 <script>alert(1)</script> {0} ? '); drop table \u202e" + "x".repeat(10_000)));
        onto(database).follow(stories.events());
        var title = (String) database.db().fetchValue("select title from views.attack");
        assertThat(title)
                .startsWith("a\uFFFDb \uFFFD <script>alert(1)</script> {0} ? '); drop table")
                .hasSize(4_000);
    }

    @Test
    void anAttackIsBlockedWhileEachOfItsSourcesIsKeptOut() {
        var database = TestDatabase.fresh();
        var follower = onto(database);
        stories.raise(Finding.in(ACME, "two").from("203.0.113.9", "203.0.113.77"));
        stories.block(ACME, "one", "203.0.113.9", null, NOON.plusSeconds(60), Duration.ofHours(1));
        follower.follow(stories.taken());
        assertThat(outcome(database)).isEqualTo("WATCHING");
        follower.follow(stories.block(ACME, "range", "203.0.113.64/26", null, NOON.plusSeconds(61), Duration.ofHours(1))
                .taken());
        assertThat(outcome(database)).isEqualTo("BLOCKED");
        follower.follow(stories.lift(ACME, "range", "203.0.113.64/26", NOON.plusSeconds(90))
                .taken());
        assertThat(outcome(database)).isEqualTo("WATCHING");
    }

    @Test
    void aBlockThatEndedBeforeTheLatestActivityStoppedNothing() {
        var database = TestDatabase.fresh();
        stories.block(ACME, "old", "203.0.113.9", null, NOON.minusSeconds(7200), Duration.ofHours(1))
                .raise(Finding.in(ACME, "again"));
        onto(database).follow(stories.events());
        assertThat(outcome(database)).isEqualTo("WATCHING");
    }

    @Test
    void aSevereAttackOfAnOpenIncidentNeedsSomebodyUntilItIsResolved() {
        var database = TestDatabase.fresh();
        var follower = onto(database);
        var finding = Finding.in(ACME, "story");
        follower.follow(stories.raise(finding)
                .open(ACME, "case", NOON.plusSeconds(31), finding)
                .taken());
        assertThat(outcome(database)).isEqualTo("NEEDS_YOU");
        follower.follow(stories.resolve(ACME, "case", NOON.plusSeconds(600)).taken());
        assertThat(outcome(database)).isEqualTo("RESOLVED");
        follower.follow(stories.reopen(ACME, "case", NOON.plusSeconds(700)).taken());
        assertThat(outcome(database)).isEqualTo("NEEDS_YOU");
    }

    @Test
    void numbersOfIncidentsAreDenseWithinEachOrganisation() {
        var database = TestDatabase.fresh();
        var other = tenant("other");
        for (int i = 0; i < 5; i++) {
            var finding = Finding.in(i % 2 == 0 ? ACME : other, "s" + i);
            stories.raise(finding).open(finding.tenant(), "i" + i, NOON.plusSeconds(40 + i), finding);
        }
        var follower = onto(database);
        follower.follow(stories.events().subList(0, 5));
        follower.follow(stories.events().subList(5, 10));
        assertThat(database.db()
                        .fetch("select number from views.incident where tenant = ? order by position", ACME.value())
                        .getValues(0, Long.class))
                .containsExactly(1L, 2L, 3L);
        assertThat(database.db()
                        .fetch("select number from views.incident where tenant = ? order by position", other.value())
                        .getValues(0, Long.class))
                .containsExactly(1L, 2L);
    }

    @Test
    void theAttacksOfAnAbsorbedIncidentGoOnInTheOther() {
        var database = TestDatabase.fresh();
        var one = Finding.in(ACME, "one");
        var two = Finding.in(ACME, "two").from("198.51.100.7");
        stories.raise(one)
                .raise(two)
                .open(ACME, "first", NOON, one)
                .open(ACME, "second", NOON, two)
                .absorb(ACME, "second", "first", NOON);
        onto(database).follow(stories.events());
        assertThat(database.db()
                        .fetch("select distinct incident from views.attack")
                        .getValues(0, java.util.UUID.class))
                .containsExactly(Stories.incident("first").value());
        assertThat(database.db()
                        .fetchValue(
                                "select count(*) from views.incident_entity where incident = ? and kind = 'ADDRESS'",
                                Stories.incident("first").value()))
                .isEqualTo(2L);
    }

    private static Object outcome(TestDatabase database) {
        return database.db().fetchValue("select outcome from views.attack");
    }

    /** Whatever may happen in two organisations, told in some order. */
    private static List<EventMessage<?>> randomHistory(Random random, int length) {
        var stories = new Stories();
        var tenants = List.of(ACME, tenant("other"));
        var findings = new ArrayList<Finding>();
        var open = new ArrayList<String>();
        var rules = new ArrayList<String[]>();
        for (int i = 0; i < length; i++) {
            var tenant = tenants.get(random.nextInt(2));
            var at = NOON.plusSeconds(60L * i);
            var own = open.stream()
                    .filter(name -> name.startsWith(tenant.toString()))
                    .toList();
            var incident = own.isEmpty() ? null : own.get(random.nextInt(own.size()));
            switch (random.nextInt(own.isEmpty() ? 5 : 14)) {
                case 0, 1, 2 -> {
                    var finding = Finding.in(tenant, "s" + random.nextInt(12))
                            .named("f" + i)
                            .at(at.plusMillis(random.nextInt(7_200_000)).plusNanos(random.nextInt(1_000_000)))
                            .count(1 + random.nextInt(40))
                            .severity(Severity.values()[random.nextInt(5)])
                            .stage(Stage.values()[random.nextInt(7)])
                            .engine(Engine.values()[random.nextInt(7)])
                            .from("203.0.113." + random.nextInt(6))
                            .by("user" + random.nextInt(5), "user" + random.nextInt(5));
                    if (random.nextBoolean()) finding = finding.placed("SG", "Singapore", 1.3, 103.8);
                    findings.add(finding);
                    stories.raise(finding);
                }
                case 3, 4 -> {
                    var news = newest(findings, tenant);
                    if (news == null) continue;
                    var name = tenant + "i" + i;
                    open.add(name);
                    stories.open(tenant, name, at, news);
                }
                case 5, 6 -> {
                    var news = newest(findings, tenant);
                    if (news != null) stories.grow(tenant, incident, at, news);
                }
                case 7 -> {
                    if (own.size() < 2) continue;
                    var into = own.get((own.indexOf(incident) + 1) % own.size());
                    open.remove(incident);
                    stories.absorb(tenant, incident, into, at);
                }
                case 8 -> stories.assign(tenant, incident, "m" + random.nextInt(3), at);
                case 9 -> stories.comment(tenant, incident, "Look at this", at);
                case 10 -> stories.resolve(tenant, incident, at);
                case 11 -> stories.reopen(tenant, incident, at);
                case 12 -> {
                    var network = random.nextBoolean() ? "203.0.113." + random.nextInt(6) : "203.0.113.0/30";
                    rules.add(new String[] {tenant.toString(), "r" + i, network});
                    if (random.nextInt(6) == 0) stories.allow(tenant, "r" + i, network, at, null);
                    else
                        stories.block(tenant, "r" + i, network, incident, at, Duration.ofHours(1 + random.nextInt(48)));
                    if (random.nextBoolean())
                        stories.advise(tenant, incident, network, at).step(tenant, incident, network, "r" + i, at);
                }
                default -> {
                    var lifted = rules.stream()
                            .filter(rule -> rule[0].equals(tenant.toString()))
                            .findFirst();
                    lifted.ifPresent(rule -> {
                        rules.remove(rule);
                        stories.lift(tenant, rule[1], rule[2], at);
                    });
                }
            }
        }
        return stories.events();
    }

    private static Finding newest(List<Finding> findings, TenantId tenant) {
        return findings.stream()
                .filter(finding -> finding.tenant().equals(tenant))
                .reduce((first, last) -> last)
                .orElse(null);
    }
}
