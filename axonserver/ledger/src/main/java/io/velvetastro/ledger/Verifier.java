package io.velvetastro.ledger;

import static java.util.Objects.requireNonNull;

import io.velvetastro.ledger.NotProven.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides about a bundle with nothing but the bundle and its own trust: a report of what is proven, or {@link NotProven}. */
public final class Verifier {
    private final Trust trust;
    private final Parcel bundle;

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
        var signed = bundle.read(Bundle.CHECKPOINT);
        var note = inside(Bundle.CHECKPOINT, () -> Note.parse(signed));
        var checkpoint = inside(Bundle.CHECKPOINT, () -> Checkpoint.trusted(note, trust.origin(), trust.log()));
        var seen = inside(Bundle.CHECKPOINT, () -> cosigned(note));
        if (bundle.leaves().isEmpty()) throw new NotProven(Reason.MISSING, "bundle", "at least one event", "none");
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
        return new Report(trust, checkpoint, common, events, seen, since(checkpoint, common));
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
        return inside(Bundle.proof(index), () -> {
            var parsed = TlogProof.parse(proofText);
            if (!Arrays.equals(parsed.bytes(), proofText))
                throw new NotProven(Reason.MALFORMED, "tlog-proof", "its only spelling", "another");
            if (!parsed.checkpoint().toString().equals(note.toString())) {
                throw new NotProven(Reason.CONTRADICTED, "checkpoint", "the bundle's own", "another");
            }
            var proof = EventProof.of(parsed, checkpoint.size());
            require("leaf index", index, proof.path().proof().index());
            require("log", leaf.log(), proof.path().log());
            var hash = leaf.hash();
            var anchor = proof.verify(hash, checkpoint);
            return new Event(Report.Proven.of(index, leaf, hash), anchor);
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
                Bundle.PREVIOUS_CHECKPOINT, () -> Checkpoint.trusted(Note.parse(signed), trust.origin(), trust.log()));
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
