package io.velvetastro.views.web;

import io.velvetastro.views.Clean;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people type to search with. */
public final class Words {
    private Words() {}

    /** A lower-case pattern (escape {@code \}) for texts that contain these; their own wildcards mean themselves. Null when there is nothing to look for. */
    public static @Nullable String contained(@Nullable String text) {
        if (text == null || text.isBlank()) return null;
        var plain = Clean.text(text.strip()).toLowerCase(Locale.ROOT);
        return "%" + plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
