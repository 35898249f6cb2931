package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Everything that can have happened to evidence: the chain of custody. Who it was stands in the envelope. */
public sealed interface EvidenceEvent {
    ExportId exportId();

    TenantId tenant();

    Instant at();

    @Revision("1")
    record EvidenceExported(ExportId exportId, TenantId tenant, String question, int events, Instant at)
            implements EvidenceEvent {}
}
