package io.velvetastro.decisions.incident;

import io.velvetastro.language.MemberId;
import io.velvetastro.language.TenantId;

/** Tells whether someone belongs to an organisation, so that work is given to nobody outside it. */
public interface Colleagues {
    boolean has(TenantId tenant, MemberId member);
}
