package io.velvetastro.engines.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.login.Scenario;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final Instant START = Scenario.START;
    private final HeapMemory memory = new HeapMemory();
    private final Chain chain = new Chain();

    @Test
    void oneGraveFindingOfOurOwnIsAnIncident() {
        var answers = follow(takeover("t", "ann", "1.1.1.1", START, true));
        assertThat(opened(answers)).singleElement().satisfies(open -> {
            assertThat(open.story().severity()).isEqualTo(Severity.HIGH);
            assertThat(open.story().news()).hasSize(1);
        });
        assertThat(contained(answers)).singleElement().satisfies(contain -> {
            assertThat(contain.address()).isEqualTo(new Sealed("sealed 1.1.1.1"));
            assertThat(contain.history()).isFalse();
        });
    }

    @Test
    void guessingThatGotNobodyInIsNone() {
        assertThat(follow(guessing("g", "ann", "1.1.1.1", START, Severity.MEDIUM)))
                .isEmpty();
    }

    @Test
    void whatCameBeforeIsPartOfTheIncidentOnceItMatters() {
        follow(guessing("g", "ann", "1.1.1.1", START, Severity.MEDIUM));
        var answers = follow(takeover("t", "ann", "1.1.1.1", START.plusSeconds(10), true));
        assertThat(opened(answers)).singleElement().satisfies(open -> {
            assertThat(open.story().stages()).containsExactly(Stage.DELIVERY, Stage.EXPLOITATION);
            assertThat(open.story().firstAt()).isEqualTo(START);
            assertThat(open.story().news()).hasSize(2);
        });
    }

    @Test
    void whatTwoRulesSawInTheSameEventsCountsOnce() {
        var guessing = guessing("g", "ann", "1.1.1.1", START, Severity.MEDIUM);
        var takeover = takeover("t", "ann", "1.1.1.1", START.plusSeconds(10), true);
        var shared = new ArrayList<>(guessing.evidence());
        shared.addAll(takeover.evidence());
        var both = new FindingRaised(
                takeover.id(),
                takeover.series(),
                takeover.tenant(),
                takeover.engine(),
                takeover.rule(),
                1,
                takeover.title(),
                takeover.severity(),
                takeover.score(),
                takeover.stage(),
                takeover.techniques(),
                START,
                takeover.lastAt(),
                takeover.lastAt(),
                2,
                shared,
                takeover.entities(),
                takeover.why(),
                "",
                null,
                false,
                true,
                false,
                List.of());
        assertThat(opened(follow(guessing, both)))
                .singleElement()
                .satisfies(open -> assertThat(open.story().events()).isEqualTo(2));
    }

    @Test
    void moreOfTheSameGrowsTheOneIncidentThereIs() {
        var incident = opened(follow(takeover("t", "ann", "1.1.1.1", START, true)))
                .getFirst()
                .incident();
        var answers = follow(takeover("t2", "ann", "2.2.2.2", START.plusSeconds(3_600), true));
        assertThat(opened(answers)).isEmpty();
        assertThat(grown(answers)).singleElement().satisfies(grow -> {
            assertThat(grow.incident()).isEqualTo(incident);
            assertThat(grow.story().news()).hasSize(1);
            assertThat(grow.story().findings()).isEqualTo(2);
        });
    }

    @Test
    void aBatchIsToldInOneBreath() {
        var answers = follow(
                takeover("t", "ann", "1.1.1.1", START, true),
                takeover("t2", "ann", "1.1.1.1", START.plusSeconds(60), true),
                takeover("t3", "ann", "1.1.1.1", START.plusSeconds(120), true));
        assertThat(opened(answers)).hasSize(1);
        assertThat(grown(answers)).isEmpty();
    }

    @Test
    void theSameFindingAgainSaysNothing() {
        follow(takeover("t", "ann", "1.1.1.1", START, true));
        assertThat(follow(takeover("t", "ann", "1.1.1.1", START, true))).isEmpty();
    }

    @Test
    void twoAccountsTakenFromTwoAddressesAreTwoIncidents() {
        var answers =
                follow(takeover("t", "ann", "1.1.1.1", START, true), takeover("t2", "bob", "2.2.2.2", START, true));
        assertThat(opened(answers).stream().map(Answer.Open::incident).distinct())
                .hasSize(2);
    }

    @Test
    void everybodyGuessesAtRootAndThatJoinsNobody() {
        follow(
                guessing("g1", "root", "1.1.1.1", START, Severity.MEDIUM),
                guessing("g2", "root", "2.2.2.2", START, Severity.MEDIUM));
        var answers = follow(takeover("t", "ann", "2.2.2.2", START.plusSeconds(5), true));
        assertThat(opened(answers))
                .singleElement()
                .satisfies(open -> assertThat(open.story().findings()).isEqualTo(2));
    }

    @Test
    void aHundredLoudAddressesAreOneIncident() {
        var loud = new ArrayList<FindingRaised>();
        for (int i = 0; i < 100; i++)
            loud.add(guessing("g" + i, "root", "1.1.1." + i, START.plusSeconds(i), Severity.HIGH));
        assertThat(opened(chain.follow(memory, loud))).hasSize(1);
    }

    @Test
    void aHundredAddressesThatGrowLoudAreOneIncident() {
        var incidents = new java.util.HashSet<IncidentId>();
        for (int i = 0; i < 100; i++) {
            var at = START.plusSeconds(i);
            var answers = new ArrayList<>(follow(guessing("g" + i, "root", "1.1.1." + i, at, Severity.MEDIUM)));
            answers.addAll(follow(guessing("g" + i, "more", "root", "1.1.1." + i, at, Severity.HIGH)));
            for (var answer : answers) {
                if (answer instanceof Answer.Open open) incidents.add(open.incident());
                if (answer instanceof Answer.Absorb absorb) incidents.remove(absorb.incident());
            }
        }
        assertThat(incidents).hasSize(1);
    }

    @Test
    void whoGetsInLeavesTheCrowdAndTakesTheirGuessesAlong() {
        var crowd = opened(follow(
                        guessing("g1", "root", "1.1.1.1", START, Severity.HIGH),
                        guessing("g2", "root", "2.2.2.2", START.plusSeconds(60), Severity.HIGH),
                        guessing("g3", "root", "3.3.3.3", START.plusSeconds(120), Severity.HIGH)))
                .getFirst()
                .incident();
        var taken = opened(follow(takeover("t", "ann", "2.2.2.2", START.plusSeconds(180), true)));
        assertThat(taken).singleElement().satisfies(open -> {
            assertThat(open.incident()).isNotEqualTo(crowd);
            assertThat(open.story().stages()).containsExactly(Stage.DELIVERY, Stage.EXPLOITATION);
            assertThat(open.story().firstAt()).isEqualTo(START.plusSeconds(60));
        });
        assertThat(opened(follow(takeover("t2", "bob", "3.3.3.3", START.plusSeconds(200), true))))
                .singleElement()
                .satisfies(open -> assertThat(open.incident())
                        .isNotIn(crowd, taken.getFirst().incident()));
        assertThat(grown(follow(guessing("g4", "root", "4.4.4.4", START.plusSeconds(240), Severity.HIGH))))
                .singleElement()
                .satisfies(grow -> {
                    assertThat(grow.incident()).isEqualTo(crowd);
                    assertThat(grow.story().findings()).isEqualTo(2);
                });
    }

    @Test
    void whoGotInFirstIsNotJoinedByACrowdLater() {
        var taken = opened(follow(takeover("t", "ann", "1.1.1.1", START, true)))
                .getFirst()
                .incident();
        follow(guessing("g1", "root", "1.1.1.1", START.plusSeconds(60), Severity.HIGH));
        assertThat(opened(follow(guessing("g2", "root", "2.2.2.2", START.plusSeconds(90), Severity.HIGH))))
                .singleElement()
                .satisfies(open -> assertThat(open.incident()).isNotEqualTo(taken));
    }

    @Test
    void guessingFromManyAtOneAccountJoinsNoneOfTheAddresses() {
        follow(
                takeover("t1", "ann", "1.1.1.1", START, true),
                takeover("t2", "bob", "2.2.2.2", START.plusSeconds(30), true));
        var answers = follow(finding(
                "d",
                "",
                Engine.HEURISTICS,
                "Password guessing from many addresses",
                Severity.MEDIUM,
                0.5,
                Stage.DELIVERY,
                START.plusSeconds(60),
                List.of(user("cleo"), attacker("1.1.1.1"), attacker("2.2.2.2")),
                false,
                false));
        assertThat(answers).isEmpty();
    }

    @Test
    void aWaveIsOneStoryWithItsAddressesAndAccusesNoAccount() {
        var robbed = opened(follow(takeover("t", "ann", "9.9.9.9", START, true)))
                .getFirst()
                .incident();
        var wave =
                opened(follow(wave("w", START.plusSeconds(60), user("ann"), attacker("1.1.1.1"), attacker("2.2.2.2"))));
        assertThat(wave)
                .singleElement()
                .satisfies(open -> assertThat(open.incident()).isNotEqualTo(robbed));
        assertThat(grown(follow(takeover("t2", "bob", "2.2.2.2", START.plusSeconds(90), true))))
                .singleElement()
                .satisfies(grow ->
                        assertThat(grow.incident()).isEqualTo(wave.getFirst().incident()));
    }

    private static FindingRaised wave(String name, Instant at, Entity... entities) {
        var finding = finding(
                name,
                "",
                Engine.HEURISTICS,
                "Credential stuffing",
                Severity.HIGH,
                0.75,
                Stage.DELIVERY,
                at,
                List.of(entities),
                false,
                false);
        return new FindingRaised(
                finding.id(),
                finding.series(),
                finding.tenant(),
                finding.engine(),
                finding.rule(),
                1,
                finding.title(),
                finding.severity(),
                finding.score(),
                finding.stage(),
                List.of(new Technique("T1110.004", "Credential Stuffing")),
                at,
                at,
                at,
                1,
                finding.evidence(),
                finding.entities(),
                finding.why(),
                "",
                null,
                false,
                false,
                false,
                List.of());
    }

    @Test
    void aFindingThatBridgesTwoIncidentsMakesThemOne() {
        var first = opened(follow(takeover("t", "ann", "1.1.1.1", START, true)))
                .getFirst()
                .incident();
        var second = opened(follow(takeover("t2", "bob", "2.2.2.2", START.plusSeconds(60), true)))
                .getFirst()
                .incident();
        var answers = follow(takeover("t3", "bob", "1.1.1.1", START.plusSeconds(120), true));
        assertThat(answers)
                .filteredOn(Answer.Absorb.class::isInstance)
                .containsExactly(new Answer.Absorb(second, first));
        assertThat(grown(answers)).singleElement().satisfies(grow -> {
            assertThat(grow.incident()).isEqualTo(first);
            assertThat(grow.story().findings()).isEqualTo(3);
        });
        assertThat(grown(follow(takeover("t4", "bob", "3.3.3.3", START.plusSeconds(180), true))))
                .singleElement()
                .satisfies(grow -> assertThat(grow.incident()).isEqualTo(first));
    }

    @Test
    void daysLaterItIsAnotherStory() {
        var first = opened(follow(takeover("t", "ann", "1.1.1.1", START, true)))
                .getFirst()
                .incident();
        var second = opened(follow(takeover("t2", "ann", "1.1.1.1", START.plus(Duration.ofDays(3)), true)))
                .getFirst()
                .incident();
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void noStoryIsLongerThanADayHoweverOftenItIsFed() {
        var incidents = new java.util.LinkedHashMap<IncidentId, Duration>();
        for (int hour = 0; hour < 72; hour++) {
            for (var answer :
                    follow(takeover("t" + hour, "ann", "1.1.1.1", START.plus(Duration.ofHours(hour)), true))) {
                if (answer instanceof Answer.Open open)
                    incidents.put(
                            open.incident(),
                            Duration.between(
                                    open.story().firstAt(), open.story().lastAt()));
                if (answer instanceof Answer.Grow grow)
                    incidents.put(
                            grow.incident(),
                            Duration.between(
                                    grow.story().firstAt(), grow.story().lastAt()));
            }
        }
        assertThat(incidents.values()).hasSizeBetween(3, 4).allMatch(span -> span.compareTo(Duration.ofHours(24)) <= 0);
    }

    @Test
    void aSeriesThatOutlastsItsStorysDayIsHeardNoMore() {
        follow(takeover("t", "ann", "1.1.1.1", START, true));
        var long1 = grown(follow(lasting("s", START.plusSeconds(60), Duration.ofHours(20), "1")));
        assertThat(long1)
                .singleElement()
                .satisfies(grow -> assertThat(grow.story().lastAt())
                        .isEqualTo(START.plusSeconds(60).plus(Duration.ofHours(20))));
        assertThat(follow(lasting("s", START.plusSeconds(60), Duration.ofHours(30), "2")))
                .isEmpty();
    }

    private static FindingRaised lasting(String name, Instant from, Duration span, String more) {
        var finding = takeover(name, "ann", "1.1.1.1", from, false, false, more);
        return new FindingRaised(
                finding.id(),
                finding.series(),
                finding.tenant(),
                finding.engine(),
                finding.rule(),
                1,
                finding.title(),
                finding.severity(),
                finding.score(),
                finding.stage(),
                finding.techniques(),
                from,
                from.plus(span),
                from,
                9,
                finding.evidence(),
                finding.entities(),
                finding.why(),
                "",
                null,
                false,
                false,
                false,
                List.of());
    }

    @Test
    void noiseOfOtherToolsIsNeverAnIncidentHoweverMuch() {
        var noise = new ArrayList<FindingRaised>();
        for (int i = 0; i < 500; i++)
            noise.add(alert(
                    "n" + i,
                    "Noise " + i % 9,
                    "web-" + i % 5,
                    Severity.LOW,
                    0.2,
                    Stage.values()[i % 7],
                    START.plusSeconds(i)));
        assertThat(chain.follow(memory, noise)).isEmpty();
    }

    @Test
    void twoStagesOnAMachineAreNoIncidentThreeAre() {
        assertThat(follow(
                        alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                        alert("b", "Web attack", "web-1", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60))))
                .isEmpty();
        var answers = follow(alert(
                "c",
                "Sudo to root",
                "web-1",
                Severity.MEDIUM,
                0.6,
                Stage.INSTALLATION,
                START.plus(Duration.ofHours(9))));
        assertThat(opened(answers)).singleElement().satisfies(open -> {
            assertThat(open.story().stages()).containsExactly(Stage.RECONNAISSANCE, Stage.DELIVERY, Stage.INSTALLATION);
            assertThat(open.story().stage()).isEqualTo(Stage.INSTALLATION);
            assertThat(open.story().severity()).isEqualTo(Severity.HIGH);
            assertThat(open.story().title()).isEqualTo("Attack in 3 stages on web-1");
            assertThat(open.story().firstAt()).isEqualTo(START);
        });
    }

    @Test
    void whatIsReportedLateFromHoursBeforeAnAttackIsNotItsBeginning() {
        var attack = follow(
                alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                alert("b", "Web attack", "web-1", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60)),
                alert("c", "Sudo to root", "web-1", Severity.MEDIUM, 0.6, Stage.INSTALLATION, START.plusSeconds(120)));
        assertThat(opened(attack)).hasSize(1);
        assertThat(follow(alert(
                        "d",
                        "Odd request",
                        "web-1",
                        Severity.MEDIUM,
                        0.6,
                        Stage.EXPLOITATION,
                        START.minus(Duration.ofHours(4)))))
                .isEmpty();
        assertThat(grown(follow(alert(
                        "e",
                        "Beacon",
                        "web-1",
                        Severity.MEDIUM,
                        0.6,
                        Stage.COMMAND_AND_CONTROL,
                        START.plus(Duration.ofHours(4))))))
                .hasSize(1);
    }

    @Test
    void threeStagesOnThreeMachinesAreThreeAccidents() {
        assertThat(follow(
                        alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                        alert("b", "Web attack", "web-2", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60)),
                        alert(
                                "c",
                                "Sudo to root",
                                "web-3",
                                Severity.MEDIUM,
                                0.6,
                                Stage.INSTALLATION,
                                START.plusSeconds(120))))
                .isEmpty();
    }

    @Test
    void oneAlertOnManyMachinesWithinMinutesIsOneSweep() {
        var answers = follow(
                alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                alert("b", "Scan", "web-2", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START.plusSeconds(30)),
                alert("c", "Web attack", "web-1", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60)),
                alert("d", "Sudo to root", "web-2", Severity.MEDIUM, 0.6, Stage.INSTALLATION, START.plusSeconds(90)));
        assertThat(opened(answers))
                .singleElement()
                .satisfies(open -> assertThat(open.story().findings()).isEqualTo(4));
    }

    @Test
    void aGraveAlertThatIsNewOnItsMachineIsAnIncidentAloneAndAnOldAcquaintanceIsNot() {
        assertThat(opened(follow(alert("a", "Beacon", "web-1", Severity.HIGH, 0.85, Stage.COMMAND_AND_CONTROL, START))))
                .hasSize(1);
        assertThat(opened(follow(alert(
                        "b",
                        "Beacon",
                        "web-2",
                        Severity.HIGH,
                        0.7,
                        Stage.COMMAND_AND_CONTROL,
                        START.plus(Duration.ofHours(2))))))
                .isEmpty();
    }

    @Test
    void historyIsContainedAsHistoryAndOnceMoreWhenItIsNone() {
        assertThat(contained(follow(takeover("t", "ann", "1.1.1.1", START, true, true, ""))))
                .singleElement()
                .satisfies(contain -> assertThat(contain.history()).isTrue());
        assertThat(contained(follow(takeover("t", "ann", "1.1.1.1", START.plusSeconds(1), true, false, "more"))))
                .singleElement()
                .satisfies(contain -> assertThat(contain.history()).isFalse());
    }

    @Test
    void anyOrderOfArrivalTellsTheSameStory() {
        var findings = List.of(
                alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                alert("b", "Scan", "web-2", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START.plusSeconds(30)),
                alert("c", "Web attack", "web-1", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60)),
                alert("d", "Sudo to root", "web-2", Severity.MEDIUM, 0.6, Stage.INSTALLATION, START.plusSeconds(90)),
                takeover("t", "ann", "1.1.1.1", START, true),
                guessing("g", "ann", "1.1.1.1", START.minusSeconds(20), Severity.MEDIUM));
        for (int seed = 0; seed < 50; seed++) {
            var shuffled = new ArrayList<>(findings);
            Collections.shuffle(shuffled, new Random(seed));
            var own = new HeapMemory();
            var stories = new java.util.HashMap<IncidentId, Object>();
            for (var finding : shuffled) {
                for (var answer : chain.follow(own, List.of(finding))) {
                    if (answer instanceof Answer.Open open) stories.put(open.incident(), facts(open.story()));
                    if (answer instanceof Answer.Grow grow) stories.put(grow.incident(), facts(grow.story()));
                    if (answer instanceof Answer.Absorb absorb) stories.remove(absorb.incident());
                }
            }
            assertThat(Set.copyOf(stories.values()))
                    .isEqualTo(Set.of(
                            List.of(
                                    List.of(Stage.RECONNAISSANCE, Stage.DELIVERY, Stage.INSTALLATION),
                                    START,
                                    START.plusSeconds(90),
                                    4L),
                            List.of(List.of(Stage.DELIVERY, Stage.EXPLOITATION), START.minusSeconds(20), START, 2L)));
        }
    }

    @Test
    void playedAgainFromNothingTheIncidentHasTheSameName() {
        var again = new HeapMemory();
        var finding = takeover("t", "ann", "1.1.1.1", START, true);
        assertThat(opened(chain.follow(memory, List.of(finding))))
                .isEqualTo(opened(chain.follow(again, List.of(finding))));
    }

    private static List<Object> facts(io.velvetastro.language.IncidentCommand.StoryState story) {
        return List.of(story.stages(), story.firstAt(), story.lastAt(), story.findings());
    }

    private List<Answer> follow(FindingRaised... findings) {
        return chain.follow(memory, List.of(findings));
    }

    private static List<Answer.Open> opened(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Open.class::isInstance)
                .map(Answer.Open.class::cast)
                .toList();
    }

    private static List<Answer.Grow> grown(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Grow.class::isInstance)
                .map(Answer.Grow.class::cast)
                .toList();
    }

    private static List<Answer.Contain> contained(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Contain.class::isInstance)
                .map(Answer.Contain.class::cast)
                .toList();
    }

    private static FindingRaised takeover(String name, String user, String address, Instant at, boolean contain) {
        return takeover(name, user, address, at, contain, false, "");
    }

    private static FindingRaised takeover(
            String name, String user, String address, Instant at, boolean contain, boolean history, String more) {
        return finding(
                name,
                more,
                Engine.HEURISTICS,
                "Signed in after failures",
                Severity.HIGH,
                0.9,
                Stage.EXPLOITATION,
                at,
                List.of(user(user), attacker(address)),
                history,
                contain);
    }

    private static FindingRaised guessing(String name, String user, String address, Instant at, Severity severity) {
        return guessing(name, "", user, address, at, severity);
    }

    private static FindingRaised guessing(
            String name, String more, String user, String address, Instant at, Severity severity) {
        return finding(
                name,
                more,
                Engine.HEURISTICS,
                "Password guessing",
                severity,
                0.5,
                Stage.DELIVERY,
                at,
                List.of(user(user), attacker(address)),
                false,
                false);
    }

    private static FindingRaised alert(
            String name, String title, String host, Severity severity, double score, Stage stage, Instant at) {
        return finding(
                name,
                "",
                Engine.EXTERNAL,
                title,
                severity,
                score,
                stage,
                at,
                List.of(new Entity(Entity.Kind.HOST, Entity.Role.TARGET, host, null, host)),
                false,
                false);
    }

    private static Entity user(String name) {
        return new Entity(Entity.Kind.USER, Entity.Role.TARGET, name, new Sealed("sealed " + name), null);
    }

    private static Entity attacker(String address) {
        return new Entity(Entity.Kind.ADDRESS, Entity.Role.ACTOR, address, new Sealed("sealed " + address), null);
    }

    private static FindingRaised finding(
            String name,
            String more,
            Engine engine,
            String title,
            Severity severity,
            double score,
            Stage stage,
            Instant at,
            List<Entity> entities,
            boolean history,
            boolean contain) {
        return new FindingRaised(
                new FindingId(new Digest("f").with(name + more).id()),
                new SeriesId(new Digest("s").with(name).id()),
                Scenario.TENANT,
                engine,
                "rule",
                1,
                title,
                severity,
                score,
                stage,
                List.<Technique>of(),
                at,
                at,
                at,
                1,
                List.of(new EventId(new Digest("e").with(name + more).id())),
                entities,
                List.of(),
                "",
                null,
                history,
                contain,
                false,
                List.of());
    }
}
