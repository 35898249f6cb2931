package io.velvetastro.views.monitor;

import io.velvetastro.language.Backlog;
import io.velvetastro.questions.HealthSource;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.Health;
import io.velvetastro.questions.Monitor.HealthReport;
import io.velvetastro.questions.Monitor.State;
import io.velvetastro.views.Walled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Asks every room how it is, and adds what only the read side sees: the database and how far the readers are behind. */
@org.springframework.stereotype.Component
public class HealthQueries {
    private static final Logger LOG = LoggerFactory.getLogger(HealthQueries.class);
    /** A reader this far behind shows old news; up to here it is only busy. */
    private static final long FAR_BEHIND = 50_000;

    private final DSLContext db;
    private final ObjectProvider<Backlog> backlog;
    private final ObjectProvider<HealthSource> rooms;

    HealthQueries(@Walled DSLContext db, ObjectProvider<Backlog> backlog, ObjectProvider<HealthSource> rooms) {
        this.db = db;
        this.backlog = backlog;
        this.rooms = rooms;
    }

    @QueryHandler
    HealthReport answer(Health asked) {
        var components = new ArrayList<Component>();
        components.add(guarded("database", this::database));
        backlog.ifAvailable(known -> components.add(guarded("readers", () -> readers(known.followers()))));
        rooms.orderedStream()
                .forEach(room -> components.add(guarded(room.getClass().getSimpleName(), room)));
        var worst = components.stream()
                .map(Component::state)
                .max(Comparator.naturalOrder())
                .orElse(State.UP);
        return new HealthReport(worst, components);
    }

    /** A room that cannot even say how it is does not silence the others. */
    private static Component guarded(String name, HealthSource room) {
        try {
            return room.health();
        } catch (RuntimeException e) {
            LOG.warn("{} could not say how it is", name, e);
            return new Component(name, State.DOWN, "does not answer", Map.of());
        }
    }

    private Component database() {
        var size = db.fetchSingle(
                "select pg_database_size(current_database()) as bytes, current_setting('server_version') as version");
        return new Component(
                "database",
                State.UP,
                "answers",
                Map.of("bytes", size.get("bytes", String.class), "version", size.get("version", String.class)));
    }

    private static Component readers(List<Backlog.Progress> followers) {
        var figures = new LinkedHashMap<String, String>();
        long behind = 0;
        var failing = new ArrayList<String>();
        for (var follower : followers) {
            figures.put(follower.follower() + ".behind", Long.toString(follower.behind()));
            if (follower.parked() > 0) figures.put(follower.follower() + ".parked", Long.toString(follower.parked()));
            behind = Math.max(behind, follower.behind());
            if (follower.failure() != null) failing.add(follower.follower());
            if (follower.failure() != null) figures.put(follower.follower() + ".failure", follower.failure());
        }
        boolean parked = followers.stream().anyMatch(follower -> follower.parked() > 0);
        if (!failing.isEmpty())
            return new Component("readers", State.DEGRADED, "stumbling: " + String.join(", ", failing), figures);
        if (parked) return new Component("readers", State.DEGRADED, "some events are parked", figures);
        return behind > FAR_BEHIND
                ? new Component("readers", State.DEGRADED, "behind by " + behind + " events", figures)
                : new Component(
                        "readers", State.UP, behind == 0 ? "up to date" : "behind by " + behind + " events", figures);
    }
}
