package io.velvetastro.app.simulator;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Chance that falls the same way for the same seed and the same question. */
final class Dice {
    private Dice() {}

    static RandomGenerator of(long seed, String question, long number) {
        return new SplittableRandom(mix(mix(seed ^ question.hashCode()) + number));
    }

    static <T> T one(List<T> of, RandomGenerator dice) {
        return of.get(dice.nextInt(of.size()));
    }

    /** How many times something happens that happens {@code mean} times on average. */
    static int poisson(double mean, RandomGenerator dice) {
        if (mean > 30) return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * dice.nextGaussian()));
        var limit = Math.exp(-mean);
        var count = 0;
        for (var product = dice.nextDouble(); product > limit; product *= dice.nextDouble()) count++;
        return count;
    }

    /** Neighbouring numbers must not fall alike (the finaliser of SplitMix64). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
