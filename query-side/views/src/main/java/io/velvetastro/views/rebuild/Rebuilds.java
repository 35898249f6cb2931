package io.velvetastro.views.rebuild;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.Replays;
import io.velvetastro.questions.HealthSource;
import io.velvetastro.questions.Monitor;
import io.velvetastro.views.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

    /** Begins them in the background, from one reading of the store; answers nothing while one of them is running. */
    synchronized List<Run> start(Collection<String> names) {
        if (names.stream().map(runs::get).anyMatch(run -> run != null && run.state == State.RUNNING)) return List.of();
        var now = clock.instant();
        var begun = names.stream()
                .map(name -> new Run(name, State.RUNNING, now, 0, null, null))
                .toList();
        begun.forEach(run -> runs.put(run.view, run));
        Thread.ofPlatform().daemon().name("rebuild").start(() -> run(names));
        return begun;
    }

    private void run(Collection<String> names) {
        try {
            rebuild(names);
            end(names, State.DONE, null);
            LOG.info("Rebuilt: {}", names.stream().map(runs::get).toList());
        } catch (RuntimeException e) {
            LOG.error("{} could not be rebuilt; the old rows go on serving", names, e);
            end(names, State.FAILED, e.getClass().getSimpleName());
        }
    }

    private void end(Collection<String> names, State state, @Nullable String failure) {
        for (var name : names) runs.computeIfPresent(name, (key, run) -> run.ended(state, clock.instant(), failure));
    }

    /** Rebuilds at once, all from one reading of the store, and answers from how many events. */
    public long rebuild(Collection<String> names) {
        var together =
                names.stream().map(name -> requireNonNull(views.get(name))).toList();
        var shadows =
                together.stream().map(view -> new Shadow(db, view, together)).toList();
        try {
            return fill(shadows);
        } catch (RuntimeException e) {
            shadows.forEach(Shadow::drop);
            throw e;
        }
    }

    private long fill(List<Shadow> shadows) {
        var writers = new ArrayList<ShadowWriter>();
        try {
            for (var shadow : shadows) {
                shadow.create();
                writers.add(writer(shadow));
            }
            return replays.getObject().rebuild(writers);
        } finally {
            writers.forEach(ShadowWriter::close);
        }
    }

    private ShadowWriter writer(Shadow shadow) {
        var view = shadow.view();
        return new ShadowWriter(
                view.onto().apply(schemas.named(shadow.name())), shadow, events -> counted(view.name(), events));
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
