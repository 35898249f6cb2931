package io.velvetastro.engines.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.rules.RuleBook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every windowed rule owes: the same table for each of them (V12). */
class WindowsTest {
    private static final RuleBook BOOK = RuleBook.builtIn();

    /** One attack for each rule with a window; {@code %s} is where it starts. */
    enum Attack {
        BRUTE_FORCE("brute-force", "%s fail ann 198.51.100.7 x5 every 2m"),
        SLOW_GUESSING("slow-guessing", "%s fail ann 198.51.100.7 x12 every 25m"),
        DISTRIBUTED("distributed-brute-force", "%s fail ann 198.51.100.# x10 every 3m over 5"),
        SPRAYING("password-spraying", "%s fail u# 198.51.100.7 x6 every 5m"),
        STUFFING("credential-stuffing", "%s fail u# 198.51.100.# x15 every 40s over 5"),
        SUCCESS("success-after-failures", "%s fail ann 198.51.100.7 x5 every 6m", "25m ok ann 198.51.100.7"),
        SLOW_SUCCESS(
                "success-after-slow-guessing", "%s fail ann 198.51.100.7 x10 every 30m", "275m ok ann 198.51.100.7"),
        DISTRIBUTED_SUCCESS(
                "success-after-distributed-failures",
                "%s fail ann 198.51.100.# x10 every 3m over 5",
                "28m ok ann 203.0.113.9"),
        SPRAYING_SUCCESS("success-after-spraying", "%s fail u# 198.51.100.7 x5 every 5m", "25m ok u9 198.51.100.7"),
        STUFFING_SUCCESS(
                "success-in-stuffing", "%s fail u# 198.51.100.# x15 every 35s over 5", "570s ok zoe 198.51.100.3");

        private final String rule;
        private final List<String> lines;

        Attack(String rule, String... lines) {
            this.rule = rule;
            this.lines =
                    List.of(lines).stream().map(line -> line.formatted("0s")).toList();
        }

        List<Login> events() {
            return Scenario.events(lines);
        }

        /** The same with everything between two attempts made four times as long. */
        List<Login> stretched() {
            var events = events();
            long start = events.getFirst().at();
            return events.stream()
                    .map(event -> at(event, start + (event.at() - start) * 4))
                    .toList();
        }

        List<Found> found(List<Login> events) {
            return Scenario.last(Scenario.play(BOOK, events)).stream()
                    .filter(each -> each.rule().equals(rule))
                    .toList();
        }

