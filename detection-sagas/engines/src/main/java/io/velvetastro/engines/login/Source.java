package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * What is remembered of one address: which accounts share it, and what it tried.
 *
 * @param counted those of its attempts that have been counted as attack
 */
record Source(Uses accounts, Activity activity, List<UUID> counted) {
    static final Kind<Source> KIND = new Kind<>(
            "source",
            3,
            new Source(Uses.NONE, Activity.NONE, List.of()),
            (source, packer) -> {
                Uses.pack(source.accounts, packer);
                Activity.pack(source.activity, packer);
                packCounted(source, packer);
            },
            unpacker -> {
                var accounts = Uses.unpack(unpacker);
                var activity = Activity.unpack(unpacker);
                return new Source(accounts, activity, unpackCounted(activity, unpacker));
            });
    static final Uses.Room ACCOUNTS = Uses.Room.ofEarliest(8);
    /** From so many accounts on, an address is a shared one: an office, a household, a school. */
    static final int SHARED_BY = 3;

    boolean sharedUntil(long until) {
        return accounts.countUntil(until) >= SHARED_BY;
    }

    Source with(Uses accounts) {
        return new Source(accounts, activity, counted);
    }

    Source with(Activity activity) {
        return new Source(accounts, activity, counted);
    }

    Source counting(List<UUID> counted) {
        return new Source(accounts, activity, counted);
    }

    /** Each by its place among the attempts: an id of sixteen bytes is written once. */
    private static void packCounted(Source source, Packer packer) {
        int before = 0;
        int place = 0;
        if (source.counted.isEmpty()) {
            packer.number(0);
            return;
        }
        var counted = new HashSet<>(source.counted);
        for (var attempt : source.activity.all()) {
            place++;
            if (!counted.contains(attempt.id())) continue;
            packer.number(place - before);
            before = place;
        }
        packer.number(0);
    }

    private static List<UUID> unpackCounted(Activity activity, Unpacker unpacker) {
        var attempts = activity.all();
        var counted = new ArrayList<UUID>();
        int place = 0;
        for (int step = unpacker.count(); step > 0; step = unpacker.count()) {
            place += step;
            counted.add(attempts.get(place - 1).id());
        }
        return counted;
    }
}
