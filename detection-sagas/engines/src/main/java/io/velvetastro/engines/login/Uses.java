package io.velvetastro.engines.login;

import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Who or what was used with success, and since when: the addresses of an account, the accounts of an address or a place. What came out of an attack is suspect and makes nothing familiar, until nothing suspicious happened there for two weeks.
 */
record Uses(List<Use> list) {
    static final Uses NONE = new Uses(List.of());
    /** Within this time a use is not noted again: a state that does not change is not written. */
    private static final long NOTED_EVERY_MILLIS = 3_600_000L;

    /** For this long what came out of an attack stays suspect; whoever has signed in there since was no attacker, or one that nobody will find here. */
    static final long SUSPECT_MILLIS = 14 * 86_400_000L;

    /**
     * @param suspected when it last came out of an attack; 0 for never
     */
    record Use(UUID who, long first, long last, long suspected) {
        boolean isTrusted(long at) {
            return suspected == 0 || at - suspected >= SUSPECT_MILLIS;
        }

        private Use again(long at, boolean suspect) {
            return new Use(who, Math.min(first, at), Math.max(last, at), suspect ? Math.max(suspected, at) : suspected);
        }
    }

    /**
     * How many are remembered. Half of them stay whatever comes, or the busiest would be strangers to themselves; the others are the ones used last.
     *
     * @param stay the trusted ones that stay are the first in this order
     */
    record Room(int most, Comparator<Use> stay) {
        /** For asking how long there have been several: who comes later does not shorten that. */
        static Room ofEarliest(int most) {
            return new Room(most, Comparator.comparingLong(Use::first).thenComparing(Use::who));
        }

        /** For asking who belongs: what was in use for months outlives a journey. */
        static Room ofLongest(int most) {
            return new Room(
                    most,
                    Comparator.comparingLong((Use use) -> use.first() - use.last())
                            .thenComparing(Use::last, Comparator.reverseOrder())
                            .thenComparing(Use::who));
        }

        private void makeIn(List<Use> uses, long at) {
            if (uses.size() <= most) return;
            var leaving = new ArrayList<>(uses);
            uses.stream()
                    .filter(use -> use.isTrusted(at))
                    .sorted(stay)
                    .limit(most / 2)
                    .forEach(leaving::remove);
            uses.remove(
                    Collections.min(leaving, Comparator.comparingLong(Use::last).thenComparing(Use::who)));
        }
    }

    /** Whether it was used before, it is now. */
    Uses with(UUID who, long at, boolean suspect, Room room) {
        var after = new ArrayList<Use>(list.size() + 1);
        Use before = null;
        for (var use : list) {
            if (use.who().equals(who)) before = use;
            else after.add(use);
        }
        if (before != null
                && (!suspect || before.suspected() >= at)
                && at >= before.first()
                && at < before.last() + NOTED_EVERY_MILLIS) return this;
        after.add(before == null ? new Use(who, at, at, suspect ? at : 0) : before.again(at, suspect));
        room.makeIn(after, at);
        return new Uses(List.copyOf(after));
    }

    /** Whether it was used before this instant, other than by an attack. */
    boolean knew(UUID who, long before) {
        for (var use : list) if (use.who().equals(who)) return use.isTrusted(before) && use.first() < before;
        return false;
    }

    /** How many, other than by an attack, had used it before this instant. */
    int countUntil(long until) {
        int count = 0;
        for (var use : list) if (use.isTrusted(until) && use.first() < until) count++;
        return count;
    }

    static void pack(Uses uses, Packer packer) {
        packer.number(uses.list.size());
        for (var use : uses.list)
            packer.id(use.who())
                    .number(use.first())
                    .number(use.last() - use.first())
                    .number(use.suspected() == 0 ? -1 : use.suspected() - use.first());
    }

    static Uses unpack(Unpacker unpacker) {
        var list = new ArrayList<Use>();
        for (int left = unpacker.count(); left > 0; left--) {
            var who = unpacker.id();
            long first = unpacker.number();
            long last = first + unpacker.number();
            long suspected = unpacker.number();
            list.add(new Use(who, first, last, suspected < 0 ? 0 : first + suspected));
        }
        return new Uses(List.copyOf(list));
    }
}
