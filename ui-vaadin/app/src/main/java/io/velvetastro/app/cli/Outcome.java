package io.velvetastro.app.cli;

import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What became of the lines that were sent. */
record Outcome(long accepted, long duplicates, long skipped, long rejected) {
    private static final int SHOWN_REJECTIONS = 10;

    static Outcome of(JsonNode answer) {
        return new Outcome(
                answer.path("accepted").asLong(0),
                answer.path("duplicates").asLong(0),
                answer.path("skipped").asLong(0),
                answer.path("rejectedTotal").asLong(0));
    }

    Outcome plus(Outcome other) {
        return new Outcome(
                accepted + other.accepted,
                duplicates + other.duplicates,
                skipped + other.skipped,
                rejected + other.rejected);
    }

    boolean isNothingButRejections() {
        return rejected > 0 && accepted + duplicates + skipped == 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d accepted, %,d already known, %,d skipped, %,d rejected",
                accepted,
                duplicates,
                skipped,
                rejected);
    }

    /** The first rejections by line and field, as a person would look them up. */
    static void explainRejections(JsonNode answer, PrintStream out) {
        var shown = 0;
        for (var rejection : answer.path("rejected")) {
            if (shown++ == SHOWN_REJECTIONS) break;
            out.printf(
                    "  line %d, %s: %s%n",
                    rejection.path("index").asLong(0) + 1,
                    Inert.text(rejection.path("field").asString("whole line")),
                    Inert.text(rejection.path("detail").asString("")));
        }
        var total = answer.path("rejectedTotal").asLong(0);
        if (total > SHOWN_REJECTIONS) {
            out.printf(
                    "  … and %,d more: GET /api/v1/monitor/imports/%s/rejected%n",
                    total - SHOWN_REJECTIONS, Inert.text(answer.path("importId").asString("")));
        }
    }
}
