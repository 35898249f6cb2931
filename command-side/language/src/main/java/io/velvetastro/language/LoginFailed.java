package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Someone tried to sign in and was turned away; {@code cause} is the source's reason in a word or two, such as unknown-user or wrong-password. */
@Revision("1")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoginFailed(Attempt attempt, @Nullable String cause) implements Telemetry {
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
