package io.velvetastro.engines.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.engines.chain.ChainOnRealAlerts.Told;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A recorded attack among 130,779 alerts of real tools becomes one story, and the noise of four days does not become a hundred. */
class RecordedAttackTest {
    private static final Instant SCANS = Instant.parse("2022-01-17T11:15:00Z");
    private static final Instant OVER = Instant.parse("2022-01-17T11:59:00Z");

    private static Told told;

    @BeforeAll
    static void theRecordingIsFollowed() throws Exception {
        var rows = ChainOnRealAlerts.rows(
                RecordedAttackTest.class.getResourceAsStream("/recordings/santos_alerts.csv.gz"));
        assertThat(rows).hasSize(130_779);
        told = ChainOnRealAlerts.told("santos", rows);
    }

    @Test
    void fewIncidentsAreOpenedAndNoneSpansMoreThanADay() {
        assertThat(told.incidents().size()).isBetween(1, 25);
        assertThat(told.incidents().values())
                .allSatisfy(story -> assertThat(Duration.between(story.firstAt(), story.lastAt()))
                        .isLessThanOrEqualTo(Duration.ofHours(24)));
    }

    @Test
    void oneOfThemIsTheAttackFromItsScansOnInAtLeastThreeStagesInOrder() {
        var attacks = told.incidents().entrySet().stream()
                .filter(each -> each.getValue().firstAt().isAfter(SCANS.minus(Duration.ofMinutes(30))))
                .filter(each -> each.getValue().firstAt().isBefore(SCANS.plus(Duration.ofMinutes(30))))
                .toList();
        assertThat(attacks).hasSize(1);
        var stages = stagesInTime(attacks.getFirst());
        assertThat(stages).hasSizeGreaterThanOrEqualTo(3);
        assertThat(stages).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void nobodyIsBlockedForWhatALogOfYearsAgoSays() {
        assertThat(told.contained()).isZero();
    }

    /** Each stage when it is first seen within the attack's hours. */
    private static List<Stage> stagesInTime(Map.Entry<IncidentId, StoryState> attack) {
        return told.findingsOf().get(attack.getKey()).stream()
                .map(told.findings()::get)
                .filter(finding ->
                        !finding.firstAt().isBefore(SCANS) && finding.firstAt().isBefore(OVER))
                .sorted(Comparator.comparing(FindingRaised::firstAt))
                .map(FindingRaised::stage)
                .distinct()
                .toList();
    }
}
