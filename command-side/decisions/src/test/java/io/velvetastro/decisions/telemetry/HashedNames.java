package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.Address;
import io.velvetastro.language.EventId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Pseudonyms without a key. */
final class HashedNames implements Pseudonyms {
    @Override
    public PrincipalId principal(TenantId tenant, String realm, String name) {
        return new PrincipalId(hash(tenant, "principal", realm, name));
    }

    @Override
    public SourceId source(TenantId tenant, Address address) {
        return new SourceId(hash(tenant, "source", address.text()));
    }

    @Override
    public EventId named(TenantId tenant, String source, String uid) {
        return new EventId(hash(tenant, "named", source, uid));
    }

    @Override
    public EventId line(TenantId tenant, String log, String line, int occurrence) {
        return new EventId(hash(tenant, "line", log, line, occurrence));
    }

    private static UUID hash(Object... parts) {
        var text = new StringBuilder();
        for (var part : parts) text.append(part.toString().length()).append(':').append(part);
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
