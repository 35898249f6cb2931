package io.velvetastro.engines.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.rules.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Events come in up to ten minutes late and in any order; what is found in the end is the same. */
class DisorderProperties {
    private static final RuleBook BOOK = RuleBook.builtIn();
    private static final List<String> DAY = List.of(
            "0s fail ann 198.51.100.7 x9 every 40s",
            "7m ok ann 198.51.100.7",
            "1m ok bob 192.0.2.1 x5 every 3m",
            "2m fail u# 198.51.100.8 x7 every 20s",
            "6m ok u3 198.51.100.8",
            "3m fail cleo 203.0.113.# x14 every 10s over 7",
            "8m ok cleo 203.0.113.77",
            "4m fail dan 192.0.2.9 x3 every 1s");

    @Property(tries = 300)
    void anyOrderWithinTenMinutesFindsTheSame(@ForAll long seed) {
        var inOrder = new ArrayList<>(Scenario.events(DAY));
        inOrder.sort(Comparator.comparingLong(Login::at));
        assertThat(WindowsTest.facts(Scenario.last(Scenario.play(BOOK, disordered(inOrder, seed)))))
                .isEqualTo(WindowsTest.facts(Scenario.last(Scenario.play(BOOK, inOrder))));
    }

    @Property(tries = 300)
    void inAnyOrderNoAttemptCountsTwice(@ForAll long seed) {
        var inOrder = new ArrayList<>(Scenario.events(DAY));
        var occurred = new TreeMap<Long, Long>();
        for (var event : inOrder) occurred.merge(event.at() / 60_000, 1L, Long::sum);
        TallyTest.counted(Scenario.play(BOOK, disordered(inOrder, seed)))
                .forEach((minute, counted) -> assertThat(counted).isLessThanOrEqualTo(occurred.get(minute)));
    }

    private static List<Login> disordered(List<Login> events, long seed) {
        var random = new Random(seed);
        record Arrival(long at, Login event) {}
        return events.stream()
                .map(event -> new Arrival(event.at() + random.nextLong(600_000), event))
                .sorted(Comparator.comparingLong(Arrival::at))
                .map(Arrival::event)
                .toList();
    }
}
