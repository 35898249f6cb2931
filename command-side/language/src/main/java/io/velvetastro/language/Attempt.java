package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What every sign-in attempt has in common, whatever came of it. {@code service} is what was signed in to, {@code sensor} what reported it, {@code method} such as password or publickey. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
        EventId id,
        TenantId tenant,
        Instant occurredAt,
        String sensor,
        @Nullable String service,
        @Nullable String method,
        @Nullable PrincipalId principal,
        @Nullable SourceId source,
        @Nullable String host,
        @Nullable Place place,
        @Nullable Device device,
        Sealed personal) {}
