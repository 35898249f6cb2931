package io.velvetastro.decisions.plan;

import io.velvetastro.language.TenantId;
import java.time.Instant;

/** Counts the runs of playbooks that did something. It refuses none: a defence that stops at a quota helps who fills it. */
public interface Runs {
    /** In the transaction that records what was done. */
    void ran(TenantId tenant, Instant at);
}
