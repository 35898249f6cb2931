package io.velvetastro.decisions.telemetry;

import org.jspecify.annotations.Nullable;

/** Passwords typed into the user field: a name nobody has here that looks like one is let go of, for it opens the door of whoever mistyped. */
final class TypedNames {
    private static final int LEAST = 8;
    private static final int MOST = 128;
    /** What names are put together with. */
    private static final String OF_NAMES = "._-@\\$ ";

    private TypedNames() {}

    /** Eight characters and more, of which some are small, some large, some digits, and some are in no name. */
    static boolean looksLikePassword(@Nullable String name) {
        if (name == null || name.length() < LEAST || name.length() > MOST) return false;
        boolean small = false;
        boolean large = false;
        boolean digit = false;
        boolean sign = false;
        for (char each : name.toCharArray()) {
            if (Character.isLowerCase(each)) small = true;
            else if (Character.isUpperCase(each)) large = true;
            else if (Character.isDigit(each)) digit = true;
            else if (each > ' ' && each < 127 && OF_NAMES.indexOf(each) < 0) sign = true;
        }
        return small && large && digit && sign;
    }
}
