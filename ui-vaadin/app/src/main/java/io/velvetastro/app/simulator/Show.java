package io.velvetastro.app.simulator;

import io.velvetastro.app.cli.House;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plays the traffic to a house: what was, as fast as the house takes it, and what is, as it happens. */
public final class Show {
    private static final int BATCH = 500;
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Traffic traffic;
    private final House house;

    public Show(Traffic traffic, House house) {
        this.traffic = traffic;
        this.house = house;
    }

    /** Sends everything between the two moments; answers how many sign-ins that were. */
    public long history(Instant from, Instant until) {
        var sent = 0L;
        var batch = new ArrayList<SignIn>();
        for (var minute = from.truncatedTo(ChronoUnit.MINUTES);
                minute.isBefore(until);
                minute = minute.plus(1, ChronoUnit.MINUTES)) {
            traffic.minute(minute).stream()
                    .filter(attempt -> isBetween(attempt, from, until))
                    .forEach(batch::add);
            if (batch.size() >= BATCH) {
                sent += send(batch);
                batch.clear();
            }
        }
        return sent + send(batch);
    }

    /** Sends what happens from the first moment on, beat by beat; each beat reports what it sent. Ends when it is interrupted. */
    public void live(Instant from, Instant until, BiConsumer<Integer, Instant> sent) {
        var opening = traffic.opening(from.plusSeconds(3));
        for (var heard = from; heard.isBefore(until) && !Thread.currentThread().isInterrupted(); ) {
            if (!pause()) return;
            var since = heard;
            var now = Instant.now();
            var beat = Stream.of(traffic.minute(since), traffic.minute(now), traffic.watched(now), opening)
                    .flatMap(List::stream)
                    .distinct()
                    .filter(attempt -> isBetween(attempt, since, now))
                    .sorted(Comparator.comparing(SignIn::at).thenComparing(SignIn::uid))
                    .toList();
            if (!beat.isEmpty()) sent.accept(send(beat), now);
            heard = now;
        }
    }

    private static boolean isBetween(SignIn attempt, Instant from, Instant until) {
        return !attempt.at().isBefore(from) && attempt.at().isBefore(until);
    }

    private int send(List<SignIn> attempts) {
        if (attempts.isEmpty()) return 0;
        var lines = attempts.stream().map(SignIn::toOcsf).collect(Collectors.joining("\n", "", "\n"));
        house.post(
                "/api/v1/monitor/events",
                Map.of("Content-Type", "application/x-ndjson"),
                () -> BodyPublishers.ofString(lines));
        return attempts.size();
    }

    private static boolean pause() {
        try {
            Thread.sleep(BEAT);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
