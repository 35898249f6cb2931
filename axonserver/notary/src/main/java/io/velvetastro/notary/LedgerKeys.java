package io.velvetastro.notary;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.witness.Watcher;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose word the ledger rests on.
 *
 * @param log the keys that sign, the present one first
 * @param former keys that signed or cosigned once, of the log and of witnesses; they count for what is old
 * @param witnesses everybody who has to have seen a checkpoint before the next is signed
 * @param lastSigned what was signed last, outside the database like the keys
 */
record LedgerKeys(List<SigningKey> log, List<VerifierKey> former, List<Watcher> witnesses, LastSigned lastSigned) {
    VerifierKey verifier() {
        return log.getFirst().verifier();
    }

    /** A log's origin is its key's name. */
    String origin() {
        return verifier().name();
    }

    /** What a checkpoint of any age says, when a key of ours has signed it. */
    Checkpoint trusted(Note note) {
        return Checkpoint.trusted(note, origin(), everyLogKey());
    }

    /** Every key whose signatures count, the present one first. */
    List<VerifierKey> everyLogKey() {
        return Stream.concat(log.stream().map(SigningKey::verifier), of(Kind.LOG))
                .toList();
    }

    /** The names under which they cosign. */
    Set<String> witnessNames() {
        return witnesses.stream().map(witness -> witness.verifier().name()).collect(Collectors.toSet());
    }

    /** Present witnesses and former ones. */
    List<VerifierKey> everyWitness() {
        return Stream.concat(witnesses.stream().map(Watcher::verifier), of(Kind.WITNESS))
                .toList();
    }

    private Stream<VerifierKey> of(Kind kind) {
        return former.stream().filter(key -> key.kind() == kind);
    }
}
