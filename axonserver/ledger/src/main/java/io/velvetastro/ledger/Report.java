package io.velvetastro.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a bundle has proven, and what nobody should believe it has. */
public record Report(
        Trust trust,
        Checkpoint checkpoint,
        Anchor anchor,
        List<Proven> events,
        Map<String, Instant> witnessed,
        @Nullable Since since) {

    /** One event whose every stored byte leads to the signed checkpoint. */
    public record Proven(
            long index, String eventId, String type, Instant recorded, Metadata metadata, int bytes, Hash leaf) {
        static Proven of(long index, Leaf leaf, Hash hash) {
            return new Proven(
                    index,
                    leaf.eventId(),
                    leaf.payloadType(),
                    Instant.ofEpochMilli(leaf.recordedMillis()),
                    leaf.metadata(),
                    leaf.payload().length,
                    hash);
        }
    }

    /**
     * Holds a receipt against these events.
     *
     * @return the ids that were promised and are not among them
     * @throws NotProven when one of them is another event than was promised
     */
    public List<String> missingOf(Receipt receipt) {
        if (!receipt.log().equals(anchor.log()))
            throw new NotProven(NotProven.Reason.CONTRADICTED, "receipt", anchor.log(), receipt.log());
        var here = events.stream().collect(Collectors.toMap(Proven::eventId, Function.identity()));
        var missing = new ArrayList<String>();
        for (var promised : receipt.events()) {
            var found = here.get(promised.eventId());
            if (found == null) missing.add(promised.eventId());
            else if (!found.leaf().equals(promised.leaf()))
                throw new NotProven(
                        NotProven.Reason.CONTRADICTED,
                        "receipt for " + promised.eventId(),
                        promised.leaf(),
                        found.leaf() + " at leaf " + found.index());
        }
        return missing;
    }

    /** The earlier sizes that this state was shown to contain unchanged. */
    public record Since(long platformSize, long logSize) {}

    /** Whether the events stand next to each other in the log, so that none between them can have been left out. */
    public boolean isUnbroken() {
        return events.getLast().index() - events.getFirst().index() == events.size() - 1;
    }

    public List<String> proven() {
        var lines = new ArrayList<String>();
        lines.add(events.size() + (events.size() == 1 ? " event is" : " events are")
                + " byte for byte what stood in log " + anchor.log() + " when it had " + anchor.size() + " leaves.");
        lines.add("That log's root stood in the platform log \"" + checkpoint.origin() + "\" of " + checkpoint.size()
                + " leaves, signed by the key you pinned.");
        witnessed.forEach((witness, seen) ->
                lines.add("The witness " + witness + " saw that state at " + seen + ": all of this existed by then."));
        if (isUnbroken() && events.size() > 1) {
            lines.add("Leaves " + events.getFirst().index() + " to "
                    + events.getLast().index() + " are all there: nothing between them was left out.");
        }
        if (since != null) {
            lines.add("Nothing was rewritten since the earlier state of " + since.logSize() + " leaves (platform log "
                    + since.platformSize() + ").");
        }
        return lines;
    }

    public List<String> notProven() {
        var lines = new ArrayList<String>();
        if (witnessed.isEmpty()) {
            lines.add(
                    "When this was recorded: no witness was pinned (--witness), so the times are the log's own word, and whoever holds its key could have signed another history.");
        } else {
            lines.add("That administrator, log key and every pinned witness did not act together.");
        }
        if (!isUnbroken()) lines.add("That there are no further events: only these leaves were looked at.");
        if (since == null)
            lines.add("That earlier bundles agree with this one: it carries no proof back to an earlier state.");
        lines.add("That what was reported to us was true: the ledger keeps what was said, unchanged.");
        lines.add("Anything recorded after this checkpoint, and anything in about.txt.");
        return lines;
    }
}
