package io.velvetastro.sagas.detection;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.login.Login.Egress;
import io.velvetastro.language.Address;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which addresses an organisation knows to be VPN, relay or satellite exits. */
final class Egresses {
    private static final String SETTING = "velvet.detection.networks.";

    private final Map<TenantId, Map<Egress, List<Network>>> byTenant = new HashMap<>();

    /** @throws CannotStart when an organisation or a network is none: a list that is not understood must not be silence */
    Egresses(Map<String, DetectionProperties.Networks> networks) {
        networks.forEach((tenant, lists) -> {
            var known = new EnumMap<Egress, List<Network>>(Egress.class);
            known.put(Egress.VPN, networks(tenant, Egress.VPN, lists.vpn()));
            known.put(Egress.RELAY, networks(tenant, Egress.RELAY, lists.relay()));
            known.put(Egress.SATELLITE, networks(tenant, Egress.SATELLITE, lists.satellite()));
            byTenant.put(tenant(tenant), known);
        });
    }

    private static TenantId tenant(String text) {
        try {
            return TenantId.of(text);
        } catch (IllegalArgumentException unreadable) {
            throw new CannotStart(
                    CannotStart.Because.USAGE,
                    SETTING + text + ": " + text
                            + " is no organisation's id; GET /api/v1/auth/me says it as organization.id.");
        }
    }

    private static List<Network> networks(String tenant, Egress egress, List<String> texts) {
        var networks = new ArrayList<Network>();
        for (var text : texts) {
            try {
                networks.add(Network.of(text.strip()));
            } catch (IllegalArgumentException unreadable) {
                throw new CannotStart(
                        CannotStart.Because.USAGE,
                        SETTING + tenant + "." + egress.name().toLowerCase(Locale.ROOT) + ": " + text
                                + " is no address and no network such as 203.0.113.0/24.");
            }
        }
        return List.copyOf(networks);
    }

    /** Stands for an organisation's lists in the record of a finding; nothing where it has none. */
    Optional<String> version(TenantId tenant) {
        var known = byTenant.get(tenant);
        if (known == null) return Optional.empty();
        var digest = new Digest("egresses");
        known.forEach((egress, networks) -> {
            digest.with(egress.name()).with(networks.size());
            networks.stream().map(Network::toString).sorted().forEach(digest::with);
        });
        return Optional.of(digest.mark());
    }

    /** @param address asked for only where this organisation has lists at all: opening a sealed value is not free */
    Egress of(TenantId tenant, Supplier<@Nullable Address> address) {
        var known = byTenant.get(tenant);
        if (known == null) return Egress.DIRECT;
        var clear = address.get();
        if (clear == null) return Egress.DIRECT;
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(network -> network.contains(clear)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Egress.DIRECT);
    }
}
