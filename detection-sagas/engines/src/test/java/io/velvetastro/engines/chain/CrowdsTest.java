package io.velvetastro.engines.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Engine;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many addresses, many accounts: whose guesses belong together, and who is accused by them. */
class CrowdsTest extends Storyteller {

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
                List.of(),
                null);
    }
}
