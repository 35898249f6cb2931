package io.velvetastro.engines.login;

import io.velvetastro.engines.Memory;
import io.velvetastro.engines.Minutes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Counts an attempt as attack once, however many rules take part in it. Which have been counted is remembered with the address they came from, for every attempt that counts has one.
 */
final class Tally {
    private static final int MOST = 256;

    private final Memory memory;
    private final UUID here;
    private final Activity heard;
    private List<UUID> counted;

    /** @param source what is remembered of the address {@code here}, the attempt at hand among it; it is kept by whoever asks {@link #counted} */
    Tally(Memory memory, UUID here, Source source) {
        this.memory = memory;
        this.here = here;
        this.heard = source.activity();
        this.counted = source.counted();
    }

    /** What is fresh among these attempts. One that its address has forgotten was counted or is too old to be. */
    Minutes count(List<Try> tries) {
        var fresh = Minutes.NONE;
        var bySource = new HashMap<UUID, List<UUID>>();
        for (var attempt : tries) {
            var known = bySource.get(attempt.source());
            if (known == null) known = countedOf(attempt.source());
            if (known.contains(attempt.id()) || !activity(attempt.source()).holds(attempt)) continue;
            var after = new ArrayList<UUID>(known.size() + 1);
            after.addAll(known);
            after.add(attempt.id());
            bySource.put(attempt.source(), after);
            fresh = fresh.with(attempt.at());
        }
        bySource.forEach(this::remember);
        return fresh;
    }

    List<UUID> counted() {
        return counted;
    }

    private Activity activity(UUID source) {
        return source.equals(here)
                ? heard
                : memory.recall(Source.KIND, source.toString()).activity();
    }

    private List<UUID> countedOf(UUID source) {
        return source.equals(here)
                ? counted
                : memory.recall(Source.KIND, source.toString()).counted();
    }

    /** Now and then only what the address still remembers, so that a flood does not grow it. */
    private void remember(UUID source, List<UUID> now) {
        if (now.size() > MOST) now.retainAll(ids(activity(source)));
        if (source.equals(here)) counted = now;
        else
            memory.keep(
                    Source.KIND,
                    source.toString(),
                    memory.recall(Source.KIND, source.toString()).counting(now));
    }

    private static Set<UUID> ids(Activity activity) {
        var ids = new HashSet<UUID>();
        for (var attempt : activity.all()) ids.add(attempt.id());
        return ids;
    }
}
