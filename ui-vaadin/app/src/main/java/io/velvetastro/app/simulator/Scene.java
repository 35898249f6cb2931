package io.velvetastro.app.simulator;

import static io.velvetastro.app.simulator.SignIn.Outcome.SUCCESS;
import static io.velvetastro.app.simulator.SignIn.Outcome.UNKNOWN_ACCOUNT;
import static io.velvetastro.app.simulator.SignIn.Outcome.WRONG_PASSWORD;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A short piece with a plot: what an attacker does, or what only looks like one. */
public enum Scene {
    /** One address guesses one person's password until it fits. */
    BRUTE_FORCE {
        @Override
        void play(Stage stage, Cast cast, RandomGenerator dice) {
            var victim = cast.someone(dice);
            var from = Cast.attacker(dice);
            var tool = Cast.tool(dice);
            for (var guesses = 12 + dice.nextInt(20); guesses > 0; guesses--) {
                stage.enter(victim.name(), from, tool, WRONG_PASSWORD).pauseMillis(400 + dice.nextInt(1_200));
            }
            stage.enter(victim.name(), from, tool, SUCCESS).pauseMillis(20_000);
            stage.enter(victim.name(), from, tool, SUCCESS);
        }
    },
    /** One address tries one common password on many people. */
    SPRAYING {
        @Override
        void play(Stage stage, Cast cast, RandomGenerator dice) {
            var from = Cast.attacker(dice);
            var tool = Cast.tool(dice);
            var victims = cast.crowd(30 + dice.nextInt(20), dice);
            for (var victim : victims) {
                stage.enter(victim.name(), from, tool, WRONG_PASSWORD).pauseMillis(1_500 + dice.nextInt(3_000));
            }
            if (dice.nextBoolean()) stage.enter(victims.getLast().name(), from, tool, SUCCESS);
        }
    },
    /** Many addresses try leaked pairs of name and password, few each; most names were never here. */
    STUFFING {
        @Override
        void play(Stage stage, Cast cast, RandomGenerator dice) {
            var tool = Cast.tool(dice);
            var sources = Stream.generate(() -> Cast.attacker(dice))
                    .limit(8 + dice.nextInt(8))
                    .toList();
            var victims = cast.crowd(60, dice);
            for (var i = 0; i < 150; i++) {
                var from = Dice.one(sources, dice);
                if (dice.nextDouble() < 0.6) {
                    stage.enter("leaked." + dice.nextInt(100_000), from, tool, UNKNOWN_ACCOUNT);
                } else {
                    stage.enter(
                            Dice.one(victims, dice).name(),
                            from,
                            tool,
                            dice.nextInt(40) == 0 ? SUCCESS : WRONG_PASSWORD);
                }
                stage.pauseMillis(300 + dice.nextInt(900));
            }
        }
    },
    /** Someone is at home, and half an hour later on another continent with another machine. */
    IMPOSSIBLE_TRAVEL {
        @Override
        void play(Stage stage, Cast cast, RandomGenerator dice) {
            var victim = cast.someone(dice);
            stage.enter(victim.name(), victim.home(), victim.desktop(), SUCCESS)
                    .pauseMillis(60_000L * (4 + dice.nextInt(4)));
            stage.enter(victim.name(), Cast.attacker(dice), Cast.tool(dice), SUCCESS);
        }
    },
    /** Not an attack: someone at home has forgotten the password and remembers it in the end. */
    FORGOTTEN_PASSWORD {
        @Override
        void play(Stage stage, Cast cast, RandomGenerator dice) {
            var person = cast.someone(dice);
            stage.enter(person.name(), person.home(), person.desktop(), SUCCESS).pauseMillis(90_000);
            for (var tries = 6; tries > 0; tries--) {
                stage.enter(person.name(), person.home(), person.mobile(), WRONG_PASSWORD)
                        .pauseMillis(5_000 + dice.nextInt(9_000));
            }
            stage.enter(person.name(), person.home(), person.mobile(), SUCCESS);
        }
    };

    abstract void play(Stage stage, Cast cast, RandomGenerator dice);

    /** The whole scene, from its first to its last attempt. */
    List<SignIn> played(String name, Instant start, Cast cast, RandomGenerator dice) {
        var stage =
                new Stage(name + "-" + name().toLowerCase(java.util.Locale.ROOT), start, Dice.one(Cast.HOSTS, dice));
        play(stage, cast, dice);
        return List.copyOf(stage.attempts);
    }

    /** Where a scene is played: keeps the time and writes the attempts down. */
    static final class Stage {
        private final List<SignIn> attempts = new ArrayList<>();
        private final String name;
        private final String host;
        private Instant now;

        Stage(String name, Instant start, String host) {
            this.name = name;
            this.now = start;
            this.host = host;
        }

        Stage enter(String user, String address, String agent, SignIn.Outcome outcome) {
            attempts.add(new SignIn(now, name + "-" + attempts.size(), user, address, agent, host, outcome));
            return this;
        }

        void pauseMillis(long millis) {
            now = now.plusMillis(millis);
        }
    }
}
