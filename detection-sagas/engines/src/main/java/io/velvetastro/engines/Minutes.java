package io.velvetastro.engines;

import io.velvetastro.language.FindingRaised.Minute;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Events counted by the minute they occurred in. A value: adding makes another, and shares with it what did not change. */
public final class Minutes {
    public static final Minutes NONE = new Minutes(new long[0], new long[0]);
    private static final long MINUTE_MILLIS = 60_000;

    /** Rising. */
    private final long[] minutes;

    private final long[] counts;

    private Minutes(long[] minutes, long[] counts) {
        this.minutes = minutes;
        this.counts = counts;
    }

    public Minutes with(long atMillis) {
        return with(Math.floorDiv(atMillis, MINUTE_MILLIS), 1);
    }

    public Minutes with(Minutes others) {
        if (minutes.length == 0) return others;
        var after = this;
        for (int i = 0; i < others.minutes.length; i++) after = after.with(others.minutes[i], others.counts[i]);
        return after;
    }

    private Minutes with(long minute, long count) {
        int place = Arrays.binarySearch(minutes, minute);
        if (place >= 0) {
            var more = counts.clone();
            more[place] += count;
            return new Minutes(minutes, more);
        }
        return new Minutes(inserted(minutes, -place - 1, minute), inserted(counts, -place - 1, count));
    }

    private static long[] inserted(long[] numbers, int place, long number) {
        var more = new long[numbers.length + 1];
        System.arraycopy(numbers, 0, more, 0, place);
        more[place] = number;
        System.arraycopy(numbers, place, more, place + 1, numbers.length - place);
        return more;
    }

    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** Whether any of them was over by then. */
    public boolean beganBefore(long atMillis) {
        return minutes.length > 0 && minutes[0] < Math.floorDiv(atMillis, MINUTE_MILLIS);
    }

    public List<Minute> list() {
        return IntStream.range(0, minutes.length)
                .mapToObj(i -> new Minute(Instant.ofEpochMilli(minutes[i] * MINUTE_MILLIS), counts[i]))
                .toList();
    }

    public static void pack(Minutes packed, Packer packer) {
        packer.number(packed.minutes.length);
        long before = 0;
        for (int i = 0; i < packed.minutes.length; i++) {
            packer.number(packed.minutes[i] - before).number(packed.counts[i]);
            before = packed.minutes[i];
        }
    }

    public static Minutes unpack(Unpacker unpacker) {
        int size = unpacker.count();
        var minutes = new long[size];
        var counts = new long[size];
        long minute = 0;
        for (int i = 0; i < size; i++) {
            minute += unpacker.number();
            minutes[i] = minute;
            counts[i] = unpacker.number();
        }
        return size == 0 ? NONE : new Minutes(minutes, counts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Minutes same
                && Arrays.equals(minutes, same.minutes)
                && Arrays.equals(counts, same.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(minutes) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return list().toString();
    }
}
