package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seals that a test can look behind; nothing clear shows in the sealed text. */
final class OpenSeals implements Seals {
    @Override
    public Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear) {
        return new Sealed((principal == null ? "nobody" : principal) + "."
                + Base64.getUrlEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<String> open(TenantId tenant, Sealed sealed) {
        return Optional.of(new String(
                Base64.getUrlDecoder()
                        .decode(sealed.text().substring(sealed.text().indexOf('.') + 1)),
                StandardCharsets.UTF_8));
    }
}
