package io.velvetastro.engines.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.rules.RuleBook;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** However many findings rest on an attempt, it counts as attack once, in the minute it occurred in. */
class TallyTest {
    private static final RuleBook BOOK = RuleBook.builtIn();

    @Test
    void whatFourRulesSeeCountsOnce() {
        var lines = List.of(
                "0s fail u# 198.51.100.# x15 every 5s over 5",
                "3m fail ann 198.51.100.3 x10 every 1s",
                "4m ok ann 198.51.100.3");
        var found = Scenario.play(BOOK, Scenario.events(lines));
        assertThat(found.stream().map(Found::rule).distinct().count()).isGreaterThanOrEqualTo(4);
        assertThat(counted(found)).isEqualTo(minutes(lines));
    }

    @Test
    void guessesBetweenTwoSignInsOfAnAttackCountToo() {
        var lines = List.of(
                "0s fail ann 198.51.100.7 x4 every 1s",
                "5s fail ann 198.51.100.7",
                "6s ok ann 198.51.100.7",
                "3m ok ann 198.51.100.7");
        assertThat(counted(Scenario.play(BOOK, Scenario.events(lines)))).isEqualTo(minutes(lines));
    }

    @Test
    void aForgottenPasswordIsNoAttack() {
        var found = Scenario.play(
                BOOK,
                Scenario.events(List.of(
                        "0s ok ann 198.51.100.7", "1d fail ann 198.51.100.7 x6 every 5s", "1d1m ok ann 198.51.100.7")));
        assertThat(found).isNotEmpty();
        assertThat(counted(found)).isEmpty();
    }

    @Test
    void aFloodIsNeverCountedTwiceAndNoMoreThanElevenMinutesOfItAreOwed() {
        var found = Scenario.play(BOOK, Scenario.events(List.of("0s fail ann 198.51.100.7 x3000 every 1s")));
        assertThat(total(found)).isBetween(3_000L - 11 * 60, 3_000L);
        assertThat(found).hasSizeLessThan(60);
    }

    @Test
    void aFloodThatComesInBackwardsFloodsNoFeed() {
        var events = Scenario.events(List.of("0s fail ann 198.51.100.7 x3000 every 1s"));
        assertThat(Scenario.play(BOOK, events.reversed())).hasSizeLessThan(3_000 / 8);
    }

    @Test
    void whatIsDeliveredAgainCountsNoMore() {
        var events = Scenario.events(List.of("0s fail ann 198.51.100.7 x9 every 5s", "1m ok ann 198.51.100.7"));
        var memory = new HeapMemory();
        assertThat(total(Scenario.play(BOOK, events, memory))).isEqualTo(10);
        assertThat(total(Scenario.play(BOOK, events, memory))).isZero();
    }

    static SortedMap<Long, Long> counted(List<Found> found) {
        var counted = new TreeMap<Long, Long>();
        for (var each : found)
            for (var minute : each.fresh().list())
                counted.merge(minute.at().toEpochMilli() / 60_000, minute.events(), Long::sum);
        return counted;
    }

    private static long total(List<Found> found) {
        return counted(found).values().stream().mapToLong(Long::longValue).sum();
    }

    private static SortedMap<Long, Long> minutes(List<String> lines) {
        var minutes = new TreeMap<Long, Long>();
        for (var event : Scenario.events(lines)) minutes.merge(event.at() / 60_000, 1L, Long::sum);
        return minutes;
    }
}
