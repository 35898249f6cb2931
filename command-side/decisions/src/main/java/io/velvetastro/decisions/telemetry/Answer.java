package io.velvetastro.decisions.telemetry;

import java.util.List;
import java.util.UUID;

/** What became of each line of an import. {@code skipped} lines are valid and say nothing we keep; {@code rejected} holds the first thousand. */
record Answer(
        UUID importId, long accepted, long duplicates, long skipped, List<Rejection> rejected, long rejectedTotal) {

    /** A line that was not taken: {@code index} counts from 0, in CSV without the header. */
    record Rejection(long index, String field, String detail) {}
}
