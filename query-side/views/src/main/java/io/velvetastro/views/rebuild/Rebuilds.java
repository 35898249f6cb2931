package io.velvetastro.views.rebuild;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.Replays;
import io.velvetastro.questions.HealthSource;
import io.velvetastro.questions.Monitor;
import io.velvetastro.views.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes views anew: the same projection writes every event into a shadow, and when it has caught up the shadow takes the place of the rows that served meanwhile. */
@Component
public class Rebuilds implements HealthSource {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);
    private final Map<String, View> views = new LinkedHashMap<>();
    private final ObjectProvider<Replays> replays;
    private final Schema.Schemas schemas;
    private final DSLContext db;
    private final Clock clock;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    enum State {
        RUNNING,
        DONE,
        FAILED
    }

    /** How a rebuild is getting on. */
    record Run(
            String view,
            State state,
            Instant startedAt,
            long events,
            @Nullable Long millis,
            @Nullable String failure) {
        Run with(long events) {
            return new Run(view, state, startedAt, events, millis, failure);
        }

        Run ended(State state, Instant now, @Nullable String failure) {
            return new Run(
                    view,
                    state,
                    startedAt,
                    events,
                    Duration.between(startedAt, now).toMillis(),
                    failure);
        }
    }

    Rebuilds(List<View> views, ObjectProvider<Replays> replays, Schema.Schemas schemas, DSLContext db, Clock clock) {
        views.forEach(view -> this.views.put(view.name(), view));
        this.replays = replays;
        this.schemas = schemas;
        this.db = db;
        this.clock = clock;
    }

    Set<String> names() {
        return views.keySet();
    }

    Optional<Run> latest(String name) {
        return Optional.ofNullable(runs.get(name));
    }

    /** Begins one in the background; empty while one is running. */
    Optional<Run> start(String name) {
        var begun = new Run(name, State.RUNNING, clock.instant(), 0, null, null);
        var now = runs.compute(name, (key, known) -> known != null && known.state == State.RUNNING ? known : begun);
        if (now != begun) return Optional.empty();
        Thread.ofPlatform().daemon().name("rebuild-" + name).start(() -> run(name));
        return Optional.of(begun);
    }

    private void run(String name) {
        try {
            rebuild(name);
            runs.computeIfPresent(name, (key, run) -> run.ended(State.DONE, clock.instant(), null));
            LOG.info("View {} was rebuilt: {}", name, runs.get(name));
        } catch (RuntimeException e) {
            LOG.error("View {} could not be rebuilt; the old rows go on serving", name, e);
            runs.computeIfPresent(
                    name,
                    (key, run) -> run.ended(
                            State.FAILED, clock.instant(), e.getClass().getSimpleName()));
        }
    }

    /** Rebuilds at once, and answers from how many events. */
    public long rebuild(String name) {
        var view = requireNonNull(views.get(name));
        var shadow = new Shadow(db, view);
        shadow.create();
        try (var writer = new ShadowWriter(
                view.onto().apply(schemas.named(shadow.name())), shadow, events -> counted(name, events))) {
            return replays.getObject().rebuild(writer, () -> {
                writer.finish();
                shadow.takePlace();
            });
        } catch (RuntimeException e) {
            shadow.drop();
            throw e;
        }
    }

    private void counted(String name, int events) {
        runs.computeIfPresent(name, (key, run) -> run.with(run.events + events));
    }

    @Override
    public Monitor.Component health() {
        var figures = new LinkedHashMap<String, String>();
        runs.values()
                .forEach(run -> figures.put(
                        run.view + ".rebuild",
                        run.state.name().toLowerCase(java.util.Locale.ROOT) + ", " + run.events + " events"));
        var running = runs.values().stream()
                .filter(run -> run.state == State.RUNNING)
                .map(Run::view)
                .toList();
        return new Monitor.Component(
                "views",
                Monitor.State.UP,
                running.isEmpty() ? "serving" : "serving, and rebuilding " + String.join(", ", running),
                figures);
    }
}
