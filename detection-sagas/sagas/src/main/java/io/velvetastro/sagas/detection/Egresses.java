package io.velvetastro.sagas.detection;

import io.velvetastro.engines.login.Login.Egress;
import io.velvetastro.language.Address;
import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which addresses an organisation knows to be VPN, relay or satellite exits. */
final class Egresses {
    private final Map<TenantId, Map<Egress, List<Network>>> byTenant = new HashMap<>();

    Egresses(Map<String, DetectionProperties.Networks> networks) {
        networks.forEach((tenant, lists) -> {
            var known = new EnumMap<Egress, List<Network>>(Egress.class);
            known.put(Egress.VPN, lists.vpnNetworks());
            known.put(Egress.RELAY, lists.relayNetworks());
            known.put(Egress.SATELLITE, lists.satelliteNetworks());
            byTenant.put(TenantId.of(tenant), known);
        });
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