        boolean isPerAccount() {
            return BOOK.rules().stream()
                    .filter(each -> each.id().equals(rule))
                    .anyMatch(each -> each.group().toString().contains("PRINCIPAL"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatLiesInTheWindowIsFoundAcrossTheHourToo(Attack attack) {
        var found = attack.found(attack.events());
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.firstAt().toString()).startsWith("2026-03-01T09");
            assertThat(one.lastAt().toString()).doesNotStartWith("2026-03-01T09");
            assertThat(one.evidence()).hasSameSizeAs(attack.events()).doesNotHaveDuplicates();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSpreadWiderThanTheWindowIsNot(Attack attack) {
        assertThat(attack.found(attack.stretched())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void reverseOrderChangesNothing(Attack attack) {
        if (attack.events().getLast().at() - attack.events().getFirst().at() > Activity.LATENESS_MILLIS)
            return; // That late is too late.
        var reversed = new ArrayList<>(attack.events());
        Collections.reverse(reversed);
        assertThat(facts(attack.found(reversed))).isEqualTo(facts(attack.found(attack.events())));
    }

    @ParameterizedTest
    @EnumSource
    void oneThatComesNineMinutesLateCountsAsIfInTime(Attack attack) {
        var inTime = attack.events();
        var late = new ArrayList<>(inTime);
        var first = late.removeFirst();
        int place = 0;
        while (place < late.size() && late.get(place).at() <= first.at() + 9 * 60_000) place++;
        late.add(place, first);
        assertThat(facts(attack.found(late))).isEqualTo(facts(attack.found(inTime)));
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatComesTwiceCountsOnce(Attack attack) {
        var doubled = attack.events().stream()
                .flatMap(event -> List.of(event, event).stream())
                .toList();
        assertThat(facts(attack.found(doubled))).isEqualTo(facts(attack.found(attack.events())));
        var again = new ArrayList<>(attack.events());
        again.addAll(attack.events());
        assertThat(facts(attack.found(again))).isEqualTo(facts(attack.found(attack.events())));
    }

    @ParameterizedTest
    @EnumSource
    void oneFailureLessIsNotEnough(Attack attack) {
        assertThat(attack.found(attack.events().subList(1, attack.events().size())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensToSomeoneElseIsNotAdded(Attack attack) {
        if (!attack.isPerAccount()) return;
        var events = new ArrayList<>(attack.events());
        var second = events.get(1);
        events.set(
                1,
                new Login(
                        second.id(),
                        second.tenant(),
                        second.at(),
                        false,
                        Scenario.id("bob"),
                        second.source(),
                        null,
                        null,
                        second.egress()));
        assertThat(attack.found(events)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void playedAgainFromNothingItFindsTheSameIds(Attack attack) {
        assertThat(attack.found(attack.events()).stream().map(Found::id))
                .isEqualTo(attack.found(attack.events()).stream().map(Found::id).toList());
    }

    @ParameterizedTest
    @EnumSource
    void ordinarySignInsBetweenChangeNothing(Attack attack) {
        var mixed = new ArrayList<Login>();
        int number = 0;
        for (var event : attack.events()) {
            mixed.addAll(Scenario.events(List.of("0s ok colleague" + number + " 192.0.2." + number++)).stream()
                    .map(benign -> at(benign, event.at()))
                    .toList());
            mixed.add(event);
        }
        assertThat(facts(attack.found(mixed))).isEqualTo(facts(attack.found(attack.events())));
    }

    private static Login at(Login event, long at) {
        return new Login(
                event.id(),
                event.tenant(),
                at,
                event.succeeded(),
                event.principal(),
                event.source(),
                null,
                event.place(),
                event.egress());
    }

    static Set<Map<String, Object>> facts(List<Found> found) {
        return found.stream()
                .map(each -> Map.<String, Object>of(
                        "rule", each.rule(),
                        "severity", each.severity(),
                        "stage", each.stage(),
                        "count", each.count(),
                        "evidence", Set.copyOf(each.evidence()),
                        "parties",
                                each.parties().stream()
                                        .map(party -> party.kind() + party.id())
                                        .collect(Collectors.toSet()),
                        "first", each.firstAt(),
                        "last", each.lastAt()))
                .collect(Collectors.toSet());
    }

    @org.junit.jupiter.api.Test
    void theOwnersOwnMistakesAtHomeAddNothingToAnAttackFromElsewhere() {
        var events = Scenario.events(List.of(
                "0s ok ann 192.0.2.1",
                "1h fail ann 198.51.100.# x10 every 1s over 5",
                "61m fail ann 192.0.2.1 x3 every 1s"));
        assertThat(Scenario.last(Scenario.play(BOOK, events)))
                .singleElement()
                .satisfies(found -> assertThat(found.count()).isEqualTo(10));
    }

    @org.junit.jupiter.api.Test
    void anAttackWithoutEndIsANewRunTwiceADay() {
        var runs =
                Scenario.last(Scenario.play(BOOK, Scenario.events(List.of("0s fail ann 198.51.100.7 x1500 every 1m"))))
                        .stream()
                        .filter(found -> found.rule().equals("brute-force"))
                        .toList();
        assertThat(runs)
                .hasSize(3)
                .allSatisfy(run -> assertThat(java.time.Duration.between(run.firstAt(), run.lastAt()))
                        .isLessThanOrEqualTo(java.time.Duration.ofHours(12)));
    }

    /** A quiet address costs little to remember, and so does an account. */
    @org.junit.jupiter.api.Test
    void memoryIsSmall() {
        var memory = new HeapMemory();
        Scenario.play(
                BOOK,
                Scenario.events(
                        List.of("0s fail ann 198.51.100.7 x2 every 1s", "0s ok bob 203.0.113.9 @1/1 x30 every 1d")),
                memory);
        assertThat(memory.sizeOf(Source.KIND, Scenario.id("198.51.100.7").toString()))
                .isLessThanOrEqualTo(200);
        assertThat(memory.sizeOf(Account.KIND, Scenario.id("bob").toString())).isLessThanOrEqualTo(1024);
    }
}
