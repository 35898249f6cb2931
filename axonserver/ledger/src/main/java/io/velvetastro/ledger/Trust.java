package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.List;

/**
 * What a verifier believes before it opens a bundle: whose logs, and which witnesses must have seen them. It comes from the verifier's own hands, never from the bundle.
 *
 * @param logs the keys of one house, all of one name: several where one has succeeded another
 */
public record Trust(List<VerifierKey> logs, List<VerifierKey> witnesses) {
    public Trust {
        if (logs.isEmpty() || logs.stream().map(VerifierKey::name).distinct().count() > 1)
            throw new NotProven(
                    Reason.MALFORMED, "verifier keys", "a log's key, or several of one name", logs.size() + " keys");
        for (var log : logs) require(log, VerifierKey.Kind.LOG, "a log's key", "a witness's");
        for (var witness : witnesses) require(witness, VerifierKey.Kind.WITNESS, "a witness's key", "a log's");
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
    }

    private static void require(VerifierKey key, VerifierKey.Kind kind, String expected, String found) {
        if (key.kind() != kind) throw new NotProven(Reason.MALFORMED, "verifier key", expected, found);
    }

    public static Trust in(VerifierKey log, List<VerifierKey> witnesses) {
        return new Trust(List.of(log), witnesses);
    }

    /** A log's origin is its key's name. */
    public String origin() {
        return logs.getFirst().name();
    }
}
