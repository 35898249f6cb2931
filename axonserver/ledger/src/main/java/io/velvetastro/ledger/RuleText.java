package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A rule's text as a leaf of the log has it.
 *
 * @param sha256 in hexadecimal, as findings name it
 */
public record RuleText(long leaf, String text, String sha256) {
    private static final String TYPE = "io.velvetastro.language.RuleRecorded";
    private static final String BEGINS = "\"text\":\"";
    private static final int ESCAPED = 4;

    /** The text that a leaf records, if it records one. */
    static Optional<RuleText> of(long index, Leaf leaf) {
        if (!leaf.payloadType().equals(TYPE)) return Optional.empty();
        return text(new String(leaf.payload(), UTF_8))
                .map(text -> new RuleText(
                        index, text, HexFormat.of().formatHex(Hash.sha256().digest(text.getBytes(UTF_8)))));
    }

    /** A JSON text, read as one; by the name of its field, for a quote within another is escaped. */
    private static Optional<String> text(String json) {
        int at = json.indexOf(BEGINS);
        if (at < 0) return Optional.empty();
        var text = new StringBuilder();
        for (at += BEGINS.length(); at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') return Optional.of(text.toString());
            if (c != '\\') {
                text.append(c);
                continue;
            }
            if (++at == json.length()) break;
            switch (json.charAt(at)) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'u' -> {
                    if (at + ESCAPED >= json.length()) return Optional.empty();
                    try {
                        text.append((char) HexFormat.fromHexDigits(json, at + 1, at + 1 + ESCAPED));
                    } catch (IllegalArgumentException noDigits) {
                        return Optional.empty();
                    }
                    at += ESCAPED;
                }
                default -> text.append(json.charAt(at));
            }
        }
        return Optional.empty();
    }
}
