package io.velvetastro.language;

/** What an organisation has subscribed to. */
public enum Plan {
    FREE,
    PRO,
    ENTERPRISE
}
