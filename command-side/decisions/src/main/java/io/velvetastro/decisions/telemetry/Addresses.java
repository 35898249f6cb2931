package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.Address;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads addresses and remembers the last few thousand spellings: logs repeat themselves. */
final class Addresses {
    private static final int MOST = 4096;

    private final Map<String, Address> known = new HashMap<>();

    @Nullable
    Address read(String field, @Nullable String text) {
        if (text == null || text.isBlank()) return null;
        var seen = known.get(text);
        if (seen != null) return seen;
        try {
            var address = Address.of(text.strip());
            if (known.size() == MOST) known.clear();
            known.put(text, address);
            return address;
        } catch (IllegalArgumentException notAnAddress) {
            throw new BadField(field, "is not an IP address");
        }
    }
}
