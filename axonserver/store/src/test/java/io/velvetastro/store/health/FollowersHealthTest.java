package io.velvetastro.store.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.velvetastro.language.Backlog;
import io.velvetastro.language.Backlog.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class FollowersHealthTest {
    @Test
    void whoeverIsOnlyBehindIsStillReady() {
        assertThat(health(new Progress("feed", 100_000, 3, null))).isEqualTo(Status.UP);
    }

    @Test
    void whoeverStumblesIsNot() {
        assertThat(health(
                        new Progress("feed", 0, 0, null), new Progress("map", 5, 0, "java.lang.IllegalStateException")))
                .isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void theBacklogCanBeWatchedFromOutside() {
        var registry = new SimpleMeterRegistry();
        Backlog backlog = () -> List.of(new Progress("feed", 12, 3, "stumbled"));
        new BacklogMeters(backlog).bindTo(registry);
        assertThat(registry.get("velvet.follower.behind")
                        .tag("follower", "feed")
                        .gauge()
                        .value())
                .isEqualTo(12);
        assertThat(registry.get("velvet.follower.parked").gauge().value()).isEqualTo(3);
        assertThat(registry.get("velvet.follower.stumbling").gauge().value()).isEqualTo(1);
    }

    private Status health(Progress... progress) {
        return new FollowersHealth(() -> List.of(progress), List::of).health().getStatus();
    }
}
