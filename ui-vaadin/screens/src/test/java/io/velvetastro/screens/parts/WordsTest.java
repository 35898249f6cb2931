package io.velvetastro.screens.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void thousandsAreParted() {
        assertThat(Words.count(12_481)).isEqualTo("12\u202f481");
        assertThat(Words.count(1, "row", "rows")).isEqualTo("1 row");
    }

    @Test
    void aTimeIsSaidInTheLargestUnitThatSaysItWhole() {
        assertThat(Words.lasting(Duration.ofMinutes(30))).isEqualTo("30 minutes");
        assertThat(Words.lasting(Duration.ofMinutes(60))).isEqualTo("1 hour");
        assertThat(Words.lasting(Duration.ofSeconds(90))).isEqualTo("90 seconds");
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
    void idsAndTimesAreBriefWhereThereIsLittleRoom() {
        assertThat(Words.brief(
                        "rule=0160ebcf-5b36-3451-8a02-69d20c7e9223 until=2026-11-23T13:39:56.280137959Z by=nora"))
                .isEqualTo("rule=0160…23 until=2026-11-23T13:39:56Z by=nora");
        assertThat(Words.brief("target=2001:db8:7::1f")).isEqualTo("target=2001:db8:7::1f");
    }

    @Test
    void aTypeIsSaidAsPeopleSayIt() {
        assertThat(Words.spaced("RoleGiven")).isEqualTo("Role given");
        assertThat(Words.spaced("checkpoint.ageSeconds")).isEqualTo("Checkpoint age seconds");
        assertThat(Words.spaced("")).isEmpty();
        assertThat(Words.type("role given")).isEqualTo("RoleGiven");
        assertThat(Words.type(Words.spaced("PlaybookStepWithheld"))).isEqualTo("PlaybookStepWithheld");
        assertThat(Words.type("RoleGiven")).isEqualTo("RoleGiven");
    }

    @Test
    void initialsAreTakenFromAnyKindOfName() {
        assertThat(Words.initials("Mira Solberg")).isEqualTo("MS");
        assertThat(Words.initials("admin@velvet.com")).isEqualTo("AV");
        assertThat(Words.initials("")).isEmpty();
    }
}
