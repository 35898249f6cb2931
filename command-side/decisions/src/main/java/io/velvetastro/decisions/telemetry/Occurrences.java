package io.velvetastro.decisions.telemetry;

import java.time.Instant;
import java.util.Arrays;

/**
 * Counts how often the same line stood in a log within its last ten minutes, by the log's own time. Counting depends on the lines alone, so sending a file again gives the same numbers. Two lines whose 64-bit hashes meet share a count, which only makes a number larger than it need be.
 */
final class Occurrences {
    private static final int WINDOW_SECONDS = 600;
    /** Beyond so many different lines within the window the older half is forgotten: memory stays near 10 MB. */
    private static final int MOST = 1 << 17;

    private final int most;
    private long[] hashes = new long[64]; // 0 is a free slot.
    private int[] counts = new int[64];
    private long[] seconds = new long[64];
    private int size;
    private long now = Long.MIN_VALUE;

    Occurrences() {
        this(MOST);
    }

    Occurrences(int most) {
        this.most = most;
    }

    /** The number of this line among its like, from 0. */
    int next(String line, Instant at) {
        now = Math.max(now, at.getEpochSecond());
        if (size >= hashes.length / 2) makeRoom();
        int slot = slot(hash(line));
        if (hashes[slot] == 0) {
            hashes[slot] = hash(line);
            size++;
        } else counts[slot] = now - seconds[slot] > WINDOW_SECONDS ? 0 : counts[slot] + 1;
        seconds[slot] = now;
        return counts[slot];
    }

    int capacity() {
        return hashes.length;
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) slot = slot + 1 & mask;
        return slot;
    }

    private void makeRoom() {
        long oldest = now - WINDOW_SECONDS;
        int live = 0;
        for (int i = 0; i < hashes.length; i++) if (hashes[i] != 0 && seconds[i] >= oldest) live++;
        if (live >= most) {
            oldest = Math.max(oldest, median()) + 1;
            live = most / 2;
        }
        int capacity = Math.max(64, Integer.highestOneBit(live) * 8);
        var oldHashes = hashes;
        var oldCounts = counts;
        var oldSeconds = seconds;
        hashes = new long[capacity];
        counts = new int[capacity];
        seconds = new long[capacity];
        size = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] == 0 || oldSeconds[i] < oldest) continue;
            int slot = slot(oldHashes[i]);
            hashes[slot] = oldHashes[i];
            counts[slot] = oldCounts[i];
            seconds[slot] = oldSeconds[i];
            size++;
        }
    }

    private long median() {
        var used = new long[size];
        int n = 0;
        for (int i = 0; i < hashes.length; i++) if (hashes[i] != 0) used[n++] = seconds[i];
        Arrays.sort(used);
        return used[n / 2];
    }

    private static long hash(String line) {
        long hash = line.length();
        for (int i = 0; i < line.length(); i++) hash = (hash ^ line.charAt(i)) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}
