package io.velvetastro.decisions.defense;

import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import java.time.Instant;

/** Knows the networks that must never be kept out, because keeping them out would hurt the defenders more than the attackers. */
public interface NeverBlock {
    /** Whether a block of this network would touch something protected at that moment. */
    boolean protects(TenantId tenant, Network network, Instant at);
}
