package io.velvetastro.engines.login;

import static java.util.Objects.requireNonNull;

import io.velvetastro.engines.Memory;
import io.velvetastro.engines.login.Look.Sighting;
import io.velvetastro.engines.rules.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * What an organisation sees that no address and no account shows alone: many addresses at once, each of which fails for several accounts. Only what such addresses do is remembered here; whoever mistypes pushes nothing out, however many work there.
 */
final class Waves {
    private final List<Rule> rules;
    private final long keepsMillis;
    private final long pairKeepsMillis;
    private final int leastEach;
    private final int mostEach;

    /** @param sourceKeepsMillis for how long the other rules look at what one address does to one account */
    Waves(List<Rule> rules, long sourceKeepsMillis) {
        this.rules = rules;
        keepsMillis = rules.stream()
                .mapToLong(rule -> rule.pattern().windowMillis())
                .max()
                .orElse(0);
        pairKeepsMillis = Math.max(keepsMillis, sourceKeepsMillis);
        leastEach = rules.stream()
                .mapToInt(rule -> rule.pattern().leastEach())
                .min()
                .orElse(Integer.MAX_VALUE);
        mostEach =
                rules.stream().mapToInt(rule -> rule.pattern().mostEach()).max().orElse(Integer.MAX_VALUE);
    }

    /** @param source what is remembered of the address, this attempt among it */
    void step(Memory memory, Look look, Source source) {
        var attempt = look.attempt();
        // Stuffing tries a password once: what one address does to one account again and again is another rule's
        // matter.
        if (source.activity().failures().size() < leastEach || !look.login().succeeded() && repeats(source, attempt))
            return;
        var tried = tried(source, attempt);
        if (tried.size() < leastEach) return; // Nearly every address tries one account, and takes part in nothing.
        var before = memory.recall(Organisation.KIND, Organisation.KEY);
        var after = takes(before, source, attempt, tried.size())
                ? before.with(seen(memory, look, before.activity(), tried, source))
                : left(before, attempt, tried.size());
        memory.keep(Organisation.KIND, Organisation.KEY, after);
    }

    /** An address that is loud alone is an attack of its own; one from which half as many get in as fail is an office. */
    private boolean takes(Organisation organisation, Source source, Try attempt, int tried) {
        return tried <= mostEach
                && !organisation.isLoud(attempt.source(), attempt.at(), keepsMillis)
                && 2
                                * Burst.distinctPrincipals(
                                        around(attempt, source.activity().successes()))
                        < tried;
    }

    private Organisation left(Organisation organisation, Try attempt, int tried) {
        var left = organisation.with(organisation.activity().without(attempt.source()));
        boolean loud = tried > mostEach || organisation.isLoud(attempt.source(), attempt.at(), keepsMillis);
        return loud ? left.heardLoud(attempt.source(), attempt.at()) : left;
    }

    /** The organisation's activity with all that this address has tried and that was not part of it yet: its first tries belong to the wave too. */
    private Activity seen(Memory memory, Look look, Activity activity, List<Try> tried, Source source) {
        for (var success : around(look.attempt(), source.activity().successes()))
            if (!activity.holds(success) && !source.accounts().knew(success.principal(), success.at()))
                activity = activity.with(success, true, keepsMillis);
        var newcomers = new ArrayList<Try>();
        for (var failure : tried)
            if (!isThere(activity, failure) && !wasThere(look, activity, failure)) newcomers.add(failure);
        for (var failure : newcomers) activity = activity.with(failure, false, keepsMillis);
        for (var rule : rules) {
            if (tried.size() < rule.pattern().leastEach()) continue;
            activity = stepAll(memory, rule, look, activity, newcomers);
            var burst = look.login().succeeded() ? Burst.around(rule, activity, look.attempt(), true) : null;
            if (burst != null) reportSuccesses(memory, rule, look, activity, burst, List.of(look.attempt()));
        }
        return activity;
    }

    /** From the newest on: as a rule one look at it covers them all. */
    private Activity stepAll(Memory memory, Rule rule, Look look, Activity activity, List<Try> newcomers) {
        var left = new ArrayList<>(newcomers);
        for (var failure : newcomers.reversed()) {
            if (!left.contains(failure)) continue;
            var burst = Burst.around(rule, activity, failure, false);
            if (burst == null) continue;
            var held = activity;
            // A first try that a large wave has pushed out again counts, though nobody looks at it any more.
            var counted = left.stream()
                    .filter(each -> each.at() >= burst.first() && each.at() <= burst.last() || !held.holds(each))
                    .toList();
            left.removeAll(counted);
            if (rule.pattern().thenSuccess()) reportSuccesses(memory, rule, look, activity, burst, counted);
            else
                activity = look.report(
                        activity, new Sighting(rule, Try.NOBODY, burst, failure, counted, false, false), keepsMillis);
        }
        return activity;
    }

    /** The wave is one run, but each account that one of its addresses gets in to is news of its own, however many were before it. */
    private void reportSuccesses(
            Memory memory, Rule rule, Look look, Activity activity, Burst burst, List<Try> newcomers) {
        for (var success : burst.successes()) {
            var own = requireNonNull(Burst.endingInSuccess(rule.pattern(), activity.failures(), List.of(success)));
            var seen = new Sighting(rule, Try.NOBODY, own, success, newcomers, false, false);
            var key = Pair.key(success);
            memory.keep(Pair.KIND, key, look.report(memory.recall(Pair.KIND, key), seen, pairKeepsMillis));
        }
    }

    /** The first failures of this address around this attempt, one for each account that does not sign in from there, in order of time. */
    private List<Try> tried(Source source, Try attempt) {
        var first = new LinkedHashMap<UUID, Try>();
        for (var failure : around(attempt, source.activity().failures()))
            if (!failure.principal().equals(Try.NOBODY) && !source.accounts().knew(failure.principal(), failure.at()))
                first.putIfAbsent(failure.principal(), failure);
        return List.copyOf(first.values());
    }

    private List<Try> around(Try attempt, List<Try> tries) {
        var around = new ArrayList<Try>();
        for (var each : tries) if (Math.abs(each.at() - attempt.at()) <= keepsMillis) around.add(each);
        return around;
    }

    private boolean repeats(Source source, Try attempt) {
        for (var other : source.activity().failures())
            if (other.principal().equals(attempt.principal())
                    && !other.equals(attempt)
                    && Math.abs(other.at() - attempt.at()) <= keepsMillis + Activity.LATENESS_MILLIS) return true;
        return false;
    }

    /** Whether a large wave has pushed it out since it was counted. */
    private static boolean wasThere(Look look, Activity activity, Try failure) {
        return activity.isFull()
                && failure.at() <= activity.failures().getFirst().at()
                && look.tally().counted().contains(failure.id());
    }

    private static boolean isThere(Activity activity, Try failure) {
        for (var other : activity.failures())
            if (other.source().equals(failure.source()) && other.principal().equals(failure.principal())) return true;
        return false;
    }
}
