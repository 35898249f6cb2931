package io.velvetastro.store.keys;

import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seals under the vault's keys. What is sealed is bound to its tenant and its key: moved elsewhere it opens for nobody. */
public final class VaultSeals implements Seals {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Vault vault;

    public VaultSeals(Vault vault) {
        this.vault = vault;
    }

    @Override
    public Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear) {
        var key = (principal == null ? Optional.<VaultKey>empty() : vault.ofPrincipal(tenant, principal))
                .orElseGet(() -> vault.ofMonth(tenant, month(at)));
        var blob = Aead.seal(key.secret(), key.boundTo(), clear.getBytes(StandardCharsets.UTF_8));
        return new Sealed(key.id() + "." + ENCODER.encodeToString(blob));
    }

    @Override
    public Optional<String> open(TenantId tenant, Sealed sealed) {
        var text = sealed.text();
        int dot = text.indexOf('.');
        if (dot < 1 || dot > 19) return Optional.empty();
        try {
            var key = vault.byId(Long.parseLong(text.substring(0, dot)));
            if (key.isEmpty() || !key.get().tenant().equals(tenant)) return Optional.empty();
            var blob = Base64.getUrlDecoder().decode(text.substring(dot + 1));
            return Aead.open(key.get().secret(), key.get().boundTo(), blob)
                    .map(clear -> new String(clear, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noSealOfOurs) {
            return Optional.empty();
        }
    }

    @Override
    public void acquaint(TenantId tenant, Collection<PrincipalId> principals) {
        vault.acquaint(tenant, principals);
        vault.expect(tenant, principals);
    }

    @Override
    public void expect(TenantId tenant, Collection<PrincipalId> principals) {
        vault.expect(tenant, principals);
    }

    private static String month(Instant at) {
        var date = at.atOffset(ZoneOffset.UTC);
        int month = date.getMonthValue();
        return date.getYear() + (month < 10 ? "-0" : "-") + month;
    }
}
