package io.velvetastro.engines.login;

import io.velvetastro.engines.rules.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of all windows around one attempt that satisfy a pattern. Windows slide: each begins and ends at an attempt.
 *
 * @param tries in order of time; successes among them where the pattern ends in one
 */
record Burst(List<Try> tries, List<Try> successes) {

    /** What this rule sees around one attempt in all of an activity, or null. */
    static @Nullable Burst around(Rule rule, Activity activity, Try attempt, boolean succeeded) {
        return isOutOfReach(rule, activity, attempt, succeeded)
                ? null
                : around(rule, activity.failures(), activity.successes(), attempt, succeeded);
    }

    /** Nearly every attempt ends here for nearly every rule: nothing need be picked out of the activity. */
    static boolean isOutOfReach(Rule rule, Activity activity, Try attempt, boolean succeeded) {
        if (activity.failures().size() < rule.pattern().failures()) return true;
        if (!rule.pattern().thenSuccess()) return succeeded;
        return activity.successes().isEmpty() || activity.successes().getLast().at() < attempt.at();
    }

    static @Nullable Burst around(Rule rule, List<Try> failures, List<Try> successes, Try attempt, boolean succeeded) {
        var pattern = rule.pattern();
        if (failures.size() < pattern.failures()) return null;
        if (!pattern.thenSuccess()) return succeeded ? null : ofFailures(pattern, failures, attempt);
        if (succeeded) return successes.contains(attempt) ? endingInSuccess(pattern, failures, List.of(attempt)) : null;
        // A failure that comes in late can complete what a success had already ended.
        var later = successes.stream()
                .filter(success ->
                        success.at() >= attempt.at() && success.at() - attempt.at() <= pattern.windowMillis())
                .toList();
        return later.isEmpty() ? null : endingInSuccess(pattern, failures, later);
    }

    /** The failures around {@code latest} that satisfy the pattern, or null; also where it does not count itself. */
    static @Nullable Burst ofFailures(Rule.Pattern pattern, List<Try> failures, Try latest) {
        if (failures.size() < pattern.failures()) return null;
        int index = failures.lastIndexOf(latest);
        if (index < 0) return null;
        int first = Integer.MAX_VALUE;
        int last = -1;
        int left = 0;
        // In good order there is one such window, the one that ends here; what comes in late lies in several.
        for (int right = index;
                right < failures.size() && failures.get(right).at() - latest.at() <= pattern.windowMillis();
                right++) {
            while (failures.get(right).at() - failures.get(left).at() > pattern.windowMillis()) left++;
            if (!satisfies(pattern, failures.subList(left, right + 1))) continue;
            first = Math.min(first, left);
            last = right;
        }
        return last < 0 ? null : new Burst(failures.subList(first, last + 1), List.of());
    }

    /** The failures that satisfy the pattern, each time with a success at the end of their window, or null. */
    static @Nullable Burst endingInSuccess(Rule.Pattern pattern, List<Try> failures, List<Try> successes) {
        var tries = new TreeSet<>(Try.ORDER);
        var ends = new ArrayList<Try>();
        for (var success : successes) {
            int from = 0;
            while (from < failures.size() && success.at() - failures.get(from).at() > pattern.windowMillis()) from++;
            int to = failures.size();
            while (to > from && failures.get(to - 1).at() > success.at()) to--;
            var before = failures.subList(from, to);
            if (before.isEmpty() || success.at() - before.getFirst().at() < pattern.leastSpanMillis()) continue;
            if (!enough(pattern, before)) continue;
            tries.addAll(before);
            tries.add(success);
            ends.add(success);
        }
        return ends.isEmpty() ? null : new Burst(List.copyOf(tries), List.copyOf(ends));
    }

    /** What is left of it without these successes, or null. */
    @Nullable
    Burst without(Rule.Pattern pattern, List<Try> failures, List<Try> excused) {
        var left = new ArrayList<>(successes);
        left.removeAll(excused);
        return left.isEmpty() ? null : endingInSuccess(pattern, failures, left);
    }

    long first() {
        return tries.getFirst().at();
    }

    long last() {
        return tries.getLast().at();
    }

    /** Its attempts without those that got in. */
    List<Try> failuresOf(Activity activity) {
        return tries.stream().filter(activity.failures()::contains).toList();
    }

    int failures() {
        return tries.size() - successes.size();
    }

    int principals() {
        return distinctPrincipals(tries);
    }

    static int distinctPrincipals(List<Try> tries) {
        var distinct = new HashSet<UUID>();
        for (var attempt : tries) if (!attempt.principal().equals(Try.NOBODY)) distinct.add(attempt.principal());
        return distinct.size();
    }

    private static boolean satisfies(Rule.Pattern pattern, List<Try> window) {
        return window.getLast().at() - window.getFirst().at() >= pattern.leastSpanMillis() && enough(pattern, window);
    }

    /** Counts from the newest back, and no further than it must: under attack the answer is near. */
    private static boolean enough(Rule.Pattern pattern, List<Try> window) {
        if (window.size() < pattern.failures()) return false;
        Set<UUID> principals = new HashSet<>();
        Set<UUID> sources = new HashSet<>();
        for (int i = window.size() - 1;
                i >= 0 && (principals.size() < pattern.principals() || sources.size() < pattern.sources());
                i--) {
            if (pattern.principals() > 0 && !window.get(i).principal().equals(Try.NOBODY))
                principals.add(window.get(i).principal());
            if (pattern.sources() > 0) sources.add(window.get(i).source());
        }
        return principals.size() >= pattern.principals() && sources.size() >= pattern.sources();
    }
}
