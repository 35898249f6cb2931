package io.velvetastro.language;

import java.util.Optional;

/** What organisations have subscribed to, for whoever keeps to it outside of identity. */
public interface Plans {
    /** Now, and not a moment ago. Empty for an organisation nobody knows. */
    Optional<Plan> of(TenantId tenant);
}
