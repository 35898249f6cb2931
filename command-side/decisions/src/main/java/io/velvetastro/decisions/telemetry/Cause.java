package io.velvetastro.decisions.telemetry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a sign-in failed, in our own few words: a source's sentence may name people and is stored in clear nowhere. */
final class Cause {
    static final String UNKNOWN_USER = "unknown-user";
    static final String WRONG_PASSWORD = "wrong-password";
    static final String WRONG_KEY = "wrong-key";

    private Cause() {}

    static @Nullable String of(@Nullable String detail) {
        if (detail == null) return null;
        var text = detail.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
        if (has(
                text,
                "unknown user",
                "no such user",
                "user not found",
                "invalid user",
                "does not exist",
                "unknown account")) return UNKNOWN_USER;
        if (has(text, "mfa", "second factor", "otp", "2fa", "multi factor", "push")) {
            if (has(text, "denied", "reject", "declin")) return "mfa-denied";
            return has(text, "timeout", "timed out", "expired") ? "mfa-timeout" : "mfa-failed";
        }
        if (has(text, "lock")) return "locked";
        if (has(text, "disab")) return "disabled";
        if (has(text, "expire")) return "expired";
        if (has(text, "password", "credential")) return WRONG_PASSWORD;
        return "other";
    }

    private static boolean has(String text, String... words) {
        for (var word : words) if (text.contains(word)) return true;
        return false;
    }
}
