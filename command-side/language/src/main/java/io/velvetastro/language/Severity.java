package io.velvetastro.language;

/** How much a finding or an incident matters, from least to most; the order is used in comparisons. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    public Severity atLeast(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
