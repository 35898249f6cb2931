package io.velvetastro.store.following;

import io.velvetastro.language.Backlog;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.DeadLetters;
import io.velvetastro.language.Replays;
import io.velvetastro.language.Stream;
import io.velvetastro.store.streams.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.axonframework.common.transaction.TransactionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All who follow the streams in this process. They start last and stop first. */
public final class Followers implements SmartLifecycle, Backlog, Replays, DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(Followers.class);
    private static final long SAMPLE_MILLIS = 200;

    private final Streams streams;
    private final Places places;
    private final JdbcClient db;
    private final TransactionManager transactions;
    private final List<Following> followings;
    private final List<Thread> threads = new ArrayList<>();
    private volatile Sample sample;
    private volatile boolean running;

    public Followers(
            List<BatchFollower> followers,
            Streams streams,
            JdbcClient db,
            TransactionManager transactions,
            String owner) {
        this.streams = streams;
        this.db = db;
        this.transactions = transactions;
        this.places = new Places(db, owner);
        this.followings = followers.stream()
                .map(follower ->
                        new Following(follower, streams, places, new Parked(db, follower.name()), transactions))
                .toList();
        this.sample = Sample.unknown(followings);
        if (followers.stream().map(BatchFollower::name).distinct().count() < followers.size())
            throw new IllegalStateException("Two followers share a name, and would share a place");
    }

    @Override
    public List<Progress> followers() {
        return sample.progress();
    }

    /** How many events at most the slowest follower of a stream has not seen, as of a moment ago. */
    public long behind(Stream stream) {
        return sample.behind().getOrDefault(stream, 0L);
    }

    /** Asked for at every append and every health page: taken by one thread, so that a slow database slows nobody else. */
    private void watch() {
        while (running) {
            try {
                sample = Sample.of(followings, streams, db);
                TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException databaseInTrouble) {
                log.debug("No sample of the backlog", databaseInTrouble);
            }
        }
    }

    @Override
    public int retry(String follower) {
        return following(follower).retryParked();
    }

    @Override
    public long rebuild(List<? extends Shadow> shadows) {
        var names = shadows.stream().map(Shadow::name).toList();
        var live = followings.stream()
                .filter(following -> names.contains(following.follower().name()))
                .toList();
        var followed =
                shadows.stream().flatMap(shadow -> shadow.streams().stream()).collect(Collectors.toSet());
        try (var reader = streams.readerOfAll(followed)) {
            var rest = new AtomicLong();
            long events = Replay.all(reader, shadows);
            shadows.forEach(Shadow::nearlyThere);
            whileStill(live, () -> {
                rest.set(Replay.all(reader, shadows));
                transactions.executeInTransaction(() -> shadows.forEach(shadow -> {
                    shadow.takePlace();
                    movePlace(shadow.name(), reader.position());
                }));
            });
            return events + rest.get();
        }
    }

    /** Always held in the same order: two rebuilds at once wait for each other and not for ever. */
    private static void whileStill(List<Following> held, Runnable work) {
        if (held.isEmpty()) work.run();
        else held.getFirst().whileStill(() -> whileStill(held.subList(1, held.size()), work));
    }

    private void movePlace(String follower, long position) {
        db.sql("DELETE FROM store.dead_letters WHERE follower = ?")
                .param(follower)
                .update();
        places.claim(follower).orElseThrow(() -> new Places.PlaceLost(follower));
        places.move(follower, position);
    }

    private Following following(String name) {
        return followings.stream()
                .filter(following -> following.follower().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody follows as " + name));
    }

    @Override
    public void start() {
        running = true;
        for (var following : followings)
            threads.add(Thread.ofPlatform()
                    .name("follow-" + following.follower().name())
                    .start(following));
        threads.add(Thread.ofPlatform().name("backlog").daemon().start(this::watch));
    }

    @Override
    public void stop() {
        running = false;
        followings.forEach(Following::stop);
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 100;
    }
}
