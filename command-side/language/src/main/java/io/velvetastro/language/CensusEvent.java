package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Everything that can have happened to the counting of an organisation's log. */
public sealed interface CensusEvent {
    TenantId tenant();

    Instant at();

    /**
     * It was counted what a stretch of the log names, and how often; the ledger holds us to it from here on.
     *
     * @param from the first leaf of the stretch
     * @param to the first leaf behind it
     * @param ids how many ids it names
     * @param root over the entries of these ids, Base64
     */
    @Revision("1")
    record CensusTaken(TenantId tenant, long from, long to, long ids, String root, Instant at) implements CensusEvent {}
}
