package io.velvetastro.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle has proven, and what nobody should believe it has.
 *
 * @param format of which version the bundle is
 * @param witnessed when each pinned witness saw the platform's log as it is here
 * @param own when each pinned witness saw the organisation's own log as it is here; nothing in bundles of the first version
 * @param existed by when the first so many leaves of the log had been seen by all of them
 * @param judged the findings among them, and by what they were judged
 * @param roots the organisation's log at every size at which it was shown to be a beginning of what it is here
 */
public record Report(
        Trust trust,
        int format,
        Checkpoint checkpoint,
        Anchor anchor,
        List<Proven> events,
        Map<String, Instant> witnessed,
        Map<String, Instant> own,
        SortedMap<Long, Instant> existed,
        SortedMap<Long, Hash> roots,
        @Nullable Since since,
        @Nullable Complete complete,
        SortedMap<Long, Expiry> ended,
        @Nullable KnownDoubts doubts,
        List<Judged> judged) {

    private static final int MOST_STRETCHES = 3;
    private static final int MOST_LATE = 3;
    /** So long after an event says it was recorded a witness may have seen it and nobody wonders. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** One event whose every stored byte leads to the signed checkpoint. */
    public record Proven(
            long index,
            String eventId,
            String type,
            Instant recorded,
            Metadata metadata,
            int bytes,
            Hash leaf,
            List<Disclosure.Shown> disclosed,
            boolean isSealed) {
        static Proven of(long index, Leaf leaf, Hash hash, List<Disclosure.Shown> disclosed) {
            return new Proven(
                    index,
                    leaf.eventId(),
                    leaf.payloadType(),
                    Instant.ofEpochMilli(leaf.recordedMillis()),
                    leaf.metadata(),
                    leaf.payload().length,
                    hash,
                    disclosed,
                    Expiry.isSealed(leaf.payloadType(), leaf.payload()));
        }

        String month() {
            var occurred = metadata.entries().get("occurredAt");
            return occurred == null ? "" : Expiry.month(occurred.content());
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
        // A log can hold an event twice: somebody has copied its row. One leaf that fits is all that was promised.
        var here = events.stream().collect(Collectors.groupingBy(Proven::eventId));
        var missing = new ArrayList<String>();
        for (var promised : receipt.events()) {
            var found = here.get(promised.eventId());
            if (found == null) missing.add(promised.eventId());
            else if (found.stream().noneMatch(event -> event.leaf().equals(promised.leaf())))
                throw new NotProven(
                        NotProven.Reason.CONTRADICTED,
                        "receipt for " + promised.eventId(),
                        promised.leaf(),
                        found.getFirst().leaf() + " at leaf " + found.getFirst().index());
        }
        return missing;
    }

    /**
     * Holds this against evidence of the same log that somebody has kept.
     *
     * @throws NotProven when the two contradict each other, and when this is not shown to begin with that
     */
    public void requireFollows(Report kept) {
        if (!anchor.log().equals(kept.anchor.log()))
            throw new NotProven(NotProven.Reason.CONTRADICTED, "log", kept.anchor.log(), anchor.log());
        var known = kept.events.stream().collect(Collectors.toMap(Proven::index, Proven::leaf));
        for (var event : events) {
            var before = known.getOrDefault(event.index(), event.leaf());
            if (!before.equals(event.leaf()))
                throw new NotProven(NotProven.Reason.INCONSISTENT, "leaf " + event.index(), before, event.leaf());
        }
        long size = kept.anchor.size();
        if (size > anchor.size())
            throw new NotProven(NotProven.Reason.OLDER, "log", "at least " + size + " leaves", anchor.size());
        var root = roots.get(size);
        if (root == null)
            throw new NotProven(
                    NotProven.Reason.MISSING,
                    "bundle",
                    "a proof back to the log's first " + size + " leaves: ask for a bundle with \"since\": " + size,
                    "proofs back to " + roots.keySet());
        if (!root.equals(kept.anchor.root()))
            throw new NotProven(
                    NotProven.Reason.INCONSISTENT, "the first " + size + " leaves", kept.anchor.root(), root);
    }

    /** The earlier sizes that this state was shown to contain unchanged. */
    public record Since(long platformSize, long logSize) {}

    /** That among the leaves from one index up to another only these many name this id, and all of them are here. */
    public record Complete(String id, long from, long to, long events) {}

    /** Whether nothing that names this id was left out, from the first leaf on up to the last that was counted. */
    public boolean isComplete(String id) {
        return complete != null && complete.id().equals(id) && complete.from() == 0;
    }

    /** How many of the log's newest leaves no census here has counted: among them may be anything. */
    public long uncounted() {
        return anchor.size() - (complete == null ? 0 : complete.to());
    }

    /** By when an event was there: when all pinned witnesses had seen the earliest state here that has it. Empty where none was pinned. */
    public Optional<Instant> existedBy(Proven event) {
        return Stream.concat(existed.tailMap(event.index() + 1).values().stream(), atTheLatest())
                .min(Comparator.naturalOrder());
    }

    private Stream<Instant> atTheLatest() {
        return witnessed.values().stream().max(Comparator.naturalOrder()).stream();
    }

    private Duration late(Proven event) {
        return existedBy(event)
                .map(by -> Duration.between(event.recorded(), by))
                .orElse(Duration.ZERO);
    }

    /** When what is sealed in an event could no longer be opened by anybody, as an end of its month among these events says. */
    public Optional<Instant> expired(Proven event) {
        if (!event.isSealed()) return Optional.empty();
        return ended.tailMap(event.index() + 1).values().stream()
                .filter(end -> end.month().equals(event.month()))
                .map(Expiry::at)
                .findFirst();
    }

    /** When the house noticed that this event was not what had been stored when the log took it, if it did. */
    public Optional<Instant> doubted(Proven event) {
        return doubts == null
                ? Optional.empty()
                : Optional.ofNullable(doubts.leaves().get(event.index()));
    }

    /** In one line; whoever reads no further must not take what is doubted for what is not. */
    public String verdict() {
        if (countDoubted() > 0) return "PROVEN, BUT DOUBTED";
        return doubts == null ? "PROVEN, BUT SILENT ABOUT DOUBTS" : "PROVEN";
    }

    /** Whether the house has said, under its key, that it doubts none of these events. */
    public boolean isBeyondDoubt() {
        return doubts != null && countDoubted() == 0;
    }

    private long countDoubted() {
        return events.stream().filter(event -> doubted(event).isPresent()).count();
    }

    /** The stretches of neighbouring leaves, each by its first and its last. */
    List<long[]> stretches() {
        var stretches = new ArrayList<long[]>();
        for (var event : events) {
            if (!stretches.isEmpty() && stretches.getLast()[1] == event.index() - 1)
                stretches.getLast()[1]++;
            else stretches.add(new long[] {event.index(), event.index()});
        }
        return stretches;
    }

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
        own.forEach((witness, seen) -> lines.add("The witness " + witness + " saw this organisation's own log too, at "
                + seen + ", and cosigns only what contains all it saw of that log before."));
        if (!existed.isEmpty())
            lines.add(
                    "Each event existed by the time that stands beside it: every witness you pinned had then seen a root over it.");
        if (countDoubted() > 0)
            lines.add("DOUBTED by the house itself: " + countDoubted() + " of these events, marked below.");
        else if (doubts != null)
            lines.add("The house had no doubt about any of them when its log took them, and has signed that.");
        long shown =
                events.stream().filter(event -> !event.disclosed().isEmpty()).count();
        if (shown > 0) {
            lines.add("The values shown of " + shown + (shown == 1 ? " event are" : " events are")
                    + " those that were sealed in them; what is not shown stays sealed.");
        }
        stretches().stream()
                .filter(stretch -> stretch[1] > stretch[0])
                .sorted(Comparator.comparingLong((long[] stretch) -> stretch[0] - stretch[1]))
                .limit(MOST_STRETCHES)
                .forEach(stretch -> lines.add("Leaves " + stretch[0] + " to " + stretch[1]
                        + " are all there: nothing between them was left out."));
        long expired =
                events.stream().filter(event -> expired(event).isPresent()).count();
        if (expired > 0) {
            lines.add(
                    "What is sealed in " + expired + (expired == 1 ? " event has" : " events has")
                            + " expired: the log says when the key of the month was destroyed, and nobody can open it. The bytes are as they were.");
        }
        judgedProven(lines);
        if (complete != null) {
            lines.add("Among leaves " + complete.from() + " to " + (complete.to() - 1) + " exactly " + complete.events()
                    + (complete.events() == 1 ? " event names " : " events name ") + complete.id()
                    + ", and all are here: so the log itself had counted them.");
        }
        if (since != null) {
            lines.add("Nothing was rewritten since the earlier state of " + since.logSize() + " leaves (platform log "
                    + since.platformSize() + ").");
        }
        return lines;
    }

    private void judgedProven(List<String> lines) {
        judged.stream()
                .filter(finding -> finding.text() != null)
                .collect(Collectors.groupingBy(Judged::text, LinkedHashMap::new, Collectors.toList()))
                .forEach((text, by) ->
                        lines.add("Judged by rule " + by.getFirst().rule() + ": "
                                + (by.size() == 1 ? "1 finding" : by.size() + " findings")
                                + ". The text of the rule is leaf " + text.leaf()
                                + " and has the SHA-256 that is named there, " + text.sha256() + "."));
        long whole =
                judged.stream().filter(finding -> finding.absent().isEmpty()).count();
        if (whole > 0)
            lines.add("Of " + whole + (whole == 1 ? " finding" : " findings")
                    + " every event that is named as evidence is here.");
    }

    private void judgedNotProven(List<String> lines) {
        judged.stream()
                .filter(finding -> finding.text() == null)
                .collect(Collectors.groupingBy(
                        finding ->
                                finding.rule() + (finding.ruleHash() == null ? "" : ", SHA-256 " + finding.ruleHash()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((rule, by) -> lines.add("What rule " + rule + " says, by which leaf "
                        + by.getFirst().leaf() + (by.size() == 1 ? "" : " and " + (by.size() - 1) + " more")
                        + " was judged: "
                        + (by.getFirst().ruleHash() == null
                                ? "it was recorded before findings named the text."
                                : "the text is not in this bundle.")));
        long partly =
                judged.stream().filter(finding -> !finding.absent().isEmpty()).count();
        if (partly > 0)
            lines.add("On what " + partly + (partly == 1 ? " finding" : " findings")
                    + " rests: events that are named as evidence are not in this bundle.");
        long many = judged.stream()
                .filter(finding -> finding.count() > finding.named())
                .count();
        if (many > 0)
            lines.add("Every event that " + many + (many == 1 ? " finding" : " findings")
                    + " counted: of very many the first and the latest are named.");
        if (!judged.isEmpty())
            lines.add(
                    "That the program did with a rule's text what the text says: that it was this text is shown, the run is not.");
    }

    private void late(List<String> lines) {
        lines.add(
                "That an event was recorded when it says: that time is the log's own word. What is shown is by when it existed.");
        var late = events.stream()
                .filter(event -> late(event).compareTo(SOON) > 0)
                .sorted(Comparator.comparing((Proven event) -> late(event)).reversed())
                .toList();
        late.stream()
                .limit(MOST_LATE)
                .forEach(event -> lines.add("That leaf " + event.index() + " was recorded at " + event.recorded()
                        + ", as it says: nothing here shows that it existed before "
                        + existedBy(event).orElseThrow() + "."));
        if (late.size() > MOST_LATE)
            lines.add("The same of " + (late.size() - MOST_LATE)
                    + " more events, which say that they are more than a minute older than is shown.");
    }

    public List<String> notProven() {
        var lines = new ArrayList<String>();
        if (witnessed.isEmpty()) {
            lines.add(
                    "When this was recorded: no witness was pinned (--witness), so the times are the log's own word, and whoever holds its key could have signed another history.");
        } else {
            lines.add("That administrator, log key and every pinned witness did not act together.");
            if (format == 1) {
                lines.add(
                        "That this organisation's own log was not rewritten: the bundle is of the first version, in which a witness saw the platform's log only. Whoever had the database and the log's key could give one organisation another past. Ask for a new bundle.");
            } else {
                lines.add("What this organisation's log was before each witness saw it first.");
            }
            late(lines);
        }
        if (doubts == null)
            lines.add("That the house has no doubt about these events: this does not say whether it has.");
        else if (countDoubted() > 0)
            lines.add(
                    "That the doubted events are what was reported: they were changed, or put there later, before the log took them.");
        judgedNotProven(lines);
        lines.add("That the organisation has no second log under another name: hold " + anchor.log()
                + " against the name you were told before (--log).");
        if (complete != null) {
            lines.add("That the log counted truly when it counted; it could not know who would ask.");
            if (uncounted() > 0)
                lines.add("Events behind leaf " + (complete.to() - 1) + ", the last " + uncounted()
                        + " of the log's leaves: no count of them is in this bundle.");
            if (complete.from() > 0) lines.add("Events before leaf " + complete.from() + ": no count of them is here.");
        } else if (!isUnbroken()) {
            lines.add("That there are no further events: only these leaves were looked at.");
        }
        if (since == null)
            lines.add("That earlier bundles agree with this one: it carries no proof back to an earlier state.");
        lines.add("That what was reported to us was true: the ledger keeps what was said, unchanged.");
        lines.add("Anything recorded after this checkpoint, and anything in about.txt.");
        return lines;
    }
}
