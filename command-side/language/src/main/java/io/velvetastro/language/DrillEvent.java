package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Everything that can have happened to a tamper drill. */
public sealed interface DrillEvent {
    DrillId drillId();

    TenantId tenant();

    Instant at();

    /**
     * A copy of the store was damaged on purpose, and audited.
     *
     * @param firstLeaf where the copied events begin in the organisation's log
     * @param events how many were copied
     * @param edits how many changes were made to the copy
     * @param found how many of them the audit named
     * @param falseAlarms how often it named what nobody had touched
     * @param millis how long the audit took
     */
    @Revision("1")
    record TamperDrilled(
            DrillId drillId,
            TenantId tenant,
            long firstLeaf,
            int events,
            int edits,
            int found,
            int falseAlarms,
            long millis,
            Instant at)
            implements DrillEvent {}
}
