package io.velvetastro.language;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Everything that systems, and the owners of accounts, can report: plain events, never decided upon. */
public sealed interface Telemetry permits LoginSucceeded, LoginFailed, AlertRaised, SignInDenied {
    EventId id();

    TenantId tenant();

    /** When it happened by the source's clock. */
    Instant occurredAt();

    /** The address it came from, by its opaque name. */
    @Nullable
    SourceId source();

    @Nullable
    PrincipalId principal();

    /** The machine or service it happened on. */
    @Nullable
    String host();

    /** Personal values: the JSON form of {@link Personal}. */
    Sealed personal();
}
