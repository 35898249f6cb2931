package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Someone signed in. */
@Revision("1")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoginSucceeded(Attempt attempt) implements Telemetry {
    @Override
    public EventId id() {
        return attempt.id();
    }

    @Override
    public TenantId tenant() {
        return attempt.tenant();
    }

    @Override
    public Instant occurredAt() {
        return attempt.occurredAt();
    }

    @Override
    public @Nullable SourceId source() {
        return attempt.source();
    }

    @Override
    public @Nullable PrincipalId principal() {
        return attempt.principal();
    }

    @Override
    public @Nullable String host() {
        return attempt.host();
    }

    @Override
    public Sealed personal() {
        return attempt.personal();
    }
}
