package io.velvetastro.decisions.telemetry;

/** Ends the reading of one piece; without a stack because hostile input raises millions. */
final class BadField extends RuntimeException {
    private final transient Parsed.Bad bad;

    BadField(String field, String detail) {
        super(detail, null, false, false);
        bad = new Parsed.Bad(field, detail);
    }

    Parsed.Bad bad() {
        return bad;
    }
}
