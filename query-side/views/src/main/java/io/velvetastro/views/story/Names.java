package io.velvetastro.views.story;

import io.velvetastro.language.Address;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.Network;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Clean;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens names, and gives addresses the form in which ranges of them compare. */
final class Names {
    static final String ERASED = "erased";
    private final Seals seals;

    Names(Seals seals) {
        this.seals = seals;
    }

    String of(TenantId tenant, Entity entity) {
        if (entity.sealedName() != null) return opened(tenant, entity.sealedName());
        return Clean.text(entity.name() != null ? entity.name() : entity.id());
    }

    String opened(TenantId tenant, @Nullable Sealed sealed) {
        return sealed == null ? "" : seals.open(tenant, sealed).map(Clean::text).orElse(ERASED);
    }

    static @Nullable UUID address(String text) {
        try {
            return bits(Address.of(text).bytes());
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    static UUID low(Network network) {
        return bits(network.base().bytes());
    }

    static UUID high(Network network) {
        var bytes = network.base().bytes();
        for (int bit = network.prefix(); bit < bytes.length * 8; bit++) bytes[bit >> 3] |= (byte) (0x80 >> (bit & 7));
        return bits(bytes);
    }

    private static UUID bits(byte[] address) {
        var wide = ByteBuffer.allocate(16);
        if (address.length == 4) wide.position(10).put((byte) 0xff).put((byte) 0xff);
        wide.put(address).flip();
        return new UUID(wide.getLong(), wide.getLong());
    }
}
