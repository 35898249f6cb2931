package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The root of one organisation's log at one moment: what a leaf of the platform log says. */
public record Anchor(String log, long size, Hash root) {
    private static final String DOMAIN = "velvetastro.io/root@v1\n";

    public byte[] encoded() {
        return new Fields(DOMAIN, 160).text(log).number(size).blob(root.bytes()).toBytes();
    }

    public Hash hash() {
        return Hash.leaf(encoded());
    }

    /** Reads back what {@link #encoded} wrote; anything else is refused. */
    static Anchor decoded(byte[] bytes) {
        try {
            var buffer = ByteBuffer.wrap(bytes, DOMAIN.length(), bytes.length - DOMAIN.length());
            var log = Text.utf8(field(buffer), "anchor");
            var anchor = new Anchor(log, ByteBuffer.wrap(field(buffer)).getLong(), Hash.of(field(buffer)));
            if (Arrays.equals(anchor.encoded(), bytes)) return anchor;
        } catch (IndexOutOfBoundsException | BufferUnderflowException cutShort) {
            // Told below, in one voice.
        }
        throw new NotProven(Reason.MALFORMED, "anchor", "log, size and root", bytes.length + " other bytes");
    }

    private static byte[] field(ByteBuffer buffer) {
        var length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) throw new BufferUnderflowException();
        var field = new byte[length];
        buffer.get(field);
        return field;
    }

    /** How an event's leaf leads to an anchor: the inclusion proof in the organisation's own tree, as it travels in a tlog-proof's extra data. */
    public record Path(String log, InclusionProof proof) {
        private static final String HEADER = "velvetastro.io/anchor@v1";

        /** The anchor that this leaf would need; it is worth what the platform log says of it. */
        public Anchor anchorFor(Hash leaf) {
            return new Anchor(log, proof.size(), proof.rootFor(leaf));
        }

        public String text() {
            var text = new StringBuilder(HEADER)
                    .append("\nlog ")
                    .append(Text.escaped(log))
                    .append("\nindex ")
                    .append(proof.index())
                    .append("\nsize ")
                    .append(proof.size())
                    .append('\n');
            proof.path().forEach(hash -> text.append(hash).append('\n'));
            return text.toString();
        }

        public static Path parse(String text) {
            var lines = text.split("\n", -1);
            if (lines.length < 5 || !lines[0].equals(HEADER) || !lines[lines.length - 1].isEmpty()) {
                throw new NotProven(Reason.MALFORMED, "anchor path", HEADER, Text.shown(text));
            }
            var log = Text.unescaped(Text.after("log ", lines[1], "anchor path"), "anchor path");
            var index = Text.number(Text.after("index ", lines[2], "anchor path"), "anchor path");
            var size = Text.number(Text.after("size ", lines[3], "anchor path"), "anchor path");
            var parsed = new Path(log, new InclusionProof(index, size, hashes(lines, 4, lines.length - 1)));
            if (!parsed.text().equals(text))
                throw new NotProven(Reason.MALFORMED, "anchor path", "its only spelling", "another");
            return parsed;
        }
    }

    static List<Hash> hashes(String[] lines, int from, int to) {
        if (to - from > 64) throw new NotProven(Reason.HOSTILE, "proof", "at most 64 hashes", to - from);
        var hashes = new ArrayList<Hash>();
        for (var i = from; i < to; i++) hashes.add(Hash.parse(lines[i]));
        return hashes;
    }
}
