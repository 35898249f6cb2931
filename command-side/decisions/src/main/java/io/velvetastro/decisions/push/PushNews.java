package io.velvetastro.decisions.push;

import io.velvetastro.language.TenantId;
import java.time.Instant;

/** Hears, within the transaction, what becomes of a delivery without anybody's doing, and tells those whom it concerns. */
public interface PushNews {
    void paused(TenantId tenant, Instant failingSince, Instant at);

    void resumed(TenantId tenant, Instant at);
}
