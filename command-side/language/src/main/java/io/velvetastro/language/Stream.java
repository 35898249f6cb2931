package io.velvetastro.language;

/** The three streams of the event store, read apart so that a decision never waits behind a flood of logins. */
public enum Stream {
    /** What customers' systems report: plain events, by far the most. */
    TELEMETRY,
    /** What our engines make of it, and the rules they judged by: plain events. */
    FINDINGS,
    /** What was decided: the events of aggregates. */
    DECISIONS;

    /** Which stream a kind of event belongs to. */
    public static Stream of(Class<?> payloadType) {
        if (Telemetry.class.isAssignableFrom(payloadType)) return TELEMETRY;
        boolean found = payloadType == FindingRaised.class || payloadType == RuleRecorded.class;
        return found ? FINDINGS : DECISIONS;
    }
}
