package io.velvetastro.screens.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlanceTest {
    private final Glance glance = new Glance();
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatIsAskedWhileAnAnswerIsOnItsWayIsAskedOnceAndLast() {
        assertThat(glance.begins(() -> asked.add("never"))).isTrue();
        assertThat(glance.begins(() -> asked.add("second"))).isFalse();
        assertThat(glance.begins(() -> asked.add("third"))).isFalse();
        var waiting = glance.ended();
        assertThat(waiting).isNotNull();
        waiting.run();
        assertThat(asked).containsExactly("third");
        assertThat(glance.begins(() -> asked.add("never"))).isTrue();
    }

    @Test
    void anAnswerNobodyWaitsBehindEndsTheLook() {
        glance.begins(() -> asked.add("never"));
        assertThat(glance.ended()).isNull();
        assertThat(glance.begins(() -> asked.add("never"))).isTrue();
    }
}
