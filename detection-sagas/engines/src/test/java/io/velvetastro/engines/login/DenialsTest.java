package io.velvetastro.engines.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An owner's word is believed, and is no weapon. */
class DenialsTest {
    private static final RuleBook BOOK = RuleBook.builtIn();

    @Test
    void aDeniedSignInRestsOnTheSignInAndOnTheWord() {
        var found = Scenario.tell(BOOK, List.of("0s ok ann 198.51.100.7", "2h deny ann 198.51.100.7"));
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.evidence())
                    .containsExactly(
                            new EventId(Scenario.id("0s ok ann 198.51.100.70")),
                            new EventId(Scenario.id("2h deny ann 198.51.100.7")));
            assertThat(finding.firstAt()).isEqualTo(Scenario.START);
            assertThat(finding.reachedAt()).isEqualTo(Scenario.START);
            assertThat(finding.lastAt()).isEqualTo(Scenario.START.plus(Duration.ofHours(2)));
            assertThat(finding.explanation()).contains("said 2 hours later").doesNotContain("familiar");
            assertThat(finding.contain()).isFalse();
        });
    }

    @Test
    void theSameWordAgainIsTheSameFindingAndCountsNoSecondTime() {
        var memory = new HeapMemory();
        var first = Scenario.tell(BOOK, List.of("0s ok ann 198.51.100.7", "1h deny ann 198.51.100.7"), memory);
        var again = Scenario.tell(BOOK, List.of("0s ok ann 198.51.100.7", "1h deny ann 198.51.100.7"), memory);
        assertThat(again.getLast().id()).isEqualTo(first.getLast().id());
        assertThat(first.getLast().fresh().total()).isEqualTo(1);
        assertThat(again.getLast().fresh().total()).isZero();
    }

    @Test
    void whatAnotherRuleHasCountedIsNotCountedOnceMore() {
        var found = Scenario.tell(
                BOOK,
                List.of("0s fail ann 198.51.100.7 x5 every 2s", "10s ok ann 198.51.100.7", "1h deny ann 198.51.100.7"));
        assertThat(found.stream().mapToLong(each -> each.fresh().total()).sum()).isEqualTo(6);
        assertThat(last(found, "denied-sign-in").fresh().total()).isZero();
    }

    @Test
    void anAddressThatCameInByADeniedSignInIsNoFriendOfTheAccount() {
        var before = List.of("0s ok ann 198.51.100.7");
        var after = List.of("1d fail ann 198.51.100.7 x5 every 2s", "1d10s ok ann 198.51.100.7");
        assertThat(last(Scenario.tell(BOOK, both(before, after)), "success-after-failures")
                        .severity())
                .as("the control: undenied it is a forgotten password")
                .isEqualTo(Severity.LOW);
        var denied = both(both(before, List.of("1h deny ann 198.51.100.7")), after);
        assertThat(last(Scenario.tell(BOOK, denied), "success-after-failures").severity())
                .isEqualTo(Severity.HIGH);
    }

    @Test
    void whereTheAccountWasAtHomeBeforeItStays() {
        var found = Scenario.tell(
                BOOK,
                List.of(
                        "0s ok ann 198.51.100.7",
                        "1d ok ann 198.51.100.7",
                        "1d1h deny ann 198.51.100.7",
                        "2d fail ann 198.51.100.7 x60 every 2s",
                        "2d130s ok ann 198.51.100.7"));
        assertThat(last(found, "denied-sign-in").explanation()).endsWith("The address is familiar here.");
        assertThat(found).noneMatch(Found::contain);
    }

    /** Otherwise one who denies would have the house block the office. */
    @Test
    void anOfficeStaysOneWhoeverOfItDenies() {
        var found = Scenario.tell(
                BOOK,
                List.of(
                        "0s ok ann 198.51.100.7",
                        "1m ok bob 198.51.100.7",
                        "2m ok cleo 198.51.100.7",
                        "1h deny ann 198.51.100.7",
                        "2h deny bob 198.51.100.7",
                        "3h deny cleo 198.51.100.7",
                        "1d fail dan 198.51.100.7 x60 every 2s",
                        "1d130s ok dan 198.51.100.7",
                        "2d fail ann 198.51.100.7 x60 every 2s",
                        "2d130s ok ann 198.51.100.7"));
        assertThat(found.stream().filter(each -> each.rule().equals("denied-sign-in")))
                .hasSize(3);
        assertThat(found).noneMatch(Found::contain);
    }

    private static List<String> both(List<String> first, List<String> then) {
        return java.util.stream.Stream.concat(first.stream(), then.stream()).toList();
    }

    private static Found last(List<Found> found, String rule) {
        return found.stream()
                .filter(each -> each.rule().equals(rule))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
