package io.velvetastro.engines.login;

import io.velvetastro.engines.Memory;
import io.velvetastro.engines.Minutes;
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
    private Set<UUID> counted;

    /** @param source what is remembered of the address {@code here}, the attempt at hand among it; it is kept by whoever asks {@link #counted} */
    Tally(Memory memory, UUID here, Source source) {
        this.memory = memory;
        this.here = here;
        this.heard = source.activity();
        this.counted = source.counted();
    }

    /** What is fresh among these attempts. One that its address has forgotten was counted or is too old to be. */
    Minutes count(List<Try> tries) {
        var bySource = new HashMap<UUID, Set<UUID>>();
        var fresh = Minutes.NONE;
        for (var attempt : tries) {
            var known = bySource.computeIfAbsent(attempt.source(), this::countedOf);
            if (known.contains(attempt.id()) || !heardOf(attempt)) continue;
            known.add(attempt.id());
            fresh = fresh.with(attempt.at());
        }
        if (!fresh.events().isEmpty()) bySource.forEach(this::remember);
        return fresh;
    }

    Set<UUID> counted() {
        return counted;
    }

    private boolean heardOf(Try attempt) {
        return activity(attempt.source()).holds(attempt);
    }

    private Activity activity(UUID source) {
        return source.equals(here)
                ? heard
                : memory.recall(Source.KIND, source.toString()).activity();
    }

    private Set<UUID> countedOf(UUID source) {
        return new HashSet<>(
                source.equals(here)
                        ? counted
                        : memory.recall(Source.KIND, source.toString()).counted());
    }

    /** Now and then only what the address still remembers, so that a flood does not grow it. */
    private void remember(UUID source, Set<UUID> now) {
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
