package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Another tool saw something. {@code source} acted where the tool names it, {@code target} is the address of the machine the alert is about, {@code severity} is the tool's own word where it has one. */
@Revision("1")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertRaised(
        EventId id,
        TenantId tenant,
        Instant occurredAt,
        String sensor,
        String name,
        @Nullable Severity severity,
        @Nullable SourceId source,
        @Nullable SourceId target,
        @Nullable PrincipalId principal,
        @Nullable String host,
        @Nullable Place place,
        Sealed personal)
        implements Telemetry {}
