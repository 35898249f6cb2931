package io.velvetastro.notary;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.language.Stream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LateComersTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final LateComers lateComers = new LateComers(NOON);

    @Test
    void appendsThatOverlapAreInTime() {
        assertThat(lateComers.isOne(recorded(NOON.minus(Duration.ofMinutes(9)), Vouched.INTACT)))
                .isFalse();
        assertThat(lateComers.isOne(recorded(NOON.plusSeconds(1), Vouched.INTACT)))
                .isFalse();
    }

    @Test
    void noChainOfCopiesLeadsBackUnnoticed() {
        for (int minutes = 8; minutes <= 10; minutes++)
            assertThat(lateComers.isOne(recorded(NOON.minus(Duration.ofMinutes(minutes)), Vouched.INTACT)))
                    .isFalse();
        assertThat(lateComers.isOne(recorded(NOON.minus(Duration.ofMinutes(11)), Vouched.INTACT)))
                .isTrue();
    }

    @Test
    void aClockThatWasPutRightIsDoubtedOnce() {
        var right = NOON.minus(Duration.ofDays(1));
        assertThat(lateComers.isOne(recorded(right, Vouched.INTACT))).isTrue();
        assertThat(lateComers.isOne(recorded(right.plusSeconds(1), Vouched.INTACT)))
                .isFalse();
    }

    @Test
    void aChangedRowSaysNothingOfTheTime() {
        assertThat(lateComers.isOne(recorded(NOON.plus(Duration.ofDays(9)), Vouched.CHANGED)))
                .isFalse();
        assertThat(lateComers.isOne(recorded(NOON, Vouched.INTACT))).isFalse();
    }

    private static Row recorded(Instant at, Vouched vouched) {
        return new Row(1, Stream.TELEMETRY, null, "id", at, "type", null, new byte[0], new byte[0], null, null, 0)
                .vouched(vouched);
    }
}
