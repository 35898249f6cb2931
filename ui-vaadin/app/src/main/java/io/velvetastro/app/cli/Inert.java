package io.velvetastro.app.cli;

/** Text from elsewhere, made safe for a terminal: an escape sequence in a log must not move our cursor. */
final class Inert {
    private static final int LONGEST = 300;

    private Inert() {}

    static String text(String foreign) {
        var shown = new StringBuilder();
        foreign.codePoints().limit(LONGEST).forEach(c -> shown.appendCodePoint(isHarmless(c) ? c : '·'));
        return foreign.length() > LONGEST ? shown + "…" : shown.toString();
    }

    private static boolean isHarmless(int c) {
        var type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }
}
