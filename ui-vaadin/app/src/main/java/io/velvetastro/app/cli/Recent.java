package io.velvetastro.app.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** How often each of a log's latest lines stood in it: identical lines are different events, and only their number tells them apart. Keeps digests, so that a bookmark is no second copy of the log. */
final class Recent {
    /** Lines that repeat do so within moments; this many are far more than moments. */
    private static final int LINES = 4_000;

    private final LinkedHashMap<String, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > LINES;
        }
    };

    Recent() {}

    Recent(Map<String, Integer> counts) {
        this.counts.putAll(counts);
    }

    /** Those of the lines that stood in the log before, as often as they did. */
    List<String> repeatedIn(List<String> lines) {
        var repeated = new ArrayList<String>();
        for (var line : new LinkedHashSet<>(lines)) {
            for (var count = counts.getOrDefault(digest(line), 0); count > 0; count--) repeated.add(line);
        }
        return repeated;
    }

    void add(List<String> lines) {
        for (var line : lines) counts.merge(digest(line), 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }

    private static String digest(String line) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.ISO_8859_1));
            return java.util.HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
