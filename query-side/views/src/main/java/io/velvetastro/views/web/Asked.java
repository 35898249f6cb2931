package io.velvetastro.views.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a request into values; what cannot be read is refused by its name. */
public final class Asked {
    private static final int LONGEST = 500;

    private Asked() {}

    /** An RFC 3339 time. */
    public static @Nullable Instant time(String field, @Nullable String text) {
        if (text == null || text.isBlank()) return null;
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Unreadable(field, "is not an RFC 3339 time");
        }
    }

    public static @Nullable UUID id(String field, @Nullable String text) {
        if (text == null || text.isBlank()) return null;
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException unreadable) {
            throw new Unreadable(field, "is not a UUID");
        }
    }

    public static @Nullable String text(String field, @Nullable String text) {
        if (text == null || text.isBlank()) return null;
        if (text.length() > LONGEST) throw new Unreadable(field, "is longer than " + LONGEST);
        return text.strip();
    }

    /** Names of a closed list in any case, several with commas or by repetition. */
    public static <E extends Enum<E>> Set<E> choices(String field, Class<E> type, @Nullable List<String> texts) {
        var chosen = EnumSet.noneOf(type);
        if (texts == null) return chosen;
        for (var text : texts)
            for (var word : text.split(",", -1)) if (!word.isBlank()) chosen.add(choice(field, type, word));
        return chosen;
    }

    public static <E extends Enum<E>> @Nullable E choiceOrNull(String field, Class<E> type, @Nullable String text) {
        return text == null || text.isBlank() ? null : choice(field, type, text);
    }

    private static <E extends Enum<E>> E choice(String field, Class<E> type, String text) {
        var name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Unreadable(
                        field,
                        "is none of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Plain::word)
                                        .collect(Collectors.joining(", "))));
    }
}
