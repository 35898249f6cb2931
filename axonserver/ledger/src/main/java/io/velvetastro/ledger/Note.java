package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.ledger.NotProven.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A text and the signatures under it. Nothing in the text counts before {@link #requireSignature}. C2SP signed-note. */
public record Note(String text, List<Line> signatures) {
    /** Far beyond a log, its successor key and all its witnesses. */
    static final int MOST_SIGNATURES = 32;

    static final int MOST_BYTES = 64 * 1024;
    private static final String LEAD = "— ";

    public Note {
        signatures = List.copyOf(signatures);
    }

    /** One line under a note: who claims to have signed, and with what. */
    public record Line(String name, int keyId, byte[] signature) {
        boolean isBy(VerifierKey key) {
            return keyId == key.id() && name.equals(key.name());
        }

        static Line of(VerifierKey key, byte[] signature) {
            return new Line(key.name(), key.id(), signature);
        }

        public static Line parse(String line) {
            var parts = Text.after(LEAD, line, "signature line").split(" ", -1);
            if (parts.length != 2)
                throw new NotProven(Reason.MALFORMED, "signature line", "— name base64", Text.shown(line));
            var bytes = Text.base64(parts[1], "signature line");
            if (bytes.length < 5)
                throw new NotProven(
                        Reason.MALFORMED, "signature line", "a key id and a signature", bytes.length + " bytes");
            return new Line(
                    VerifierKey.checkedName(parts[0]),
                    ByteBuffer.wrap(bytes).getInt(),
                    Arrays.copyOfRange(bytes, 4, bytes.length));
        }

        @Override
        public String toString() {
            var bytes = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature);
            return LEAD + name + " " + Text.base64(bytes.array()) + "\n";
        }
    }

    public static Note parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES)
            throw new NotProven(Reason.HOSTILE, "note", "at most " + MOST_BYTES + " bytes", bytes.length);
        return parse(Text.utf8(bytes, "note"));
    }

    public static Note parse(String whole) {
        if (whole.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new NotProven(Reason.MALFORMED, "note", "no control characters", "one");
        }
        var gap = whole.lastIndexOf("\n\n");
        if (gap < 0 || !whole.endsWith("\n") || whole.length() == gap + 2) {
            throw new NotProven(Reason.MALFORMED, "note", "a text, an empty line and signatures", Text.shown(whole));
        }
        var lines = whole.substring(gap + 2, whole.length() - 1).split("\n", -1);
        if (lines.length > MOST_SIGNATURES) {
            throw new NotProven(Reason.HOSTILE, "note", "at most " + MOST_SIGNATURES + " signatures", lines.length);
        }
        return new Note(
                whole.substring(0, gap + 1),
                Arrays.stream(lines).map(Line::parse).toList());
    }

    /** Signs a text that ends in a newline, with every key given: two while one log key succeeds another. */
    public static Note signed(String text, List<SigningKey> keys) {
        var lines = keys.stream()
                .map(key -> Line.of(key.verifier(), key.sign(text.getBytes(UTF_8))))
                .toList();
        return new Note(text, lines);
    }

    public Note with(Line signature) {
        var more = new ArrayList<>(signatures);
        more.add(signature);
        return new Note(text, more);
    }

    /** Whether a line claims to be by this key; whether it is, nobody has looked yet. */
    public boolean claims(VerifierKey key) {
        return signatureOf(key).isPresent();
    }

    Optional<Line> signatureOf(VerifierKey key) {
        return signatures.stream().filter(line -> line.isBy(key)).findFirst();
    }

    /** Refuses a note that this key has not signed, and one that only claims it. */
    public void requireSignature(VerifierKey key) {
        var line = signatureOf(key).orElseThrow(() -> unsigned(key));
        if (!key.verifies(text.getBytes(UTF_8), line.signature())) {
            throw new NotProven(Reason.FORGED, "note", "a signature by " + key.name(), "one that does not verify");
        }
    }

    NotProven unsigned(VerifierKey key) {
        var names = signatures.stream().map(Line::name).distinct().toList();
        return new NotProven(
                Reason.UNSIGNED, "note", "a signature by " + key, "signatures by " + Text.shown(names.toString()));
    }

    @Override
    public String toString() {
        var whole = new StringBuilder(text).append('\n');
        signatures.forEach(whole::append);
        return whole.toString();
    }
}
