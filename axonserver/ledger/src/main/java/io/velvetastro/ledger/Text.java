package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.ledger.NotProven.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Base64;
import java.util.HexFormat;

/** Text forms that allow exactly one spelling: a second one would be a place to hide a change. */
final class Text {
    private Text() {}

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Refuses missing padding and stray trailing bits, which the JDK's decoder lets pass. */
    static byte[] base64(String text, String where) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            if (base64(bytes).equals(text)) return bytes;
        } catch (IllegalArgumentException malformed) {
            // Told below, in one voice.
        }
        throw new NotProven(Reason.MALFORMED, where, "base64", shown(text));
    }

    static String utf8(byte[] bytes, String where) {
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new NotProven(Reason.MALFORMED, where, "UTF-8", "other bytes");
        }
    }

    static long number(String text, String where) {
        try {
            var number = Long.parseLong(text);
            if (number >= 0 && Long.toString(number).equals(text)) return number;
        } catch (NumberFormatException malformed) {
            // Told below, in one voice.
        }
        throw new NotProven(Reason.MALFORMED, where, "a decimal number", shown(text));
    }

    /** What follows {@code prefix}; every line of our forms begins with its name. */
    static String after(String prefix, String line, String where) {
        if (line.startsWith(prefix)) return line.substring(prefix.length());
        throw new NotProven(Reason.MALFORMED, where, "a line \"" + prefix + "…\"", shown(line));
    }

    /** Spaces, control characters, percent signs and whatever is not ASCII as {@code %XX}: one value stays one word of one line. */
    static String escaped(String value) {
        var plain = true;
        for (var i = 0; i < value.length() && plain; i++) plain = isPlain(value.charAt(i));
        if (plain) return value;
        var text = new StringBuilder(value.length() + 16);
        for (var b : value.getBytes(UTF_8)) {
            if (isPlain((char) (b & 0xff))) text.append((char) b);
            else text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return c > 0x20 && c < 0x7f && c != '%';
    }

    static String unescaped(String text, String where) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '%') {
                bytes.write(c);
            } else if (i + 2 < text.length() && isHex(text, i + 1)) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                throw new NotProven(Reason.MALFORMED, where, "%XX", shown(text.substring(i)));
            }
        }
        return utf8(bytes.toByteArray(), where);
    }

    private static boolean isHex(String text, int at) {
        return HexFormat.isHexDigit(text.charAt(at)) && HexFormat.isHexDigit(text.charAt(at + 1));
    }

    /** Foreign text in an error: short, and nothing that moves a terminal's cursor. */
    static String shown(String text) {
        var clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return '"' + (clean.length() > 80 ? clean.substring(0, 80) + "…" : clean) + '"';
    }
}
