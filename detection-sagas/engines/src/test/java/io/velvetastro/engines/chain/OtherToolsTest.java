package io.velvetastro.engines.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What other tools report is weighed by how many stages and machines it touches. */
class OtherToolsTest extends Storyteller {

    @Test
    void noiseOfOtherToolsIsNeverAnIncidentHoweverMuch() {
        var noise = new ArrayList<FindingRaised>();
        for (int i = 0; i < 500; i++)
            noise.add(alert(
                    "n" + i,
                    "Noise " + i % 9,
                    "web-" + i % 5,
                    Severity.LOW,
                    0.2,
                    Stage.values()[i % 7],
                    START.plusSeconds(i)));
        assertThat(chain.follow(memory, noise)).isEmpty();
    }

    @Test
    void twoStagesOnAMachineAreNoIncidentThreeAre() {
        assertThat(follow(
                        alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                        alert("b", "Web attack", "web-1", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60))))
                .isEmpty();
        var answers = follow(alert(
                "c",
                "Sudo to root",
                "web-1",
                Severity.MEDIUM,
                0.6,
                Stage.INSTALLATION,
                START.plus(Duration.ofHours(9))));
        assertThat(opened(answers)).singleElement().satisfies(open -> {
            assertThat(open.story().stages()).containsExactly(Stage.RECONNAISSANCE, Stage.DELIVERY, Stage.INSTALLATION);
            assertThat(open.story().stage()).isEqualTo(Stage.INSTALLATION);
            assertThat(open.story().severity()).isEqualTo(Severity.HIGH);
            assertThat(open.story().title()).isEqualTo("Attack in 3 stages on web-1");
            assertThat(open.story().firstAt()).isEqualTo(START);
        });
    }

    @Test
    void threeStagesOnThreeMachinesAreThreeAccidents() {
        assertThat(follow(
                        alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                        alert("b", "Web attack", "web-2", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60)),
                        alert(
                                "c",
                                "Sudo to root",
                                "web-3",
                                Severity.MEDIUM,
                                0.6,
                                Stage.INSTALLATION,
                                START.plusSeconds(120))))
                .isEmpty();
    }

    @Test
    void oneAlertOnManyMachinesWithinMinutesIsOneSweep() {
        var answers = follow(
                alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                alert("b", "Scan", "web-2", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START.plusSeconds(30)),
                alert("c", "Web attack", "web-1", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60)),
                alert("d", "Sudo to root", "web-2", Severity.MEDIUM, 0.6, Stage.INSTALLATION, START.plusSeconds(90)));
        assertThat(opened(answers))
                .singleElement()
                .satisfies(open -> assertThat(open.story().findings()).isEqualTo(4));
    }

    @Test
    void aGraveAlertThatIsNewOnItsMachineIsAnIncidentAloneAndAnOldAcquaintanceIsNot() {
        assertThat(opened(follow(alert("a", "Beacon", "web-1", Severity.HIGH, 0.85, Stage.COMMAND_AND_CONTROL, START))))
                .hasSize(1);
        assertThat(opened(follow(alert(
                        "b",
                        "Beacon",
                        "web-2",
                        Severity.HIGH,
                        0.7,
                        Stage.COMMAND_AND_CONTROL,
                        START.plus(Duration.ofHours(2))))))
                .isEmpty();
    }
}
