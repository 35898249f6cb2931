package io.velvetastro.views.web;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of closed lists as the API says them: lower case with underscores, such as {@code needs_you} or {@code command_and_control}. */
public final class Plain {
    private Plain() {}

    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable String wordOrNull(@Nullable Enum<?> value) {
        return value == null ? null : word(value);
    }

    public static List<String> words(Collection<? extends Enum<?>> values) {
        return values.stream().map(Plain::word).toList();
    }
}
