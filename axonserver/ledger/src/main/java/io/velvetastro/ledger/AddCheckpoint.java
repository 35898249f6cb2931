package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.ArrayList;
import java.util.List;

/** What a log says to a witness: a checkpoint, and that it contains the one of size {@code old}. C2SP tlog-witness, add-checkpoint. */
public record AddCheckpoint(long old, List<Hash> path, Note note) {
    public static final int MOST_BYTES = Note.MOST_BYTES + 4 * 1024;
    private static final int MOST_HASHES = 63;

    public AddCheckpoint {
        path = List.copyOf(path);
    }

    public static AddCheckpoint of(Note note, ConsistencyProof proof) {
        return new AddCheckpoint(proof.from(), proof.path(), note);
    }

    /** The proof this carries, for a checkpoint of this size. */
    public ConsistencyProof proof(long size) {
        return new ConsistencyProof(old, size, path);
    }

    public String text() {
        var text = new StringBuilder("old ").append(old).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(note).toString();
    }

    public static AddCheckpoint parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES)
            throw new NotProven(Reason.HOSTILE, "add-checkpoint", "at most " + MOST_BYTES + " bytes", bytes.length);
        var text = Text.utf8(bytes, "add-checkpoint");
        var gap = text.indexOf("\n\n");
        if (gap < 0) throw new NotProven(Reason.MALFORMED, "add-checkpoint", "an empty line", Text.shown(text));
        var lines = text.substring(0, gap).split("\n", -1);
        if (lines.length - 1 > MOST_HASHES)
            throw new NotProven(Reason.HOSTILE, "add-checkpoint", "at most " + MOST_HASHES + " hashes", lines.length);
        var old = Text.number(Text.after("old ", lines[0], "add-checkpoint"), "add-checkpoint");
        var path = new ArrayList<Hash>();
        for (var i = 1; i < lines.length; i++) path.add(Hash.parse(lines[i]));
        return new AddCheckpoint(old, path, Note.parse(text.substring(gap + 2)));
    }
}
