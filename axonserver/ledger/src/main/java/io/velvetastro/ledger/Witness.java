package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody else, with an own key and an own memory, who cosigns a checkpoint only when it contains every checkpoint before it. A log that rewrites its past needs this witness's help, however many log keys were stolen.
 */
public final class Witness {
    /** The last checkpoint cosigned, kept where the log cannot reach. */
    public interface Memory {
        Optional<Checkpoint> last();

        /** Durable when it returns: a witness that forgets can be shown two histories. */
        void remember(Checkpoint checkpoint);
    }

    private final SigningKey key;
    private final String origin;
    private final List<VerifierKey> logs;
    private final Memory memory;

    public Witness(SigningKey key, String origin, VerifierKey log, Memory memory) {
        this(key, origin, List.of(log), memory);
    }

    /**
     * A witness of one log.
     *
     * @param logs the log's keys: two while one succeeds the other
     */
    public Witness(SigningKey key, String origin, List<VerifierKey> logs, Memory memory) {
        if (key.verifier().kind() != VerifierKey.Kind.WITNESS) {
            throw new NotProven(Reason.MALFORMED, "witness key", "a witness's key", "a log's");
        }
        this.key = key;
        this.origin = origin;
        this.logs = List.copyOf(logs);
        this.memory = memory;
    }

    public VerifierKey verifier() {
        return key.verifier();
    }

    /** The checkpoint it saw last. */
    public Optional<Checkpoint> last() {
        return memory.last();
    }

    /** The size of the tree it saw last, from which it wants to see consistency; 0 at first. */
    public long seen() {
        return last().map(Checkpoint::size).orElse(0L);
    }

    /** What this note says, if one of the log's keys has signed it. */
    public Checkpoint trusted(Note note) {
        return Checkpoint.trusted(note, origin, logs);
    }

    /**
     * Cosigns a checkpoint.
     *
     * @param proof from the size it saw last; ignored when it has seen nothing yet
     */
    public synchronized Note.Line cosign(Note note, ConsistencyProof proof, Instant now) {
        var next = trusted(note);
        var last = memory.last();
        if (last.isPresent() && last.get().size() > 0) {
            var before = last.get();
            if (proof.from() != before.size() || proof.size() != next.size()) {
                throw new NotProven(
                        Reason.INCONSISTENT,
                        "witness " + key.verifier().name(),
                        "a proof from " + before.size() + " to " + next.size(),
                        proof.from() + " to " + proof.size());
            }
            proof.verify(before.root(), next.root());
        }
        memory.remember(next);
        return Cosignature.sign(key, next.text(), now);
    }
}
