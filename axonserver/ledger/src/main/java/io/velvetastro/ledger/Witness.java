package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.time.Instant;
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
    private final VerifierKey log;
    private final Memory memory;

    public Witness(SigningKey key, String origin, VerifierKey log, Memory memory) {
        if (key.verifier().kind() != VerifierKey.Kind.WITNESS) {
            throw new NotProven(Reason.MALFORMED, "witness key", "a witness's key", "a log's");
        }
        this.key = key;
        this.origin = origin;
        this.log = log;
        this.memory = memory;
    }

    public VerifierKey verifier() {
        return key.verifier();
    }

    /** The size of the tree it saw last, from which it wants to see consistency; 0 at first. */
    public long seen() {
        return memory.last().map(Checkpoint::size).orElse(0L);
    }

    /**
     * Cosigns a checkpoint.
     *
     * @param proof from the size it saw last; ignored when it has seen nothing yet
     */
    public synchronized Note.Line cosign(Note note, ConsistencyProof proof, Instant now) {
        var next = Checkpoint.trusted(note, origin, log);
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
