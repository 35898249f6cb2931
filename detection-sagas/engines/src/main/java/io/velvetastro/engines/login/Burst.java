package io.velvetastro.engines.login;

import io.velvetastro.engines.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The attempts of all windows around one attempt that satisfy a pattern. Windows slide: each begins and ends at an attempt. */
record Burst(List<Try> tries, List<Try> successes) {

    /** The failures around {@code latest} that satisfy the pattern, or null. */
    static @Nullable Burst ofFailures(Rule.Pattern pattern, List<Try> failures, Try latest) {
        if (failures.size() < pattern.failures()) return null;
        long window = pattern.windowMillis();
        int first = Integer.MAX_VALUE;
        int last = -1;
        var counted = new Counted();
        int left = 0;
        while (failures.get(left).at() < latest.at() - window) left++;
        for (int right = left; right < failures.size() && failures.get(right).at() - latest.at() <= window; right++) {
            counted.add(failures.get(right));
            while (failures.get(right).at() - failures.get(left).at() > window) counted.remove(failures.get(left++));
            boolean holdsLatest = failures.get(left).at() <= latest.at()
                    && failures.get(right).at() >= latest.at();
            boolean longEnough = failures.get(right).at() - failures.get(left).at() >= pattern.leastSpanMillis();
            if (!holdsLatest || !longEnough || !counted.satisfies(pattern)) continue;
            first = Math.min(first, left);
            last = right;
        }
        return last < 0 ? null : new Burst(List.copyOf(failures.subList(first, last + 1)), List.of());
    }

    /** The failures that satisfy the pattern, each time with a success at the end of their window, or null. */
    static @Nullable Burst endingInSuccess(Rule.Pattern pattern, List<Try> failures, List<Try> successes) {
        var tries = new TreeSet<>(Try.ORDER);
        var ends = new ArrayList<Try>();
        for (var success : successes) {
            var counted = new Counted();
            var before = new ArrayList<Try>();
            for (var failure : failures) {
                if (failure.at() > success.at() || success.at() - failure.at() > pattern.windowMillis()) continue;
                counted.add(failure);
                before.add(failure);
            }
            if (!counted.satisfies(pattern) || success.at() - before.getFirst().at() < pattern.leastSpanMillis())
                continue;
            tries.addAll(before);
            tries.add(success);
            ends.add(success);
        }
        return ends.isEmpty() ? null : new Burst(new ArrayList<>(tries), List.copyOf(ends));
    }

    long first() {
        return tries.getFirst().at();
    }

    long last() {
        return tries.getLast().at();
    }

    static int distinctPrincipals(List<Try> tries) {
        var distinct = new HashSet<UUID>();
        for (var attempt : tries) if (attempt.principal() != Try.NOBODY) distinct.add(attempt.principal());
        return distinct.size();
    }

    /** How many attempts, accounts and addresses a window holds while it slides. */
    private static final class Counted {
        private final Map<UUID, Integer> principals = new HashMap<>();
        private final Map<UUID, Integer> sources = new HashMap<>();
        private int failures;

        void add(Try attempt) {
            failures++;
            principals.merge(attempt.principal(), 1, Integer::sum);
            sources.merge(attempt.source(), 1, Integer::sum);
        }

        void remove(Try attempt) {
            failures--;
            principals.computeIfPresent(attempt.principal(), (id, count) -> count == 1 ? null : count - 1);
            sources.computeIfPresent(attempt.source(), (id, count) -> count == 1 ? null : count - 1);
        }

        boolean satisfies(Rule.Pattern pattern) {
            return failures >= pattern.failures()
                    && principals.size() >= pattern.principals()
                    && sources.size() >= pattern.sources();
        }
    }
}
