package io.velvetastro.ledger;

import java.util.List;

/**
 * What a verifier believes before it opens a bundle: whose log, and which witnesses must have seen it. It comes from the verifier's own hands, never from the bundle.
 */
public record Trust(String origin, VerifierKey log, List<VerifierKey> witnesses) {
    public Trust {
        if (log.kind() != VerifierKey.Kind.LOG) {
            throw new NotProven(NotProven.Reason.MALFORMED, "verifier key", "a log's key", "a witness's");
        }
        for (var witness : witnesses) {
            if (witness.kind() != VerifierKey.Kind.WITNESS) {
                throw new NotProven(NotProven.Reason.MALFORMED, "verifier key", "a witness's key", "a log's");
            }
        }
        witnesses = List.copyOf(witnesses);
    }

    /** Trusts a log whose origin is its key's name, as ours are. */
    public static Trust in(VerifierKey log, List<VerifierKey> witnesses) {
        return new Trust(log.name(), log, witnesses);
    }
}
