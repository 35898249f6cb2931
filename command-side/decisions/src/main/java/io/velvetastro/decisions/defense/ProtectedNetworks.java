package io.velvetastro.decisions.defense;

import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The never-block list: ranges that mean ourselves or everybody, the proxies in front of us, and what the organisation has allowed. */
final class ProtectedNetworks implements NeverBlock {
    /** Loopback, private (RFC 1918, RFC 4193), link-local, shared (RFC 6598), multicast, unspecified and broadcast. Documentation ranges are not here: people try the product with them. */
    static final List<Network> BUILT_IN = Stream.of(
                    "127.0.0.0/8",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "100.64.0.0/10",
                    "224.0.0.0/4",
                    "0.0.0.0/8",
                    "255.255.255.255",
                    "::",
                    "::1",
                    "fe80::/10",
                    "fc00::/7",
                    "ff00::/8")
            .map(Network::of)
            .toList();

    /** What an organisation has said itself. */
    interface Allowed {
        List<Network> standingAt(TenantId tenant, Instant at);
    }

    private final List<Network> ours;
    private final Allowed allowed;

    ProtectedNetworks(List<Network> trustedProxies, Allowed allowed) {
        this.ours = Stream.concat(BUILT_IN.stream(), trustedProxies.stream()).toList();
        this.allowed = allowed;
    }

    @Override
    public boolean protects(TenantId tenant, Network network, Instant at) {
        return ours.stream().anyMatch(network::overlaps)
                || allowed.standingAt(tenant, at).stream().anyMatch(network::overlaps);
    }
}
