package io.velvetastro.witness;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.VerifierKey;
import java.util.Optional;
import java.util.function.LongFunction;

/** A witness as the log sees it: somebody else, who can refuse and can be away. */
public interface Watcher extends AutoCloseable {
    VerifierKey verifier();

    /**
     * Has a checkpoint cosigned.
     *
     * @param proofs a proof from a smaller size to this checkpoint's; never asked for size 0
     * @throws io.velvetastro.ledger.NotProven when the witness has seen another history
     * @throws WitnessAway when it does not answer
     */
    Note.Line cosign(Note note, LongFunction<ConsistencyProof> proofs);

    /** What it saw last; empty when nothing yet, or when it does not tell. */
    Optional<Checkpoint> last();

    /** Lets go of what another process needs that keeps the ledger from now on; the next question takes it again. */
    default void rest() {}

    @Override
    default void close() {}
}
