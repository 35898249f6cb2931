package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/** What an incident turned out to be; mandatory when it is resolved. */
public enum Disposition {
    TRUE_POSITIVE,
    BENIGN_TRUE_POSITIVE,
    FALSE_POSITIVE_LOGIC,
    FALSE_POSITIVE_DATA,
    UNDETERMINED;

    /** Reads it as programs write it, in either case. */
    @JsonCreator
    public static Disposition of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
