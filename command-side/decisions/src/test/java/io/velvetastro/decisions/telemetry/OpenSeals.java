package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Seals that a test can look behind; nothing clear shows in the sealed text. */
final class OpenSeals implements Seals {
    final Set<PrincipalId> acquainted = new LinkedHashSet<>();

    @Override
    public Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear) {
        var key = principal != null && acquainted.contains(principal) ? "p" : "m";
        return new Sealed(key + "." + Base64.getUrlEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<String> open(TenantId tenant, Sealed sealed) {
        return Optional.of(
                new String(Base64.getUrlDecoder().decode(sealed.text().substring(2)), StandardCharsets.UTF_8));
    }

    @Override
    public void acquaint(TenantId tenant, Collection<PrincipalId> principals) {
        acquainted.addAll(principals);
    }
}
