package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What is remembered of a whole organisation: what addresses did that each fail for several accounts new to them.
 *
 * @param loud addresses that tried so many accounts that each is an attack of its own, and when they last did: what they try says nothing about a wave of many
 */
record Organisation(Activity activity, Map<UUID, Long> loud) {
    static final Kind<Organisation> KIND = new Kind<>(
            "organisation", 5, new Organisation(Activity.NONE, Map.of()), Organisation::pack, Organisation::unpack);
    /** There is one of it in an organisation's memory. */
    static final String KEY = "all";

    private static final int MOST_LOUD = 64;

    Organisation with(Activity activity) {
        return new Organisation(activity, loud);
    }

    boolean isLoud(UUID source, long at, long withinMillis) {
        var last = loud.get(source);
        return last != null && Math.abs(at - last) <= withinMillis;
    }

    /** The ones that were loud last stay. */
    Organisation heardLoud(UUID source, long at) {
        var after = new HashMap<>(loud);
        after.merge(source, at, Math::max);
        if (after.size() > MOST_LOUD)
            after.remove(after.entrySet().stream()
                    .min(Map.Entry.<UUID, Long>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                    .orElseThrow()
                    .getKey());
        return new Organisation(activity, Map.copyOf(after));
    }

    private static void pack(Organisation organisation, Packer packer) {
        Activity.pack(organisation.activity, packer);
        packer.number(organisation.loud.size());
        organisation.loud.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> packer.id(each.getKey()).number(each.getValue()));
    }

    private static Organisation unpack(Unpacker unpacker) {
        var activity = Activity.unpack(unpacker);
        var loud = new HashMap<UUID, Long>();
        for (int left = unpacker.count(); left > 0; left--) loud.put(unpacker.id(), unpacker.number());
        return new Organisation(activity, Map.copyOf(loud));
    }
}
