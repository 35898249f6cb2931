package io.velvetastro.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The owner of an account was told of a sign-in and says it was not theirs. What is known of that sign-in is said again, so that it can be judged from this event alone.
 *
 * @param occurredAt when they said so
 * @param signIn the event they were told of
 * @param signInAt when that occurred
 * @param gotIn whether it succeeded, or was turned away
 * @param method with what it was tried, such as password
 */
@Revision("1")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignInDenied(
        EventId id,
        TenantId tenant,
        Instant occurredAt,
        String sensor,
        EventId signIn,
        Instant signInAt,
        boolean gotIn,
        @Nullable String method,
        @Nullable PrincipalId principal,
        @Nullable SourceId source,
        @Nullable Place place,
        Sealed personal)
        implements Telemetry {

    /** Names the denial of what a notice told: however often it is recorded, it is once in the store. */
    public static EventId idOf(TenantId tenant, UUID notice) {
        try {
            var text = "velvetastro.io/sign-in-denied@v1\n" + tenant + "\n" + notice;
            var bytes = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
            return new EventId(
                    new UUID(bytes.getLong() & ~0xf000L | 0x8000L, bytes.getLong() & ~(3L << 62) | 2L << 62));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public @Nullable String host() {
        return null;
    }
}
