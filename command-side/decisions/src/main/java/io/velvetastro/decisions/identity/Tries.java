package io.velvetastro.decisions.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * How often something was tried lately.
 *
 * @param since from when time has forgiven
 * @param at when the newest try that counted was made
 * @param pause how long after it the next one is due
 * @param tooEarly whether another one came before its time and was not counted
 */
record Tries(long made, Instant since, Instant at, Duration pause, boolean tooEarly) {
    /** So many tries are free, and one more after each such time. */
    record Limit(int free, Duration forgivesOneIn, Duration longestWait) {}

    /** When our clock went back, the pause begins anew: nobody waits until the clock has come round again. */
    Tries by(Instant now) {
        if (!now.isBefore(at)) return this;
        return new Tries(made, now.minus(Duration.between(since, at)), now, pause, tooEarly);
    }

    Tries another(Instant now, Limit limit) {
        if (now.isBefore(nextAt())) return new Tries(made, since, at, pause, true);
        long forgiven = Math.max(0, Duration.between(since, now).dividedBy(limit.forgivesOneIn));
        long left = Math.max(0, made - forgiven);
        var counted = forgiven >= made ? now : since.plus(limit.forgivesOneIn.multipliedBy(forgiven));
        return new Tries(left + 1, counted, now, waitAfter(left + 1 - limit.free, limit.longestWait), false);
    }

    Instant nextAt() {
        return at.plus(pause);
    }

    /** From when on it is as if nothing had been tried. */
    Instant forgivenAt(Limit limit) {
        var all = since.plus(limit.forgivesOneIn.multipliedBy(made));
        return all.isAfter(nextAt()) ? all : nextAt();
    }

    private static Duration waitAfter(long tooMany, Duration longest) {
        if (tooMany < 0) return Duration.ZERO;
        var wait = Duration.ofSeconds(1L << Math.min(tooMany, 20));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
