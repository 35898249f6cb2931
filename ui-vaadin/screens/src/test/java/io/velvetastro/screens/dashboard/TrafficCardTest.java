package io.velvetastro.screens.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.questions.Monitor.TrafficPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficCardTest {
    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(10);

    @Test
    void aStepThatHasNotEndedIsReplacedByTheLastWholeOneUpToTheMinute() {
        var now = TEN.plus(Duration.ofMinutes(13)).plusSeconds(20);
        var ended = TrafficCard.ended(List.of(point(-10, 100), point(0, 90), point(10, 31)), STEP, now);
        assertThat(ended).containsExactly(point(-10, 100), point(0, 90));
        var last = TrafficCard.sum(TEN.plus(Duration.ofMinutes(3)), List.of(point(3, 60), point(10, 31)));
        assertThat(TrafficCard.with(ended, last))
                .extracting(TrafficPoint::succeeded)
                .containsExactly(100L, 90L, 91L);
    }

    @Test
    void aStepThatHasJustEndedIsNotToldTwice() {
        assertThat(TrafficCard.with(List.of(point(-10, 100), point(0, 90)), point(0, 95)))
                .containsExactly(point(-10, 100), point(0, 95));
    }

    private static TrafficPoint point(int minute, long succeeded) {
        return new TrafficPoint(TEN.plus(Duration.ofMinutes(minute)), succeeded, 0, 0, 0);
    }
}
