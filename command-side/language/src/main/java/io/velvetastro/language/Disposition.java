package io.velvetastro.language;

/** What an incident turned out to be; mandatory when it is resolved. */
public enum Disposition {
    TRUE_POSITIVE,
    BENIGN_TRUE_POSITIVE,
    FALSE_POSITIVE_LOGIC,
    FALSE_POSITIVE_DATA,
    UNDETERMINED
}
