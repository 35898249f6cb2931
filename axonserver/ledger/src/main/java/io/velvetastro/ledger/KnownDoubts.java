package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the house itself says of the events of a log: which of them were not what had been stored when the log took them. Signed under the log's key, so that whoever passes a bundle on can neither add a doubt nor leave one out unnoticed; and about the whole log, so that nobody can put the note of another bundle in its place.
 *
 * @param log the organisation's
 * @param size of that log under the bundle's checkpoint
 * @param leaves the doubted ones, in the bundle or not, and when that was noticed
 */
public record KnownDoubts(String log, long size, SortedMap<Long, Instant> leaves) {
    private static final String HEADER = "velvetastro.io/doubts@v1";
    private static final int FIRST_LEAF = 3;
    private static final String WHAT = "doubts";

    public KnownDoubts {
        leaves = Collections.unmodifiableSortedMap(new TreeMap<>(leaves));
    }

    public Note signed(List<SigningKey> keys) {
        return Note.signed(text(), keys);
    }

    private String text() {
        var text = new StringBuilder(HEADER)
                .append("\nlog ")
                .append(Text.escaped(log))
                .append("\nsize ")
                .append(size)
                .append('\n');
        leaves.forEach((leaf, at) -> text.append(leaf).append(' ').append(at).append('\n'));
        return text.toString();
    }

    /** What a note says once one of a log's keys has signed it. */
    static KnownDoubts trusted(Note note, List<VerifierKey> keys) {
        note.requireSignature(keys.stream().filter(note::claims).findFirst().orElse(keys.getFirst()));
        var lines = note.text().split("\n", -1);
        if (lines.length < FIRST_LEAF + 1 || !lines[0].equals(HEADER))
            throw new NotProven(Reason.MALFORMED, WHAT, HEADER, Text.shown(note.text()));
        var leaves = new TreeMap<Long, Instant>();
        for (var i = FIRST_LEAF; i < lines.length - 1; i++) {
            var words = lines[i].split(" ", -1);
            if (words.length != 2) throw new NotProven(Reason.MALFORMED, WHAT, "<leaf> <time>", Text.shown(lines[i]));
            leaves.put(number(words[0]), instant(words[1]));
        }
        var doubts = new KnownDoubts(
                Text.unescaped(Text.after("log ", lines[1], WHAT), WHAT),
                number(Text.after("size ", lines[2], WHAT)),
                leaves);
        if (!doubts.text().equals(note.text()))
            throw new NotProven(Reason.MALFORMED, WHAT, "its only spelling", "another");
        return doubts;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw new NotProven(Reason.MALFORMED, WHAT, "a number", Text.shown(text));
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw new NotProven(Reason.MALFORMED, WHAT, "a time", Text.shown(text));
        }
    }
}
