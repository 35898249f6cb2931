package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.List;

/** The state of a log at one moment: its name, how many leaves, and the root over them. C2SP tlog-checkpoint, without extension lines. */
public record Checkpoint(String origin, long size, Hash root) {
    public static Checkpoint parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty() || lines[0].isEmpty()) {
            throw new NotProven(
                    Reason.MALFORMED, "checkpoint", "origin, size and root on three lines", Text.shown(text));
        }
        return new Checkpoint(lines[0], Text.number(lines[1], "checkpoint size"), Hash.parse(lines[2]));
    }

    /** What a note says once the pinned log key has signed it. A checkpoint of another log is refused, whoever signed it. */
    public static Checkpoint trusted(Note note, String origin, VerifierKey key) {
        note.requireSignature(key);
        var checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(origin)) {
            throw new NotProven(Reason.WRONG_ORIGIN, "checkpoint", Text.shown(origin), Text.shown(checkpoint.origin));
        }
        return checkpoint;
    }

    /** What a note says once one of a log's keys has signed it; the first that claims to have must really have. */
    public static Checkpoint trusted(Note note, String origin, List<VerifierKey> keys) {
        var claimed = keys.stream().filter(note::claims).findFirst();
        return trusted(note, origin, claimed.orElse(keys.getFirst()));
    }

    public Note signed(List<SigningKey> keys) {
        return Note.signed(text(), keys);
    }

    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
