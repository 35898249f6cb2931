package io.velvetastro.screens.forensics;

import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Report;
import io.velvetastro.ledger.SingleEvent;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.questions.Forensics.Evidence;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.WitnessSeen;
import org.jspecify.annotations.Nullable;

/**
 * One event after the verifier has looked at it, with the keys that this house says are its own: an auditor pins theirs.
 *
 * @param event absent while the ledger has not come to the event
 * @param report absent unless it is proven
 * @param refusal why it is not, where it is not
 */
record Examined(
        Evidence evidence,
        @Nullable SingleEvent event,
        @Nullable Report report,
        @Nullable NotProven refusal) {

    static Examined of(Evidence evidence, LedgerAnswer ledger) {
        var envelope = evidence.envelope();
        var proof = evidence.proof();
        if (envelope == null || proof == null) return new Examined(evidence, null, null, null);
        var event = new SingleEvent(evidence.payload(), envelope, proof);
        try {
            return new Examined(evidence, event, event.verify(trust(ledger)), null);
        } catch (NotProven refusal) {
            return new Examined(evidence, event, null, refusal);
        }
    }

    static Trust trust(LedgerAnswer ledger) {
        return Trust.in(
                VerifierKey.parse(ledger.logKey()),
                ledger.witnesses().stream()
                        .filter(witness -> witness.at() != null)
                        .map(WitnessSeen::key)
                        .map(VerifierKey::parse)
                        .toList());
    }
}
