package io.velvetastro.engines.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.HeapMemory;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Findings become one story an adversary, and a story that matters an incident. */
class ChainTest extends Storyteller {

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
                List.of(),
                null);
        assertThat(opened(follow(guessing, both)))
                .singleElement()
                .satisfies(open -> assertThat(open.story().events()).isEqualTo(2));
    }

    @Test
    void aSignInThatItsOwnerDeniesIsAnIncidentAndKeepsNobodyOut() {
        var answers = follow(denial("d", "ann", "1.1.1.1", START, START.plusSeconds(7_200)));
        assertThat(opened(answers)).singleElement().satisfies(open -> {
            assertThat(open.story().title()).isEqualTo("Its owner says this sign-in was not theirs");
            assertThat(open.story().severity()).isEqualTo(Severity.HIGH);
        });
        assertThat(contained(answers)).isEmpty();
    }

    @Test
    void aDenialGoesOnWithTheStoryOfItsAccountOrItsAddress() {
        var incident = opened(follow(takeover("t", "ann", "1.1.1.1", START, true)))
                .getFirst()
                .incident();
        for (var denial : List.of(
                denial("d", "ann", "2.2.2.2", START.plusSeconds(60), START.plusSeconds(7_200)),
                denial("e", "bob", "1.1.1.1", START.plusSeconds(60), START.plusSeconds(7_200)))) {
            var answers = follow(denial);
            assertThat(grown(answers))
                    .singleElement()
                    .satisfies(grow -> assertThat(grow.incident()).isEqualTo(incident));
            assertThat(contained(answers)).isEmpty();
        }
    }

    @Test
    void aDenialDaysLaterIsAStoryOfItsOwn() {
        follow(takeover("t", "ann", "1.1.1.1", START, true));
        var answers = follow(denial("d", "ann", "1.1.1.1", START, START.plusSeconds(3 * 86_400)));
        assertThat(opened(answers)).hasSize(1);
        assertThat(grown(answers)).isEmpty();
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
}
