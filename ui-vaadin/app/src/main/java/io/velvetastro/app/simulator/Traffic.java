package io.velvetastro.app.simulator;

import static io.velvetastro.app.simulator.SignIn.Outcome.SUCCESS;
import static io.velvetastro.app.simulator.SignIn.Outcome.UNKNOWN_ACCOUNT;
import static io.velvetastro.app.simulator.SignIn.Outcome.WRONG_PASSWORD;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * All sign-ins of the simulated organisation: a pure function of the seed, the rate and the moment. The everyday attempts keep the {@link Figures published shares}; on top of them scenes are played, one in {@link #REHEARSED_EVERY} and, while somebody watches, one in {@link #WATCHED_EVERY}.
 */
public final class Traffic {
    /** About 1,300 sign-ins a day: an organisation of some 170 people. */
    public static final double USUAL_RATE = 0.015;

    static final Duration REHEARSED_EVERY = Duration.ofHours(3);
    static final Duration WATCHED_EVERY = Duration.ofMinutes(4);

    /** So that people and stale apps together leave room for exactly the published share of success. */
    private static final double FAILURES_PER_SUCCESS = (1
                    - Figures.UNKNOWN_ACCOUNT
                    - Figures.ATTACK_ADDRESS * (1 - Figures.ATTACK_ADDRESS_UNKNOWN_ACCOUNT)
                    - Figures.SUCCESS)
            / Figures.SUCCESS;

    private static final double STALE_APPS =
            Figures.UNKNOWN_ACCOUNT - Figures.ATTACK_ADDRESS * Figures.ATTACK_ADDRESS_UNKNOWN_ACCOUNT;

    private final long seed;
    private final double perSecond;
    private final String series;
    private final Cast cast;

    public Traffic(long seed, double perSecond) {
        this.seed = seed;
        this.perSecond = perSecond;
        this.series = "sim-" + seed + "-" + perSecond;
        this.cast = new Cast(seed, perSecond);
    }

    /** Everything that happens within the minute, in order. */
    public List<SignIn> minute(Instant moment) {
        var minute = moment.truncatedTo(ChronoUnit.MINUTES);
        var end = minute.plus(1, ChronoUnit.MINUTES);
        var scenes = Stream.of(minute.minus(REHEARSED_EVERY), minute)
                .flatMap(at -> rehearsed(at).stream())
                .filter(attempt ->
                        !attempt.at().isBefore(minute) && attempt.at().isBefore(end));
        return Stream.concat(everyday(minute).stream(), scenes)
                .sorted(Comparator.comparing(SignIn::at).thenComparing(SignIn::uid))
                .toList();
    }

    /** A scene for someone who has just opened the door. */
    public List<SignIn> opening(Instant now) {
        return scene(Scene.BRUTE_FORCE, "opening", now);
    }

    /** The scenes that are on around the moment while somebody watches: the one that began last and those it may overlap. */
    public List<SignIn> watched(Instant moment) {
        return Stream.iterate(moment, at -> at.minus(WATCHED_EVERY))
                .limit(3)
                .map(at -> slot(at, WATCHED_EVERY))
                .flatMap(slot -> scene(which(slot), "watched", start(slot, WATCHED_EVERY, 30)).stream())
                .toList();
    }

    private List<SignIn> rehearsed(Instant moment) {
        var slot = slot(moment, REHEARSED_EVERY);
        return scene(
                Scene.values()[(int) Math.floorMod(slot, (long) Scene.values().length)],
                "rehearsed",
                start(slot, REHEARSED_EVERY, 9_000));
    }

    private List<SignIn> scene(Scene scene, String occasion, Instant start) {
        return scene.played(
                series + "-" + occasion + "-" + start.getEpochSecond(),
                start,
                cast,
                Dice.of(seed, occasion, start.getEpochSecond()));
    }

    private static Scene which(long slot) {
        return Scene.values()[(int) Math.floorMod(slot, (long) Scene.values().length)];
    }

    private static long slot(Instant moment, Duration every) {
        return Math.floorDiv(moment.getEpochSecond(), every.toSeconds());
    }

    private Instant start(long slot, Duration every, int withinSeconds) {
        return Instant.ofEpochSecond(
                slot * every.toSeconds() + Dice.of(seed, "start", slot).nextInt(withinSeconds));
    }

    private List<SignIn> everyday(Instant minute) {
        var dice = Dice.of(seed, "minute", minute.getEpochSecond());
        var today = new Everyday(series + "-" + minute.getEpochSecond(), minute);
        var attempts = Dice.poisson(perSecond * 60 * tide(minute), dice);
        while (today.size() < attempts) {
            var kind = dice.nextDouble();
            if (kind < STALE_APPS) {
                var app = cast.staleApp(dice);
                today.add(dice.nextInt(60_000), app.name(), app.address(), app.agent(), UNKNOWN_ACCOUNT, dice);
            } else if (kind < STALE_APPS + Figures.ATTACK_ADDRESS) {
                var known = dice.nextDouble() >= Figures.ATTACK_ADDRESS_UNKNOWN_ACCOUNT;
                var name = known ? cast.someone(dice).name() : Cast.guess(dice);
                today.add(
                        dice.nextInt(60_000),
                        name,
                        cast.bot(dice),
                        Cast.tool(dice),
                        known ? WRONG_PASSWORD : UNKNOWN_ACCOUNT,
                        dice);
            } else if (dice.nextDouble() < 1 / (1 + FAILURES_PER_SUCCESS)) { // A visit is as many attempts as it takes.
                visit(today, dice);
            }
        }
        return today.attempts;
    }

    private void visit(Everyday today, RandomGenerator dice) {
        var person = cast.someone(dice);
        var carried = dice.nextDouble() < Figures.MOBILE + Figures.TABLET;
        var address = dice.nextInt(100) < 60 ? person.office() : person.home();
        var agent = carried ? person.mobile() : person.desktop();
        var at = dice.nextInt(60_000);
        for (var failures = 0;
                failures < 4 && dice.nextDouble() < FAILURES_PER_SUCCESS / (1 + FAILURES_PER_SUCCESS);
                failures++) {
            today.add(at, person.name(), address, agent, WRONG_PASSWORD, dice);
            at += 4_000 + dice.nextInt(8_000);
        }
        today.add(at, person.name(), address, agent, SUCCESS, dice);
    }

    /** People sleep: the organisation's busiest hour is about ten in the morning, UTC. */
    private static double tide(Instant minute) {
        var hour = minute.atOffset(ZoneOffset.UTC).getHour()
                + minute.atOffset(ZoneOffset.UTC).getMinute() / 60.0;
        return 1 + 0.5 * Math.cos((hour - 10) / 24 * 2 * Math.PI);
    }

    /** One minute's everyday attempts, numbered as they are written down. */
    private static final class Everyday {
        private final List<SignIn> attempts = new ArrayList<>();
        private final String name;
        private final Instant minute;

        Everyday(String name, Instant minute) {
            this.name = name;
            this.minute = minute;
        }

        int size() {
            return attempts.size();
        }

        void add(
                int atMillis, String user, String address, String agent, SignIn.Outcome outcome, RandomGenerator dice) {
            var within = minute.plusMillis(Math.min(atMillis, 59_999));
            attempts.add(new SignIn(
                    within, name + "-" + attempts.size(), user, address, agent, Dice.one(Cast.HOSTS, dice), outcome));
        }
    }
}
