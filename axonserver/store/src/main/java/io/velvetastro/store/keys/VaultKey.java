package io.velvetastro.store.keys;

import io.velvetastro.language.TenantId;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key as used: its number, whose it is, and what everything under it is bound to.
 *
 * @param tree where the key is one of a month, from which each person's follows
 */
record VaultKey(
        long id, TenantId tenant, byte[] secret, @Nullable KeyTree tree, byte[] boundTo) {
    static VaultKey of(long id, TenantId tenant, byte[] secret, boolean isTree) {
        var bound = ByteBuffer.allocate(24)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .putLong(id);
        return new VaultKey(id, tenant, secret, isTree ? KeyTree.decoded(secret) : null, bound.array());
    }

    /** This person's key; empty once the person was forgotten. */
    Optional<byte[]> keyOf(long person) {
        return tree == null ? Optional.of(secret) : tree.keyOf(person);
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
