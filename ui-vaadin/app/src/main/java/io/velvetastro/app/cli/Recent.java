package io.velvetastro.app.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** How often each of a log's latest lines stood in it: identical lines are different events, and only their number tells them apart. Keeps digests, so that a bookmark is no second copy of the log. */
final class Recent {
    /** Lines that repeat do so within moments; this many are far more than moments. */
    private static final int LINES = 4_000;
    /** So many equal lines are told apart from one piece to the next: events that are alike to the letter happened in the same moment. */
    private static final int MOST_OF_A_LINE = 1_000;
    /** What is sent once more beside a piece, in lines; beyond it what repeats most is left out, for it is the least likely to be an event. */
    private static final int MOST_AT_ONCE = 50_000;

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
        var known = new LinkedHashMap<String, Integer>();
        for (var line : new LinkedHashSet<>(lines)) {
            int count = Math.min(MOST_OF_A_LINE, counts.getOrDefault(digest(line), 0));
            if (count > 0) known.put(line, count);
        }
        leaveOutWhatRepeatsMost(known);
        var repeated = new ArrayList<String>();
        known.forEach((line, count) -> repeated.addAll(Collections.nCopies(count, line)));
        return repeated;
    }

    private static void leaveOutWhatRepeatsMost(Map<String, Integer> known) {
        int all = known.values().stream().mapToInt(Integer::intValue).sum();
        for (var most : known.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .toList()) {
            if (all <= MOST_AT_ONCE) return;
            all -= most.getValue();
            known.remove(most.getKey());
        }
    }

    /** A line without a digit has no time and is no event: blank lines would be told apart for ever. */
    void add(List<String> lines) {
        for (var line : lines) {
            if (line.chars().noneMatch(sign -> sign >= '0' && sign <= '9')) continue;
            counts.merge(digest(line), 1, (before, one) -> Math.min(MOST_OF_A_LINE, before + one));
        }
    }

    Map<String, Integer> counts() {
        return counts;
    }

    private static String digest(String line) {
        return digest(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String digest(byte[] bytes) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(bytes);
            return java.util.HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
