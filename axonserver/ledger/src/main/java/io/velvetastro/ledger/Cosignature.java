package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.ledger.NotProven.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** A witness's word that it saw a checkpoint, consistent with all it saw before, at a time. C2SP tlog-cosignature, cosignature/v1. */
public final class Cosignature {
    private Cosignature() {}

    static Note.Line sign(SigningKey witness, String checkpointText, Instant now) {
        var seconds = now.getEpochSecond();
        var signature = witness.sign(message(checkpointText, seconds));
        var stamped = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature);
        return Note.Line.of(witness.verifier(), stamped.array());
    }

    /** When this witness saw the checkpoint; refuses a note that it has not cosigned. */
    public static Instant require(Note note, VerifierKey witness) {
        var stamped = note.signatureOf(witness)
                .orElseThrow(() -> note.unsigned(witness))
                .signature();
        if (stamped.length <= Long.BYTES) throw forged(witness);
        var seconds = ByteBuffer.wrap(stamped).getLong();
        var signature = Arrays.copyOfRange(stamped, Long.BYTES, stamped.length);
        if (seconds < 0 || !witness.verifies(message(note.text(), seconds), signature)) throw forged(witness);
        return Instant.ofEpochSecond(seconds);
    }

    private static NotProven forged(VerifierKey witness) {
        return new NotProven(Reason.FORGED, "note", "a cosignature by " + witness.name(), "one that does not verify");
    }

    private static byte[] message(String checkpointText, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpointText).getBytes(UTF_8);
    }
}
