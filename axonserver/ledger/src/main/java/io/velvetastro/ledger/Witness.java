package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody else, with an own key and an own memory, who cosigns a checkpoint only when it contains every checkpoint of the same log before it: of the platform's log, and of each organisation's, which is taken as it is when it is first seen. A log that rewrites its past needs this witness's help, however many log keys were stolen.
 */
public final class Witness {
    /** The last checkpoint of each log, kept where the log cannot reach. */
    public interface Memory {
        Optional<Checkpoint> last(String origin);

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
     * A witness of one house's logs.
     *
     * @param origin the platform's log, under whose name those of the organisations are
     * @param logs the house's keys: two while one succeeds the other
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

    /** The platform's log. */
    public String origin() {
        return origin;
    }

    /** The checkpoint of this log that it saw last. */
    public Optional<Checkpoint> last(String log) {
        return memory.last(log);
    }

    /** The size of the tree it saw last, from which it wants to see consistency; 0 at first. */
    public long seen(String log) {
        return last(log).map(Checkpoint::size).orElse(0L);
    }

    /** What this note says, if it is of one of the house's logs and one of the house's keys has signed it. */
    public Checkpoint trusted(Note note) {
        var claimed = Checkpoint.parse(note.text()).origin();
        if (claimed.equals(origin)) return Checkpoint.trusted(note, origin, logs);
        if (Origin.isWithin(origin, claimed)) return Checkpoint.trusted(note, claimed, Origin.named(logs, claimed));
        throw new NotProven(Reason.WRONG_ORIGIN, "checkpoint", Text.shown(origin), Text.shown(claimed));
    }

    /**
     * Cosigns a checkpoint.
     *
     * @param proof from the size it saw last of that log; ignored when it has seen nothing yet
     */
    public synchronized Note.Line cosign(Note note, ConsistencyProof proof, Instant now) {
        var next = trusted(note);
        var last = memory.last(next.origin());
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
