package io.velvetastro.decisions.telemetry;

/** Makes foreign text harmless to show: what would steer a terminal, reorder a line or end a string becomes a visible sign. */
final class Inert {
    private static final char REPLACEMENT = '\ufffd';

    private Inert() {}

    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (steers(text, i)) return mended(text, i);
        }
        return text;
    }

    /** At most so many characters, never half of a pair. */
    static String cut(String text, int most) {
        if (text.length() <= most) return text;
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + "…";
    }

    private static String mended(String text, int first) {
        var out = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!steers(text, i)) out.append(c);
            else if (c < 0x20) out.append((char) (0x2400 + c)); // Unicode has a picture for each.
            else if (c == 0x7f) out.append('\u2421');
            else out.append(REPLACEMENT);
        }
        return out.toString();
    }

    private static boolean steers(String text, int i) {
        char c = text.charAt(i);
        if (c >= 0x20 && c < 0x7f) return false;
        if (c < 0x20 || c <= 0x9f) return true;
        if (c < 0x200b) return c == 0x61c || c == 0xad;
        if (c <= 0x206f)
            return c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2060; // Zero width, direction and line marks.
        if (Character.isHighSurrogate(c))
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        if (Character.isLowSurrogate(c)) return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        return c == 0xfeff || c >= 0xfff9 && c <= 0xfffb || c >= 0xfffe;
    }
}
