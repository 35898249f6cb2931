package io.velvetastro.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.chain.Answer;
import io.velvetastro.engines.chain.Chain;
import io.velvetastro.engines.login.Scenario;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One address goes round many accounts: one incident that counts, not a hundred, and each account one row. */
class ManyAccountsTest {
    private static final int EACH = 60;

    @ParameterizedTest
    @CsvSource({"8, 1s", "10, 1s", "30, 1s", "40, 2s"})
    void eachAccountIsOneRowAndFewWords(int accounts, String every) {
        var found = round(accounts, every).stream()
                .filter(each -> each.rule().equals("brute-force"))
                .toList();
        assertThat(Scenario.last(found)).hasSize(accounts);
        assertThat(found.stream().collect(Collectors.groupingBy(Found::series)))
                .allSatisfy((_, words) -> assertThat(words).hasSizeBetween(2, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 30})
    void theRowOfTheAddressCountsEveryGuess(int accounts) {
        var spray = Scenario.last(round(accounts, "1s")).stream()
                .filter(each -> each.rule().equals("password-spraying"))
                .toList();
        assertThat(spray)
                .singleElement()
                .satisfies(one -> assertThat(one.count()).isBetween(accounts * EACH / 2L, (long) accounts * EACH));
    }

    @Test
    void fiftyGuessesAtEachOfTenAccountsAreFiftyAtEach() {
        assertThat(Scenario.last(round(10, "1s")).stream()
                        .filter(each -> each.rule().equals("brute-force")))
                .hasSize(10)
                .allSatisfy(each -> {
                    assertThat(each.severity()).isEqualTo(Severity.HIGH);
                    assertThat(each.count()).isBetween(50L, 60L);
                    assertThat(each.contain()).isTrue();
                });
    }

    @Test
    void whoGetsInAfterGoingRoundAHundredAccountsIsSeenAtThatAccount() {
        var lines = new ArrayList<>(rounds(100, "1s", 6));
        lines.add("700s ok u7 198.51.100.7");
        assertThat(Scenario.last(Scenario.play(RuleBook.builtIn(), Scenario.events(lines))).stream()
                        .map(Found::rule))
                .contains("success-after-failures", "success-after-spraying");
    }

    @ParameterizedTest
    @CsvSource({"10, 1s", "30, 1s"})
    void itIsOneIncidentAndNoGuessCountsTwice(int accounts, String every) {
        var answers = follow(round(accounts, every));
        var opened = answers.stream().filter(Answer.Open.class::isInstance).toList();
        assertThat(opened).hasSize(1);
        assertThat(last(answers).events()).isBetween(accounts * EACH / 2L, (long) accounts * EACH);
    }

    @Test
    void threeHundredAccountsAreMoreThanAStoryHoldsAndStillCountOnce() {
        var answers = follow(Scenario.play(RuleBook.builtIn(), Scenario.events(rounds(300, "1s", 12))));
        assertThat(answers.stream().filter(Answer.Open.class::isInstance)).hasSize(1);
        assertThat(last(answers).events()).isLessThanOrEqualTo(300 * 12);
        assertThat(last(answers).findings()).isBetween(250L, 601L);
    }

    /** A finding names ten of the addresses of a wave; whoever of the others gets in is of the same company. */
    @Test
    void aWaveOfTwentyAddressesOfWhichFourGetInIsOneIncidentAndNoGuessCountsTwice() {
        var lines = new ArrayList<>(List.of("0s fail u# 198.51.100.# x120 every 1s over 20"));
        for (int i = 1; i <= 4; i++) lines.add(120 + i + "s ok taken" + i + " 198.51.100." + 5 * i);
        var answers = follow(Scenario.play(RuleBook.builtIn(), Scenario.events(lines)));
        var open = answers.stream()
                .filter(Answer.Open.class::isInstance)
                .map(answer -> ((Answer.Open) answer).incident())
                .collect(Collectors.toSet());
        answers.forEach(answer -> {
            if (answer instanceof Answer.Absorb absorb) open.remove(absorb.incident());
        });
        assertThat(open).hasSize(1);
        assertThat(last(answers).events()).isBetween(60L, 124L);
        assertThat(answers.stream()
                        .filter(Answer.Contain.class::isInstance)
                        .map(answer -> ((Answer.Contain) answer).address())
                        .distinct())
                .hasSize(4);
    }

    private static List<Found> round(int accounts, String every) {
        return Scenario.play(RuleBook.builtIn(), Scenario.events(rounds(accounts, every, EACH)));
    }

    private static List<String> rounds(int accounts, String every, int times) {
        var lines = new ArrayList<String>();
        long seconds = Long.parseLong(every.replace("s", "")) * accounts;
        for (int i = 0; i < times; i++)
            lines.add(i * seconds + "s fail u# 198.51.100.7 x" + accounts + " every " + every);
        return lines;
    }

    private static List<Answer> follow(List<Found> found) {
        var chain = new Chain();
        var memory = new HeapMemory();
        var answers = new ArrayList<Answer>();
        for (var each : found) answers.addAll(chain.follow(memory, List.of(raised(each))));
        return answers;
    }

    private static FindingRaised raised(Found found) {
        return found.raised(
                found.parties().stream()
                        .map(party -> new Entity(
                                party.kind(), party.role(), party.id(), new Sealed("sealed " + party.id()), null))
                        .toList(),
                false,
                false,
                null);
    }

    private static StoryState last(List<Answer> answers) {
        return answers.reversed().stream()
                .map(answer -> switch (answer) {
                    case Answer.Open open -> open.story();
                    case Answer.Grow grow -> grow.story();
                    case Answer.Absorb _, Answer.Contain _ -> null;
                })
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
