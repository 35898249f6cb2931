package io.velvetastro.engines.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wave of stuffing is seen however many addresses take part and however many people mistype meanwhile. */
class WavesTest {
    private static final RuleBook BOOK = RuleBook.builtIn();

    @Test
    void sixtyFourAddressesInRotationAreAWave() {
        assertThat(stuffing(List.of("0s fail u# 198.51.100.# x192 every 3s over 64")))
                .singleElement()
                .satisfies(wave -> {
                    assertThat(wave.severity()).isEqualTo(Severity.HIGH);
                    assertThat(wave.count()).isBetween(96L, 192L);
                });
    }

    @Test
    void aThousandAddressesInRotationAreOneWaveThatCounts() {
        assertThat(stuffing(thousand())).singleElement().satisfies(wave -> {
            assertThat(wave.severity()).isEqualTo(Severity.HIGH);
            assertThat(wave.count()).isBetween(1_500L, 3_000L);
        });
    }

    @Test
    void whatALargeWaveHasPushedOutIsNotCountedAgain() {
        var lines = IntStream.range(0, 4)
                .mapToObj(i -> "0s fail u" + i + "-# 10." + i + ".0.# x500 every 1s over 50")
                .toList();
        assertThat(stuffing(lines))
                .singleElement()
                .satisfies(wave -> assertThat(wave.count()).isBetween(1_000L, 2_000L));
    }

    @Test
    void whoGetsInDuringAWaveOfAThousandIsNamed() {
        var lines = new ArrayList<>(thousand());
        lines.add("599s ok zoe 10.1.0.7");
        assertThat(successes(lines))
                .singleElement()
                .satisfies(found -> assertThat(found.contain()).isTrue());
    }

    @Test
    void everyAddressThatGetsInDuringAWaveIsNamedAndKeptOut() {
        var lines = new ArrayList<>(List.of("0s fail u# 198.51.100.# x80 every 1s over 20"));
        for (int i = 1; i <= 12; i++) lines.add(80 + i + "s ok taken" + i + " 198.51.100." + i);
        assertThat(successes(lines)).hasSize(12).allSatisfy(found -> {
            assertThat(found.contain()).isTrue();
            assertThat(found.parties()).hasSize(2);
            assertThat(found.count()).isEqualTo(81);
        });
    }

    @Test
    void whoGotInBeforeItsAddressWasKnownToTakePartIsNamedOnceItIs() {
        var before = List.of(
                "0s fail u# 198.51.100.# x60 every 1s over 20",
                "61s fail a# 203.0.113.9 x2 every 1s",
                "63s ok zoe 203.0.113.9");
        assertThat(successes(before)).isEmpty();
        var after = new ArrayList<>(before);
        after.add("70s fail bob 203.0.113.9");
        assertThat(successes(after)).singleElement().satisfies(found -> {
            assertThat(found.count()).isEqualTo(63);
            assertThat(found.contain()).isTrue();
            assertThat(found.parties())
                    .extracting(Found.Party::id)
                    .contains(Scenario.id("zoe").toString());
        });
    }

