package io.velvetastro.ledger;

import static java.util.Objects.requireNonNull;

import io.velvetastro.ledger.NotProven.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides about a bundle with nothing but the bundle and its own trust: a report of what is proven, or {@link NotProven}. */
public final class Verifier {
    private final Trust trust;
    private final Parcel bundle;
    private final SortedMap<Long, CensusProof> censuses = new TreeMap<>();
    private final Map<Long, Stretch> stretches = new HashMap<>();
    /** The leaves that name the id that was counted. */
    private final SortedMap<Long, Hash> naming = new TreeMap<>();
    /** What the organisation's log was at sizes from which it is shown to have only grown. */
    private final SortedMap<Long, Hash> roots = new TreeMap<>();

    private final SortedMap<Long, Finding> findings = new TreeMap<>();
    /** By their SHA-256. */
    private final Map<String, RuleText> rules = new HashMap<>();
    /** The leaves that say that a month has ended. */
    private final SortedMap<Long, Expiry> ended = new TreeMap<>();

    private Verifier(Trust trust, Parcel bundle) {
        this.trust = trust;
        this.bundle = bundle;
    }

    public static Report verify(Bundle bundle, Trust trust) throws IOException {
        return verify((Parcel) bundle, trust);
    }

    static Report verify(Parcel parcel, Trust trust) throws IOException {
        return new Verifier(trust, parcel).verify();
    }

    private Report verify() throws IOException {
        int version = Bundle.version(bundle);
        var signed = bundle.read(Bundle.CHECKPOINT);
        var note = inside(Bundle.CHECKPOINT, () -> Note.parse(signed));
        var checkpoint = inside(Bundle.CHECKPOINT, () -> Checkpoint.trusted(note, trust.origin(), trust.logs()));
        var seen = inside(Bundle.CHECKPOINT, () -> cosigned(note));
        if (bundle.leaves().isEmpty()) throw new NotProven(Reason.MISSING, "bundle", "at least one event", "none");
        for (var index : bundle.disclosed())
            if (!bundle.leaves().contains(index))
                throw new NotProven(Reason.MISSING, Bundle.disclosed(index), "its event", "no such event");
        for (var index : bundle.censuses()) {
            var text = bundle.read(Bundle.census(index));
            censuses.put(index, inside(Bundle.census(index), () -> CensusProof.parse(text)));
        }
        var events = new ArrayList<Report.Proven>();
        Anchor anchor = null;
        for (var index : bundle.leaves()) {
            var event = event(index, note, checkpoint);
            if (anchor != null && !event.anchor().equals(anchor)) {
                throw new NotProven(Reason.CONTRADICTED, Bundle.proof(index), anchor, event.anchor());
            }
            anchor = event.anchor();
            events.add(event.proven());
        }
        var common = requireNonNull(anchor);
        roots.put(common.size(), common.root());
        return new Report(
                trust,
                version,
                checkpoint,
                common,
                events,
                seen,
                own(version, common),
                existed(common),
                roots,
                since(checkpoint, common),
                complete(),
                ended,
                doubts(version, common),
                judged(events));
    }

    /** By what each finding was judged: a text is the one it names only if it has the hash that stands in its leaf. */
    private List<Judged> judged(List<Report.Proven> events) {
        var here = events.stream().map(Report.Proven::eventId).collect(Collectors.toSet());
        return findings.entrySet().stream()
                .map(entry -> {
                    var finding = entry.getValue();
                    return new Judged(
                            entry.getKey(),
                            finding.id(),
                            finding.series(),
                            finding.words(),
                            finding.ruleHash(),
                            finding.ruleHash() == null ? null : rules.get(finding.ruleHash()),
                            finding.count(),
                            finding.evidence().size(),
                            finding.evidence().stream()
                                    .filter(id -> !here.contains(id))
                                    .toList());
                })
                .toList();
    }

    /** What the house doubts; bundles of the first version cannot say. As long as it has to be: where somebody has changed thousands of events, there are thousands. */
    private @Nullable KnownDoubts doubts(int version, Anchor anchor) throws IOException {
        if (version == 1) return null;
        var signed = bundle.read(Bundle.DOUBTS);
        return inside(Bundle.DOUBTS, () -> {
            var doubts = KnownDoubts.trusted(Note.parse(Text.utf8(signed, "note")), trust.logs());
            require("log", anchor.log(), doubts.log());
            require("size", anchor.size(), doubts.size());
            return doubts;
        });
    }

