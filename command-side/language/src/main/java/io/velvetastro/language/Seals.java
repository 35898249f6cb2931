package io.velvetastro.language;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to the key vault: seals personal values before they are stored, and opens them for those who may see them. */
public interface Seals {
    /**
     * Seals a text (AES-256-GCM) under the key that this principal has in the month of {@code at}; without one, under the tenant's.
     */
    Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear);

    /**
     * Seals a text like {@link #seal}, and commits in clear to its values, so that one of them can be shown later with a proof.
     *
     * @param values those of {@link Disclosures#FIELDS}, in that order
     */
    default Sealed seal(
            TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear, List<@Nullable String> values) {
        return seal(tenant, principal, at, clear);
    }

    /** The sealed text, or empty once its key was destroyed. A blob of another tenant is empty too. */
    Optional<String> open(TenantId tenant, Sealed sealed);
}