    @Test
    void whoSignsInAgainWithWhatAWaveGotIsOneRow() {
        assertThat(successes(
                        List.of("0s fail u# 198.51.100.# x80 every 1s over 20", "81s ok zoe 198.51.100.7 x9 every 1s")))
                .singleElement()
                .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.HIGH));
    }

    @Test
    void guessesThatComeInLateShowEachOfThoseWhoGotIn() {
        var lines = List.of(
                "0s fail u# 198.51.100.# x15 every 1s over 5", "16s ok ann 198.51.100.1", "17s ok bob 198.51.100.2");
        assertThat(successes(lines)).hasSize(2);
        var late = ordered(lines);
        Collections.reverse(late);
        assertThat(Scenario.last(Scenario.play(BOOK, late)).stream()
                        .filter(found -> found.rule().equals("success-in-stuffing")))
                .hasSize(2)
                .allSatisfy(found -> assertThat(found.count()).isEqualTo(16));
    }

    @Test
    void aWaveIsSeenThoughAThousandPeopleMistypeMeanwhile() {
        assertThat(stuffing(List.of(
                        "0s fail m# 203.0.113.# x590 every 1s over 590",
                        "0s fail n# 192.0.2.# x590 every 1s over 590",
                        "0s fail u# 198.51.100.# x30 every 19s over 6")))
                .singleElement()
                .satisfies(wave -> assertThat(wave.count()).isEqualTo(30));
    }

    @Test
    void aBigOfficeWithMistypedPasswordsIsSilent() {
        var lines = new ArrayList<String>();
        for (int office = 0; office < 40; office++) {
            lines.add(office + "s ok a" + office + "-# 198.51.100." + office + " x30 every 20s");
            lines.add(office + 5 + "s fail a" + office + "-# 198.51.100." + office + " x6 every 100s");
        }
        lines.add("0s fail m# 203.0.113.# x590 every 1s over 590");
        assertThat(stuffing(lines)).isEmpty();
    }

    @Test
    void oneThatTurnsOutToBeAnOfficeLeavesTheWave() {
        assertThat(stuffing(List.of(
                        "0s fail u# 198.51.100.# x12 every 5s over 4",
                        "70s fail v# 198.51.100.9 x3 every 1s",
                        "80s ok v# 198.51.100.9 x3 every 1s",
                        "90s fail u1# 198.51.100.# x4 every 5s over 4")))
                .singleElement()
                .satisfies(wave -> assertThat(wave.count()).isEqualTo(15));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderWithinTenMinutesIsTheSameWave(long seed) {
        var inOrder = ordered(List.of(
                "0s fail u# 198.51.100.# x15 every 20s over 5",
                "100s fail m# 203.0.113.# x40 every 5s over 40",
                "330s ok zoe 198.51.100.3"));
        var disordered = new ArrayList<>(inOrder);
        Collections.shuffle(disordered, new Random(seed));
        assertThat(WindowsTest.facts(waves(disordered))).isEqualTo(WindowsTest.facts(waves(inOrder)));
    }

    @Test
    void whoeverMistypesAloneIsNotRememberedOfTheOrganisation() {
        var memory = new HeapMemory();
        Scenario.play(BOOK, Scenario.events(List.of("0s fail u# 198.51.100.# x500 every 1s over 250")), memory);
        assertThat(memory.recall(Organisation.KIND, Organisation.KEY)).isEqualTo(Organisation.KIND.blank());
    }

    @Test
    void aWaveOfAThousandIsRememberedInFewBytes() {
        var memory = new HeapMemory();
        Scenario.play(BOOK, ordered(thousand()), memory);
        assertThat(memory.sizeOf(Organisation.KIND, Organisation.KEY)).isLessThan(16_384);
    }

    /** Five attempts a second, each address three accounts within ten minutes. */
    private static List<String> thousand() {
        return IntStream.range(0, 5)
                .mapToObj(i -> "0s fail u" + i + "-# 10." + i + ".0.# x600 every 1s over 200")
                .toList();
    }

    private static List<Found> stuffing(List<String> lines) {
        return last(lines).stream()
                .filter(found -> found.rule().equals("credential-stuffing"))
                .toList();
    }

    private static List<Found> successes(List<String> lines) {
        return last(lines).stream()
                .filter(found -> found.rule().equals("success-in-stuffing"))
                .toList();
    }

    private static List<Found> last(List<String> lines) {
        return Scenario.last(Scenario.play(BOOK, ordered(lines)));
    }

    private static List<Found> waves(List<Login> events) {
        return Scenario.last(Scenario.play(BOOK, events)).stream()
                .filter(found -> found.rule().contains("stuffing"))
                .toList();
    }

    private static List<Login> ordered(List<String> lines) {
        var events = new ArrayList<>(Scenario.events(lines));
        events.sort(Comparator.comparingLong(Login::at));
        return events;
    }
}
