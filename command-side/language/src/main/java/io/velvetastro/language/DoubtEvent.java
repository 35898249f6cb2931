package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Everything that can have happened to an organisation's view of its ledger's doubts. */
public sealed interface DoubtEvent {
    TenantId tenant();

    Instant at();

    /**
     * Somebody has looked at an event that was not what had been stored, and says why it may stand there. The doubt stays; who looked is whom the envelope names.
     *
     * @param leaf where the event stands in the organisation's log
     */
    @Revision("1")
    record DoubtAcknowledged(TenantId tenant, long leaf, Sealed reason, Instant at) implements DoubtEvent {}
}
