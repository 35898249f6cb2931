package io.velvetastro.engines.login;

import static java.util.Objects.requireNonNull;

import io.velvetastro.engines.Minutes;
import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * The recent attempts of one account, one address or one organisation, oldest first, and the runs they form. Bounded: the newest stay.
 */
record Activity(List<Try> failures, List<Try> successes, List<Run> runs) {
    static final Activity NONE = new Activity(List.of(), List.of(), List.of());
    /** Events may be this late and still count as if they had been in time. */
    static final long LATENESS_MILLIS = 10 * 60_000L;

    private static final int MOST_FAILURES = 128;
    private static final int MOST_SUCCESSES = 32;
    private static final int MOST_RUNS = 8;

    /** Every attempt remembered, failures first. */
    List<Try> all() {
        var all = new ArrayList<>(failures);
        all.addAll(successes);
        return all;
    }

    /** Whether failures had to go that were still of interest. */
    boolean isFull() {
        return failures.size() >= MOST_FAILURES;
    }

    /** Whether the same is so of the successes. */
    boolean isFullOfSuccesses() {
        return successes.size() >= MOST_SUCCESSES;
    }

    boolean holds(Try attempt) {
        return failures.contains(attempt) || successes.contains(attempt);
    }

    Activity with(Try attempt, boolean succeeded, long keepMillis) {
        long horizon = attempt.at() - keepMillis - LATENESS_MILLIS;
        return succeeded
                ? new Activity(failures, inserted(successes, attempt, horizon, MOST_SUCCESSES), runs)
                : new Activity(inserted(failures, attempt, horizon, MOST_FAILURES), successes, runs);
    }

    /** What is left without the attempts from this address. */
    Activity without(UUID source) {
        return new Activity(without(source, failures), without(source, successes), runs);
    }

    private static List<Try> without(UUID source, List<Try> tries) {
        return tries.stream()
                .filter(attempt -> !attempt.source().equals(source))
                .toList();
    }

    /** The runs after one was added or went on; runs that no event can join any more are let go. */
    Activity with(Run run, long keepMillis) {
        var kept = new ArrayList<Run>(runs.size() + 1);
        for (var other : runs)
            if (!other.sameAs(run) && !run.swallows(other) && other.last() >= run.last() - keepMillis - LATENESS_MILLIS)
                kept.add(other);
        kept.add(run);
        if (kept.size() > MOST_RUNS) kept.removeFirst();
        return new Activity(failures, successes, List.copyOf(kept));
    }

    private static List<Try> inserted(List<Try> before, Try attempt, long horizon, int most) {
        int from = 0;
        while (from < before.size() && before.get(from).at() < horizon) from++;
        var after = new ArrayList<Try>(before.size() - from + 1);
        after.addAll(before.subList(from, before.size()));
        int place = after.size();
        while (place > 0 && Try.ORDER.compare(after.get(place - 1), attempt) > 0) place--;
        after.add(place, attempt);
        return List.copyOf(after.size() > most ? after.subList(after.size() - most, after.size()) : after);
    }

    static void pack(Activity activity, Packer packer) {
        var names = new Names(packer);
        names.learn(activity.failures);
        names.learn(activity.successes);
        activity.runs.forEach(run -> names.learn(run.evidence()));
        names.write();
        names.write(activity.failures);
        names.write(activity.successes);
        packer.number(activity.runs.size());
        for (var run : activity.runs) {
            packer.text(run.rule())
                    .id(run.peer())
                    .id(run.series())
                    .number(run.count())
                    .number(run.told())
                    .number(run.level());
            packer.number(run.first()).number(run.last());
            names.write(run.evidence());
            Minutes.pack(run.owed(), packer);
        }
    }

    static Activity unpack(Unpacker unpacker) {
        var names = Names.read(unpacker);
        var failures = Names.readTries(unpacker, names);
        var successes = Names.readTries(unpacker, names);
        var runs = new ArrayList<Run>();
        for (int left = unpacker.count(); left > 0; left--) {
            var rule = unpacker.text();
            var peer = unpacker.id();
            var series = unpacker.id();
            long count = unpacker.number();
            long told = unpacker.number();
            int level = unpacker.count();
            long first = unpacker.number();
            long last = unpacker.number();
            var evidence = Names.readTries(unpacker, names);
            var owed = Minutes.unpack(unpacker);
            runs.add(new Run(rule, peer, series, first, last, count, told, level, evidence, owed));
        }
        return new Activity(failures, successes, List.copyOf(runs));
    }

    /** Accounts and addresses repeat within one activity: each is written once and then called by its number. */
    private record Names(Packer packer, HashMap<UUID, Integer> numbers, List<UUID> ids) {
        Names(Packer packer) {
            this(packer, new HashMap<>(), new ArrayList<>());
        }

        void learn(List<Try> tries) {
            for (var attempt : tries) {
                learn(attempt.principal());
                learn(attempt.source());
            }
        }

        private void learn(UUID id) {
            if (numbers.putIfAbsent(id, ids.size()) == null) ids.add(id);
        }

        void write() {
            packer.number(ids.size());
            ids.forEach(packer::id);
        }

        void write(List<Try> tries) {
            packer.number(tries.size());
            long before = 0;
            for (var attempt : tries) {
                packer.number(attempt.at() - before).id(attempt.id());
                packer.number(numberOf(attempt.principal())).number(numberOf(attempt.source()));
                before = attempt.at();
            }
        }

        private int numberOf(UUID id) {
            return requireNonNull(numbers.get(id));
        }

        static List<UUID> read(Unpacker unpacker) {
            var ids = new ArrayList<UUID>();
            for (int left = unpacker.count(); left > 0; left--) ids.add(unpacker.id());
            return ids;
        }

        static List<Try> readTries(Unpacker unpacker, List<UUID> names) {
            var tries = new ArrayList<Try>();
            long at = 0;
            for (int left = unpacker.count(); left > 0; left--) {
                at += unpacker.number();
                tries.add(new Try(at, unpacker.id(), names.get(unpacker.count()), names.get(unpacker.count())));
            }
            return List.copyOf(tries);
        }
    }
}
