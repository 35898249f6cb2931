package io.velvetastro.store.keys;

import io.velvetastro.language.TenantId;
import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key as used: its number, whose it is, and what everything under it is bound to. */
record VaultKey(long id, TenantId tenant, SecretKey secret, byte[] boundTo) {
    static VaultKey of(long id, TenantId tenant, byte[] secret) {
        var bound = ByteBuffer.allocate(24)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .putLong(id);
        return new VaultKey(id, tenant, new SecretKeySpec(secret, "AES"), bound.array());
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
