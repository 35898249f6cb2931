package io.velvetastro.language;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to the key vault: seals personal values before they are stored, and opens them for those who may see them. */
public interface Seals {
    /**
     * Seals a text (AES-256-GCM) under the principal's key where that principal is known, else under the tenant's key of the month of {@code at}.
     */
    Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear);

    /** The sealed text, or empty once its key was destroyed. A blob of another tenant is empty too. */
    Optional<String> open(TenantId tenant, Sealed sealed);

    /** Gives these principals keys of their own from now on (on a first successful login); those that have one keep it. */
    void acquaint(TenantId tenant, Collection<PrincipalId> principals);

    /** Says for whom something will be sealed next, so that the keys of many are fetched at once. */
    default void expect(TenantId tenant, Collection<PrincipalId> principals) {}
}
