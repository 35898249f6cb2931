package io.velvetastro.screens.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final ArrayDeque<Runnable> beats = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void aThousandNotesInOneBeatAreOneCall() {
        var pulse = new Pulse(beats::add, calls::incrementAndGet);
        for (int i = 0; i < 1000; i++) pulse.told();
        assertThat(beats).hasSize(1);
        beats.remove().run();
        assertThat(calls).hasValue(1);
    }

    @Test
    void aNoteThatComesWhileTheScreenLooksIsNotLost() {
        var pulse = new Pulse[1];
        pulse[0] = new Pulse(beats::add, () -> {
            if (calls.incrementAndGet() == 1) pulse[0].told();
        });
        pulse[0].told();
        beats.remove().run();
        assertThat(beats).hasSize(1);
        beats.remove().run();
        assertThat(calls).hasValue(2);
    }
}
