package io.velvetastro.decisions.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/**
 * What became of each line of an import. {@code skipped} lines are valid and say nothing we keep; {@code rejected} holds the first thousand.
 *
 * @param receipts signed notes that name what is stored, for whoever asked for them
 */
record Answer(
        UUID importId,
        long accepted,
        long duplicates,
        long skipped,
        List<Rejection> rejected,
        long rejectedTotal,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> receipts) {
    Answer(UUID importId, long accepted, long duplicates, long skipped, List<Rejection> rejected, long rejectedTotal) {
        this(importId, accepted, duplicates, skipped, rejected, rejectedTotal, List.of());
    }

    Answer with(List<String> receipts) {
        return new Answer(importId, accepted, duplicates, skipped, rejected, rejectedTotal, receipts);
    }

    /** A line that was not taken: {@code index} counts from 0, in CSV without the header. */
    record Rejection(long index, String field, String detail) {}
}
