package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.ledger.NotProven.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** One event with its proof, as it is shown to somebody: what a bundle of this one event would hold. */
public record SingleEvent(byte[] payload, byte[] envelope, byte[] proof) {
    public static SingleEvent of(Leaf leaf, EventProof proof) {
        return new SingleEvent(
                leaf.payload(), Envelope.write(leaf), proof.tlogProof().bytes());
    }

    /** The leaf that these bytes make. */
    public Leaf leaf() {
        return Envelope.read(envelope, payload);
    }

    /** How that leaf leads to the platform log, whatever it is worth before {@link #verify}. */
    public EventProof path() {
        var parsed = TlogProof.parse(proof);
        return EventProof.of(
                parsed, Checkpoint.parse(parsed.checkpoint().text()).size());
    }

    /** Decides by the same code as a bundle: a report, or {@link NotProven}. */
    public Report verify(Trust trust) {
        try {
            return Verifier.verify(new Files(), trust);
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing is read from a disk here", e);
        }
    }

    private final class Files implements Parcel {
        private final Map<String, byte[]> files;
        private final long index;

        Files() {
            var parsed = TlogProof.parse(proof);
            index = Anchor.Path.parse(Text.utf8(parsed.extra(), "anchor path"))
                    .proof()
                    .index();
            files = Map.of(
                    Bundle.CHECKPOINT,
                    parsed.checkpoint().toString().getBytes(UTF_8),
                    Bundle.payload(index),
                    payload,
                    Bundle.envelope(index),
                    envelope,
                    Bundle.proof(index),
                    proof);
        }

        @Override
        public SortedSet<Long> leaves() {
            return new TreeSet<>(List.of(index));
        }

        @Override
        public SortedSet<Long> censuses() {
            return new TreeSet<>();
        }

        @Override
        public SortedSet<Long> disclosed() {
            return new TreeSet<>();
        }

        @Override
        public SortedSet<Long> seen() {
            return new TreeSet<>();
        }

        @Override
        public boolean has(String name) {
            return files.containsKey(name);
        }

        @Override
        public byte[] read(String name) {
            var bytes = files.get(name);
            if (bytes == null) throw new NotProven(Reason.MISSING, "event", name, "no such part");
            return bytes;
        }
    }
}