    /** When each pinned witness saw the organisation's own log at the root to which everything leads; nothing in bundles of the first version. */
    private Map<String, Instant> own(int version, Anchor anchor) throws IOException {
        if (version == 1) {
            if (bundle.has(Bundle.LOG_CHECKPOINT)
                    || bundle.has(Bundle.DOUBTS)
                    || !bundle.seen().isEmpty())
                throw new NotProven(Reason.MISSING, "bundle", Bundle.FORMAT, "only what later versions have");
            return Map.of();
        }
        var signed = bundle.read(Bundle.LOG_CHECKPOINT);
        return inside(Bundle.LOG_CHECKPOINT, () -> {
            var note = Note.parse(signed);
            var origin = Origin.of(trust.origin(), anchor.log());
            var own = Checkpoint.trusted(note, origin, Origin.named(trust.logs(), origin));
            require("size", anchor.size(), own.size());
            require("root", anchor.root(), own.root());
            return cosigned(note);
        });
    }

    /** By when the log's first leaves had been seen by every pinned witness, for each earlier state that is here. */
    private SortedMap<Long, Instant> existed(Anchor anchor) throws IOException {
        var times = new TreeMap<Long, Instant>();
        for (long size : bundle.seen()) {
            var text = bundle.read(Bundle.seen(size));
            var consistency = bundle.read(Bundle.seenConsistency(size));
            var then = inside(Bundle.seen(size), () -> earlier(text, size, anchor.log()));
            inside(
                    Bundle.seenConsistency(size),
                    () -> connect(consistency, size, then.root(), anchor.size(), anchor.root()));
            begins(Bundle.seen(size), then);
            inside(Bundle.seen(size), () -> lastSeen(TlogProof.parse(text).checkpoint()))
                    .ifPresent(seen -> times.put(size, seen));
        }
        return times;
    }

    private void begins(String file, Anchor earlier) {
        var known = roots.putIfAbsent(earlier.size(), earlier.root());
        if (known != null && !known.equals(earlier.root()))
            throw new NotProven(Reason.INCONSISTENT, file, known, earlier.root());
    }

    private Anchor earlier(byte[] text, long size, String log) {
        var proof = exactly(text);
        var anchor = Anchor.decoded(proof.extra());
        require("log", log, anchor.log());
        require("size", size, anchor.size());
        proof.verify(anchor.hash(), Checkpoint.trusted(proof.checkpoint(), trust.origin(), trust.logs()));
        return anchor;
    }

    private Optional<Instant> lastSeen(Note note) {
        return cosigned(note).values().stream().max(Comparator.naturalOrder());
    }

    private static TlogProof exactly(byte[] text) {
        var parsed = TlogProof.parse(text);
        if (!Arrays.equals(parsed.bytes(), text))
            throw new NotProven(Reason.MALFORMED, "tlog-proof", "its only spelling", "another");
        return parsed;
    }

    /** Whether the censuses, end to end, counted what is here and nothing else. */
    private Report.@Nullable Complete complete() {
        if (censuses.isEmpty()) return null;
        var id = censuses.values().iterator().next().id();
        long from = -1;
        long to = -1;
        long events = 0;
        for (var census : censuses.entrySet()) {
            var stretch = stretches.get(census.getKey());
            var file = Bundle.census(census.getKey());
            if (stretch == null)
                throw new NotProven(Reason.MISSING, file, "the event that records this census", "no such event");
            if (from < 0) {
                from = stretch.from();
                to = stretch.from();
            }
            long next = to;
            events += inside(file, () -> {
                require("id", id, census.getValue().id());
                require("first leaf of the census", next, stretch.from());
                if (stretch.to() < stretch.from() || stretch.to() > census.getKey())
                    throw new NotProven(Reason.CONTRADICTED, "census", "leaves before its own", stretch.to());
                return counted(census.getValue().verify(stretch), stretch);
            });
            to = stretch.to();
        }
        return new Report.Complete(id, from, to, events);
    }

    private long counted(Census.Entry expected, Stretch stretch) {
        var found = Census.count(
                expected.id(), naming.subMap(stretch.from(), stretch.to()).entrySet());
        if (!found.equals(expected))
            throw new NotProven(
                    Reason.INCOMPLETE,
                    "leaves " + stretch.from() + " to " + (stretch.to() - 1),
                    expected.count() + " events that name " + expected.id(),
                    found.count() == expected.count() ? "as many, but others" : found.count());
        return found.count();
    }

    private void count(long index, Leaf leaf, Hash hash) {
        if (censuses.containsKey(index)) Stretch.of(leaf).ifPresent(stretch -> stretches.put(index, stretch));
        if (!censuses.isEmpty()
                && Census.names(leaf, censuses.values().iterator().next().id())) naming.put(index, hash);
    }

    private Map<String, Instant> cosigned(Note note) {
        var seen = new LinkedHashMap<String, Instant>();
        for (var witness : trust.witnesses()) seen.put(witness.name(), Cosignature.require(note, witness));
        return seen;
    }

