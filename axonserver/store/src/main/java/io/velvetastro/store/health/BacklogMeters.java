package io.velvetastro.store.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.velvetastro.language.Backlog;
import io.velvetastro.language.Backlog.Progress;
import java.util.function.ToDoubleFunction;

/** How far behind each follower is, and how many events it has parked, for whoever watches from outside. Read at scrape time only: nothing is counted event by event. */
final class BacklogMeters implements MeterBinder {
    private final Backlog backlog;

    BacklogMeters(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var follower : backlog.followers()) {
            gauge(registry, "velvet.follower.behind", follower.follower(), Progress::behind);
            gauge(registry, "velvet.follower.parked", follower.follower(), Progress::parked);
            gauge(
                    registry,
                    "velvet.follower.stumbling",
                    follower.follower(),
                    progress -> progress.failure() == null ? 0 : 1);
        }
    }

    private void gauge(MeterRegistry registry, String name, String follower, ToDoubleFunction<Progress> value) {
        Gauge.builder(name, () -> now(follower, value))
                .tag("follower", follower)
                .register(registry);
    }

    private double now(String follower, ToDoubleFunction<Progress> value) {
        return backlog.followers().stream()
                .filter(progress -> progress.follower().equals(follower))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
