package io.velvetastro.engines.login;

import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Who or what was used with success, and since when: the addresses of an account, the accounts of an address or a place. What came out of an attack stays suspect and makes nothing familiar.
 */
record Uses(List<Use> list) {
    static final Uses NONE = new Uses(List.of());
    /** Within this time a use is not noted again: a state that does not change is not written. */
    private static final long NOTED_EVERY_MILLIS = 3_600_000L;

    record Use(UUID who, long first, long last, boolean suspect) {}

    /** Those used after this one are newer; at most {@code most} stay, the ones used last. */
    Uses with(UUID who, long at, boolean suspect, int most) {
        var after = new ArrayList<Use>(list.size() + 1);
        Use before = null;
        for (var use : list) {
            if (use.who().equals(who)) before = use;
            else after.add(use);
        }
        if (before != null
                && before.suspect() == (before.suspect() || suspect)
                && at >= before.first()
                && at < before.last() + NOTED_EVERY_MILLIS) return this;
        after.add(
                before == null
                        ? new Use(who, at, at, suspect)
                        : new Use(
                                who,
                                Math.min(before.first(), at),
                                Math.max(before.last(), at),
                                before.suspect() || suspect));
        if (after.size() > most) {
            after.sort(Comparator.comparing(Use::suspect)
                    .thenComparing(Use::last, Comparator.reverseOrder())
                    .thenComparing(Use::who));
            after.removeLast();
        }
        return new Uses(List.copyOf(after));
    }

    /** Whether it was used before this instant, other than by an attack. */
    boolean knew(UUID who, long before) {
        for (var use : list) if (use.who().equals(who)) return !use.suspect() && use.first() < before;
        return false;
    }

    /** How many, other than by an attack, had used it by this instant. */
    int countUntil(long until) {
        int count = 0;
        for (var use : list) if (!use.suspect() && use.first() <= until) count++;
        return count;
    }

    static void pack(Uses uses, Packer packer) {
        packer.number(uses.list.size());
        for (var use : uses.list)
            packer.id(use.who())
                    .number(use.first())
                    .number(use.last() - use.first())
                    .flag(use.suspect());
    }

    static Uses unpack(Unpacker unpacker) {
        var list = new ArrayList<Use>();
        for (int left = unpacker.count(); left > 0; left--) {
            var who = unpacker.id();
            long first = unpacker.number();
            list.add(new Use(who, first, first + unpacker.number(), unpacker.flag()));
        }
        return new Uses(List.copyOf(list));
    }
}
