package io.velvetastro.engines.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.rules.RuleBook;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes an address familiar, and for how long an attack keeps it from becoming so. */
class UsesTest {
    private static final RuleBook BOOK = RuleBook.builtIn();
    private final HeapMemory memory = new HeapMemory();

    @Test
    void whatAnAttackSignedInWithIsNotFamiliarTheWeekAfter() {
        play("0s fail ann 198.51.100.7 x5 every 5s", "1m ok ann 198.51.100.7", "2d ok ann 198.51.100.7");
        assertThat(severities("7d fail ann 198.51.100.7 x5 every 5s", "7d1m ok ann 198.51.100.7"))
                .contains("HIGH");
    }

    @Test
    void suspicionFadesAfterTwoQuietWeeks() {
        play("0s fail ann 198.51.100.7 x5 every 5s", "1m ok ann 198.51.100.7", "2d ok ann 198.51.100.7");
        assertThat(severities("15d fail ann 198.51.100.7 x5 every 5s", "15d1m ok ann 198.51.100.7"))
                .containsOnly("LOW");
    }

    @Test
    void suspicionBeginsAnewWithEachAttack() {
        play("0s fail ann 198.51.100.7 x5 every 5s", "1m ok ann 198.51.100.7");
        play("10d fail ann 198.51.100.7 x5 every 5s", "10d1m ok ann 198.51.100.7");
        assertThat(severities("20d fail ann 198.51.100.7 x5 every 5s", "20d1m ok ann 198.51.100.7"))
                .contains("HIGH");
    }

    /** Thirty people behind one address come and go faster than it could remember each of them. */
    @Test
    void theBusierAnAddressTheMoreItIsShared() {
        play("0s ok u# 198.51.100.7 x30 every 1m");
        assertThat(severities("1d ok u# 198.51.100.7 x30 every 20s", "1d fail ann 198.51.100.7 x60 every 9s"))
                .containsOnly("LOW");
    }

    @Test
    void anOfficeOfSeventyOnItsFirstDayIsNoSpray() {
        assertThat(severities("0s fail u# 198.51.100.7 x90 every 10s", "8s ok u# 198.51.100.7 x90 every 10s"))
                .containsOnly("LOW");
    }

    @Test
    void homeStaysHomeOnALongJourney() {
        play("0s ok ann 203.0.113.1 x30 every 1d");
        play("30d ok ann 198.51.100.# x40 every 1d");
        assertThat(severities("70d fail ann 203.0.113.1 x9 every 5s")).containsOnly("LOW");
    }

    @Test
    void anAddressUsedOnceIsNoHomeAfterManyOthers() {
        play("0s ok ann 203.0.113.1 x30 every 1d", "1d ok ann 203.0.113.2");
        play("30d ok ann 198.51.100.# x40 every 1d");
        assertThat(severities("70d fail ann 198.51.100.3 x9 every 5s")).containsOnly("MEDIUM");
    }

    @Test
    void whatAnAttackSignedInWithIsRememberedOfATravellerToo() {
        play("0s ok ann 203.0.113.# x16 every 1d");
        play("20d fail ann 198.51.100.7 x5 every 5s", "20d1m ok ann 198.51.100.7", "20d2h ok ann 198.51.100.7");
        assertThat(severities("21d fail ann 198.51.100.7 x5 every 5s", "21d1m ok ann 198.51.100.7"))
                .contains("HIGH");
    }

    private void play(String... lines) {
        findings(lines);
    }

    private List<String> severities(String... lines) {
        return findings(lines).stream().map(found -> found.severity().name()).toList();
    }

    private List<Found> findings(String... lines) {
        var events = Scenario.events(List.of(lines)).stream()
                .sorted(Comparator.comparingLong(Login::at))
                .toList();
        return Scenario.play(BOOK, events, memory);
    }
}
