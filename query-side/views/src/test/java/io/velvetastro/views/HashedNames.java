package io.velvetastro.views;

import io.velvetastro.language.Address;
import io.velvetastro.language.EventId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.TenantId;

/** Opaque names without a key: enough to tell one from another. */
public final class HashedNames implements Pseudonyms {
    @Override
    public PrincipalId principal(TenantId tenant, String realm, String name) {
        return new PrincipalId(Stories.id(tenant + "principal" + realm + "|" + name));
    }

    @Override
    public SourceId source(TenantId tenant, Address address) {
        return new SourceId(Stories.id(tenant + "source" + address));
    }

    @Override
    public EventId named(TenantId tenant, String source, String uid) {
        return new EventId(Stories.id(tenant + "named" + source + "|" + uid));
    }

    @Override
    public EventId line(TenantId tenant, String log, String line, int occurrence) {
        return new EventId(Stories.id(tenant + "line" + log + "|" + line + occurrence));
    }
}
