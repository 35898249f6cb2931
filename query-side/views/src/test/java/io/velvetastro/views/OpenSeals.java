package io.velvetastro.views;

import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Seals that anyone may read, until they are broken: enough to see who opens what. */
public final class OpenSeals implements Seals {
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    public static Sealed of(TenantId tenant, String clear) {
        return Sealed.of(tenant + "." + clear);
    }

    public void erase(String clear) {
        broken.add(clear);
    }

    @Override
    public Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear) {
        return of(tenant, clear);
    }

    @Override
    public Optional<String> open(TenantId tenant, Sealed sealed) {
        var prefix = tenant + ".";
        if (!sealed.text().startsWith(prefix)) return Optional.empty();
        return Optional.of(sealed.text().substring(prefix.length())).filter(clear -> !broken.contains(clear));
    }
}
