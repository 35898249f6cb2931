package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.decisions.identity.NotNow.Because;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;

class BeatTest {
    private final Beat beat = new Beat(Duration.ofMillis(200));

    @Test
    void aRefusalWaitsForTheBeat() {
        assertThat(millisOf(() -> {
                    throw new BadCredentialsException("no");
                }))
                .isGreaterThanOrEqualTo(200);
    }

    @Test
    void oneThatComesAfterABeatWaitsForTheNext() {
        assertThat(millisOf(() -> {
                    spend(Duration.ofMillis(201));
                    throw new BadCredentialsException("no");
                }))
                .isGreaterThanOrEqualTo(400);
    }

    /** The beat is an hour long: the test would not end if they waited for it. */
    @Test
    void whoIsLetInOrToldToComeBackDoesNotWait() {
        var slow = new Beat(Duration.ofHours(1));
        assertThat(slow.refusing(() -> "in")).isEqualTo("in");
        assertThatThrownBy(() -> slow.refusing(() -> {
                    throw new NotNow(Because.BUSY, Duration.ofSeconds(2));
                }))
                .isInstanceOf(NotNow.class);
    }

    /** The same: a house that closes waits for nobody's beat. */
    @Test
    void aClosingHouseDoesNotWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Beat(Duration.ofHours(1)).refusing(() -> {
                    throw new BadCredentialsException("no");
                }))
                .isInstanceOf(BadCredentialsException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private long millisOf(Supplier<String> tried) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> beat.refusing(tried)).isInstanceOf(BadCredentialsException.class);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static void spend(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) Thread.onSpinWait();
    }
}