    private record Event(Report.Proven proven, Anchor anchor) {}

    private Event event(long index, Note note, Checkpoint checkpoint) throws IOException {
        var payload = bundle.read(Bundle.payload(index));
        var envelope = bundle.read(Bundle.envelope(index));
        var proofText = bundle.read(Bundle.proof(index));
        var leaf = inside(Bundle.envelope(index), () -> Envelope.read(envelope, payload));
        var disclosed = disclosed(index, payload);
        return inside(Bundle.proof(index), () -> {
            var parsed = exactly(proofText);
            if (!parsed.checkpoint().toString().equals(note.toString())) {
                throw new NotProven(Reason.CONTRADICTED, "checkpoint", "the bundle's own", "another");
            }
            var proof = EventProof.of(parsed, checkpoint.size());
            require("leaf index", index, proof.path().proof().index());
            require("log", leaf.log(), proof.path().log());
            var hash = leaf.hash();
            var anchor = proof.verify(hash, checkpoint);
            count(index, leaf, hash);
            Expiry.of(leaf).ifPresent(end -> ended.put(index, end));
            Finding.of(leaf).ifPresent(finding -> findings.put(index, finding));
            RuleText.of(index, leaf).ifPresent(rule -> rules.putIfAbsent(rule.sha256(), rule));
            return new Event(Report.Proven.of(index, leaf, hash, disclosed), anchor);
        });
    }

    private List<Disclosure.Shown> disclosed(long index, byte[] payload) throws IOException {
        if (!bundle.disclosed().contains(index)) return List.of();
        var text = bundle.read(Bundle.disclosed(index));
        return inside(Bundle.disclosed(index), () -> {
            var disclosure = Disclosure.parse(text);
            disclosure.requireIn(payload);
            return disclosure.shown();
        });
    }

    private Report.@Nullable Since since(Checkpoint checkpoint, Anchor anchor) throws IOException {
        if (!bundle.has(Bundle.PREVIOUS_CHECKPOINT)) {
            for (var part : List.of(Bundle.PREVIOUS_ANCHOR, Bundle.PLATFORM_CONSISTENCY, Bundle.LOG_CONSISTENCY)) {
                if (bundle.has(part))
                    throw new NotProven(Reason.MISSING, "bundle", Bundle.PREVIOUS_CHECKPOINT, "only " + part);
            }
            return null;
        }
        var signed = bundle.read(Bundle.PREVIOUS_CHECKPOINT);
        var anchorText = bundle.read(Bundle.PREVIOUS_ANCHOR);
        var platformText = bundle.read(Bundle.PLATFORM_CONSISTENCY);
        var logText = bundle.read(Bundle.LOG_CONSISTENCY);
        var earlier = inside(
                Bundle.PREVIOUS_CHECKPOINT, () -> Checkpoint.trusted(Note.parse(signed), trust.origin(), trust.logs()));
        var earlierAnchor = inside(Bundle.PREVIOUS_ANCHOR, () -> {
            var proof = TlogProof.parse(anchorText);
            if (!Arrays.equals(
                    proof.checkpoint().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), signed)) {
                throw new NotProven(Reason.CONTRADICTED, "checkpoint", "the previous one", "another");
            }
            var claimed = Anchor.decoded(proof.extra());
            require("log", anchor.log(), claimed.log());
            proof.verify(claimed.hash(), earlier);
            return claimed;
        });
        inside(
                Bundle.PLATFORM_CONSISTENCY,
                () -> connect(platformText, earlier.size(), earlier.root(), checkpoint.size(), checkpoint.root()));
        inside(
                Bundle.LOG_CONSISTENCY,
                () -> connect(logText, earlierAnchor.size(), earlierAnchor.root(), anchor.size(), anchor.root()));
        begins(Bundle.PREVIOUS_ANCHOR, earlierAnchor);
        return new Report.Since(earlier.size(), earlierAnchor.size());
    }

    private static ConsistencyProof connect(byte[] text, long from, Hash older, long size, Hash newer) {
        var proof = ConsistencyProof.parse(Text.utf8(text, "consistency proof"));
        require("earlier size", from, proof.from());
        require("size", size, proof.size());
        proof.verify(older, newer);
        return proof;
    }

    private static void require(String where, Object expected, Object found) {
        if (!expected.equals(found)) throw new NotProven(Reason.CONTRADICTED, where, expected, found);
    }

    @FunctionalInterface
    private interface Step<T> {
        T take();
    }

    /** Names the file in which something was found. */
    private static <T> T inside(String file, Step<T> step) {
        try {
            return step.take();
        } catch (NotProven notProven) {
            throw notProven.in(file);
        }
    }
}
