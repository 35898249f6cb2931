package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The house's signed promise that these events are stored and will be leaves of this log with these hashes. Whoever keeps it can show that one was changed or removed, even before the log had it. Its text form is a signed note under the log's own key.
 */
public record Receipt(String log, Instant at, List<Promised> events) {
    /** As many as fit a note. */
    public static final int MOST_EVENTS = 500;

    private static final String HEADER = "velvetastro.io/receipt@v1";
    private static final int FIRST_EVENT = 3;

    public Receipt {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > MOST_EVENTS)
            throw new IllegalArgumentException("A receipt is for 1 to " + MOST_EVENTS + " events");
    }

    /** One event and the leaf it is to be. */
    public record Promised(String eventId, Hash leaf) {}

    public Note signed(List<SigningKey> keys) {
        return Note.signed(text(), keys);
    }

    public String text() {
        var text = new StringBuilder(HEADER)
                .append("\nlog ")
                .append(Text.escaped(log))
                .append("\nat ")
                .append(at)
                .append('\n');
        for (var event : events)
            text.append(Text.escaped(event.eventId()))
                    .append(' ')
                    .append(event.leaf())
                    .append('\n');
        return text.toString();
    }

    /** What a note promises once one of a log's keys has signed it. */
    public static Receipt trusted(Note note, List<VerifierKey> keys) {
        var key = keys.stream().filter(note::claims).findFirst().orElse(keys.getFirst());
        note.requireSignature(key);
        return parse(note.text());
    }

    private static Receipt parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length < FIRST_EVENT + 2 || !lines[0].equals(HEADER))
            throw new NotProven(Reason.MALFORMED, "receipt", HEADER, Text.shown(text));
        var log = Text.unescaped(Text.after("log ", lines[1], "receipt"), "receipt");
        var at = instant(Text.after("at ", lines[2], "receipt"));
        if (lines.length - 1 - FIRST_EVENT > MOST_EVENTS)
            throw new NotProven(Reason.HOSTILE, "receipt", "at most " + MOST_EVENTS + " events", lines.length);
        var events = new ArrayList<Promised>();
        for (var i = FIRST_EVENT; i < lines.length - 1; i++) events.add(promised(lines[i]));
        var receipt = new Receipt(log, at, events);
        if (!receipt.text().equals(text))
            throw new NotProven(Reason.MALFORMED, "receipt", "its only spelling", "another");
        return receipt;
    }

    private static Promised promised(String line) {
        var words = line.split(" ", -1);
        if (words.length != 2) throw new NotProven(Reason.MALFORMED, "receipt", "<event id> <hash>", Text.shown(line));
        return new Promised(Text.unescaped(words[0], "receipt"), Hash.parse(words[1]));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw new NotProven(Reason.MALFORMED, "receipt", "a time", Text.shown(text));
        }
    }
}
