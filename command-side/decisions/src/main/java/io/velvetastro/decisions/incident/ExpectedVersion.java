package io.velvetastro.decisions.incident;

import org.jspecify.annotations.Nullable;

/** The version of an incident a caller has seen, from If-Match to the aggregate; it travels beside the command, because most callers have none. */
final class ExpectedVersion {
    static final String KEY = "expectedVersion";

    private ExpectedVersion() {}

    /** Reads an entity tag such as {@code "7"} or {@code W/"7"}; absent or {@code *} expects nothing. */
    static @Nullable Long of(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) return null;
        var text = ifMatch.replaceFirst("^W/", "").replace("\"", "");
        if (!text.matches("\\d{1,18}")) throw new IllegalArgumentException("not a version");
        return Long.valueOf(text);
    }
}
