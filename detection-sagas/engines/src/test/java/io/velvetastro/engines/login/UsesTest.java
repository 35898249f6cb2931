package io.velvetastro.engines.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.rules.RuleBook;
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

    private void play(String... lines) {
        Scenario.play(BOOK, Scenario.events(List.of(lines)), memory);
    }

    private List<String> severities(String... lines) {
        return Scenario.play(BOOK, Scenario.events(List.of(lines)), memory).stream()
                .map(found -> found.severity().name())
                .toList();
    }
}
