package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A journal in memory, with a switch for "not now". */
final class MemoryJournal implements Journal {
    final Map<EventId, Fact> facts = new LinkedHashMap<>();
    int overloadedTimes;
    boolean hasRoomForWhatCanWait = true;
    int appends;

    @Override
    public synchronized Set<EventId> append(Stream stream, List<Fact> batch) {
        if (overloadedTimes > 0) {
            overloadedTimes--;
            throw new Overloaded("Readers lag behind.", Duration.ofMillis(1));
        }
        appends++;
        var fresh = new HashSet<EventId>();
        for (var fact : batch) if (facts.putIfAbsent(fact.id(), fact) == null) fresh.add(fact.id());
        return fresh;
    }

    @Override
    public void giveWay() {
        if (!hasRoomForWhatCanWait) throw new Overloaded("Readers lag behind.", Duration.ofMillis(1));
    }

    <T> List<T> all(Class<T> type) {
        var found = new ArrayList<T>();
        for (var fact : facts.values()) if (type.isInstance(fact.payload())) found.add(type.cast(fact.payload()));
        return found;
    }
}
