package io.velvetastro.engines;

import io.velvetastro.language.FindingRaised.Minute;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Events counted by the minute they occurred in. A value: adding makes another. */
public record Minutes(SortedMap<Long, Long> events) {
    public static final Minutes NONE = new Minutes(new TreeMap<>());
    private static final long MINUTE_MILLIS = 60_000;

    public Minutes with(long atMillis) {
        var after = new TreeMap<>(events);
        after.merge(Math.floorDiv(atMillis, MINUTE_MILLIS), 1L, Long::sum);
        return new Minutes(after);
    }

    public Minutes with(Minutes others) {
        if (others.events.isEmpty()) return this;
        if (events.isEmpty()) return others;
        var after = new TreeMap<>(events);
        others.events.forEach((minute, count) -> after.merge(minute, count, Long::sum));
        return new Minutes(after);
    }

    public long total() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether any of them was over by then. */
    public boolean beganBefore(long atMillis) {
        return !events.isEmpty() && events.firstKey() < Math.floorDiv(atMillis, MINUTE_MILLIS);
    }

    List<Minute> list() {
        return events.entrySet().stream()
                .map(each -> new Minute(Instant.ofEpochMilli(each.getKey() * MINUTE_MILLIS), each.getValue()))
                .toList();
    }

    public static void pack(Minutes minutes, Packer packer) {
        packer.number(minutes.events.size());
        long before = 0;
        for (var each : minutes.events.entrySet()) {
            packer.number(each.getKey() - before).number(each.getValue());
            before = each.getKey();
        }
    }

    public static Minutes unpack(Unpacker unpacker) {
        var events = new TreeMap<Long, Long>();
        long minute = 0;
        for (int left = unpacker.count(); left > 0; left--) {
            minute += unpacker.number();
            events.put(minute, unpacker.number());
        }
        return events.isEmpty() ? NONE : new Minutes(events);
    }
}
