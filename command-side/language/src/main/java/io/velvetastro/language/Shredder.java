package io.velvetastro.language;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;

/** Destroys keys: whatever was sealed under them stays sealed for ever, wherever a copy of it lies. Durable when it returns. */
public interface Shredder {
    /** Nothing that was ever sealed for this principal opens again. Should the person come back, it is as someone new. */
    void forget(TenantId tenant, PrincipalId principal);

    /**
     * Nothing that was sealed in this month opens again.
     *
     * @return whether there was anything left to destroy
     */
    boolean end(TenantId tenant, YearMonth month);

    /** The months under whose keys something may still be sealed. */
    Map<TenantId, Set<YearMonth>> months();

    /** When the keys of each month that was ended were destroyed last. What has come into such a month since lies under a new one. */
    Map<TenantId, Map<YearMonth, Instant>> ended();
}
