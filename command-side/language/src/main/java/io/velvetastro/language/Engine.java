package io.velvetastro.language;

/** Who found something: our engines, or another tool whose alert we took in. */
public enum Engine {
    STATISTICS,
    HEURISTICS,
    DECEPTION,
    FINGERPRINT,
    INTELLIGENCE,
    CHAIN,
    EXTERNAL
}
