package io.velvetastro.store.health;

import io.velvetastro.language.Backlog;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Not ready while somebody stumbles over the same event again and again: what the house then shows is old. */
final class FollowersHealth extends AbstractHealthIndicator {
    private final Backlog backlog;
    private final Supplier<? extends Collection<EventProcessor>> processors;

    FollowersHealth(Backlog backlog, Supplier<? extends Collection<EventProcessor>> processors) {
        super("Nobody can say who follows the streams");
        this.backlog = backlog;
        this.processors = processors;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var stumbling = backlog.followers().stream()
                .filter(follower -> follower.failure() != null)
                .map(Backlog.Progress::follower)
                .toList();
        var broken = processors.get().stream()
                .filter(FollowersHealth::isBroken)
                .map(EventProcessor::getName)
                .toList();
        health.status(stumbling.isEmpty() && broken.isEmpty() ? "UP" : "OUT_OF_SERVICE");
        detail(health, "stumbling", stumbling);
        detail(health, "broken", broken);
        backlog.followers()
                .forEach(follower -> health.withDetail(
                        follower.follower(), "behind " + follower.behind() + ", parked " + follower.parked()));
    }

    private static void detail(Health.Builder health, String name, List<String> who) {
        if (!who.isEmpty()) health.withDetail(name, who);
    }

    private static boolean isBroken(EventProcessor processor) {
        return processor.isError()
                || processor instanceof StreamingEventProcessor streaming
                        && streaming.processingStatus().values().stream().anyMatch(status -> status.isErrorState());
    }
}
