package io.velvetastro.engines.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a story ends, and what comes too late to belong to it. */
class LongStoriesTest extends Storyteller {

    @Test
    void daysLaterItIsAnotherStory() {
        var first = opened(follow(takeover("t", "ann", "1.1.1.1", START, true)))
                .getFirst()
                .incident();
        var second = opened(follow(takeover("t2", "ann", "1.1.1.1", START.plus(Duration.ofDays(3)), true)))
                .getFirst()
                .incident();
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void noStoryIsLongerThanADayHoweverOftenItIsFed() {
        var incidents = new java.util.LinkedHashMap<IncidentId, Duration>();
        for (int hour = 0; hour < 72; hour++) {
            for (var answer :
                    follow(takeover("t" + hour, "ann", "1.1.1.1", START.plus(Duration.ofHours(hour)), true))) {
                if (answer instanceof Answer.Open open)
                    incidents.put(
                            open.incident(),
                            Duration.between(
                                    open.story().firstAt(), open.story().lastAt()));
                if (answer instanceof Answer.Grow grow)
                    incidents.put(
                            grow.incident(),
                            Duration.between(
                                    grow.story().firstAt(), grow.story().lastAt()));
            }
        }
        assertThat(incidents.values()).hasSizeBetween(3, 4).allMatch(span -> span.compareTo(Duration.ofHours(24)) <= 0);
    }

    @Test
    void aSeriesThatOutlastsItsStorysDayIsHeardNoMore() {
        follow(takeover("t", "ann", "1.1.1.1", START, true));
        var long1 = grown(follow(lasting("s", START.plusSeconds(60), Duration.ofHours(20), "1")));
        assertThat(long1)
                .singleElement()
                .satisfies(grow -> assertThat(grow.story().lastAt())
                        .isEqualTo(START.plusSeconds(60).plus(Duration.ofHours(20))));
        assertThat(follow(lasting("s", START.plusSeconds(60), Duration.ofHours(30), "2")))
                .isEmpty();
    }

    private static FindingRaised lasting(String name, Instant from, Duration span, String more) {
        var finding = takeover(name, "ann", "1.1.1.1", from, false, false, more);
        return new FindingRaised(
                finding.id(),
                finding.series(),
                finding.tenant(),
                finding.engine(),
                finding.rule(),
                1,
                finding.title(),
                finding.severity(),
                finding.score(),
                finding.stage(),
                finding.techniques(),
                from,
                from.plus(span),
                from,
                9,
                finding.evidence(),
                finding.entities(),
                finding.why(),
                "",
                null,
                false,
                false,
                false,
                List.of(),
                null);
    }

    @Test
    void whatIsReportedLateFromHoursBeforeAnAttackIsNotItsBeginning() {
        var attack = follow(
                alert("a", "Scan", "web-1", Severity.MEDIUM, 0.6, Stage.RECONNAISSANCE, START),
                alert("b", "Web attack", "web-1", Severity.MEDIUM, 0.6, Stage.DELIVERY, START.plusSeconds(60)),
                alert("c", "Sudo to root", "web-1", Severity.MEDIUM, 0.6, Stage.INSTALLATION, START.plusSeconds(120)));
        assertThat(opened(attack)).hasSize(1);
        assertThat(follow(alert(
                        "d",
                        "Odd request",
                        "web-1",
                        Severity.MEDIUM,
                        0.6,
                        Stage.EXPLOITATION,
                        START.minus(Duration.ofHours(4)))))
                .isEmpty();
        assertThat(grown(follow(alert(
                        "e",
                        "Beacon",
                        "web-1",
                        Severity.MEDIUM,
                        0.6,
                        Stage.COMMAND_AND_CONTROL,
                        START.plus(Duration.ofHours(4))))))
                .hasSize(1);
    }
}
