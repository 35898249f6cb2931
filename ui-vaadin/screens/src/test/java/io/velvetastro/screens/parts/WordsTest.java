package io.velvetastro.screens.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void thousandsAreParted() {
        assertThat(Words.count(12_481)).isEqualTo("12\u202f481");
        assertThat(Words.count(1, "row", "rows")).isEqualTo("1 row");
    }

    @Test
    void aSmallShareDoesNotBecomeNothing() {
        assertThat(Words.percent(3 / 12_481.0)).isEqualTo("0.02\u202f%");
        assertThat(Words.percent(0.337)).isEqualTo("33.7\u202f%");
    }

    @Test
    void whatSpeaksAgainstHasARealMinus() {
        assertThat(Words.signed(-0.4)).isEqualTo("−0.40");
        assertThat(Words.signed(3.9)).isEqualTo("+3.90");
    }

    @Test
    void aPlaybookIsCalledByItsNameWithoutItsNumber() {
        assertThat(Words.actor("playbook:contain-source/1")).isEqualTo("playbook contain source");
        assertThat(Words.actor("member:Mira Solberg")).isEqualTo("Mira Solberg");
        assertThat(Words.actor("Mira Solberg")).isEqualTo("Mira Solberg");
    }

    @Test
    void initialsAreTakenFromAnyKindOfName() {
        assertThat(Words.initials("Mira Solberg")).isEqualTo("MS");
        assertThat(Words.initials("admin@velvet.com")).isEqualTo("AV");
        assertThat(Words.initials("")).isEmpty();
    }
}
