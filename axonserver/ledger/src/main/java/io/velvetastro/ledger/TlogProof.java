package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * All that ties a leaf to a signed checkpoint, in one text. C2SP tlog-proof.
 *
 * @param extra what is needed besides to find the leaf's hash; nobody has signed it
 */
public record TlogProof(byte[] extra, long index, List<Hash> path, Note checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";

    public TlogProof {
        path = List.copyOf(path);
    }

    public static TlogProof parse(byte[] bytes) {
        if (bytes.length > 2 * Note.MOST_BYTES)
            throw new NotProven(
                    Reason.HOSTILE, "tlog-proof", "at most " + 2 * Note.MOST_BYTES + " bytes", bytes.length);
        return parse(Text.utf8(bytes, "tlog-proof"));
    }

    public static TlogProof parse(String text) {
        var gap = text.indexOf("\n\n");
        if (gap < 0 || !text.startsWith(HEADER + "\n")) {
            throw new NotProven(Reason.MALFORMED, "tlog-proof", HEADER, Text.shown(text));
        }
        var lines = text.substring(0, gap).split("\n", -1);
        var at = 1;
        var extra = new byte[0];
        if (lines.length > at && lines[at].startsWith("extra ")) {
            extra = Text.base64(lines[at++].substring("extra ".length()), "tlog-proof extra");
        }
        if (lines.length <= at) throw new NotProven(Reason.MALFORMED, "tlog-proof", "an index", "none");
        var index = Text.number(Text.after("index ", lines[at++], "tlog-proof"), "tlog-proof index");
        return new TlogProof(extra, index, Anchor.hashes(lines, at, lines.length), Note.parse(text.substring(gap + 2)));
    }

    /** Leads from a leaf's hash to the root of a checkpoint that the caller trusts. */
    public void verify(Hash leaf, Checkpoint trusted) {
        new InclusionProof(index, trusted.size(), path).verify(leaf, trusted.root());
    }

    public String text() {
        var lines = new ArrayList<String>();
        lines.add(HEADER);
        if (extra.length > 0) lines.add("extra " + Text.base64(extra));
        lines.add("index " + index);
        path.forEach(hash -> lines.add(hash.base64()));
        return String.join("\n", lines) + "\n\n" + checkpoint;
    }

    public byte[] bytes() {
        return text().getBytes(UTF_8);
    }
}
