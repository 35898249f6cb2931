package io.velvetastro.decisions.defense;

import static io.velvetastro.decisions.Given.NOON;
import static io.velvetastro.decisions.Given.OURS;
import static io.velvetastro.decisions.Given.THEIRS;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Network;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedNetworksTest {
    private final NeverBlock guard = new ProtectedNetworks(
            List.of(Network.of("198.51.100.10")),
            (tenant, at) -> tenant.equals(OURS) ? List.of(Network.of("203.0.113.0/25")) : List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.31.255.255",
                "192.168.0.0/24",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.251",
                "0.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:10.0.0.1"
            })
    void whatMeansOurselvesOrEverybodyIsNeverBlocked(String network) {
        assertThat(guard.protects(THEIRS, Network.of(network), NOON)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.10", "198.51.100.0/24"})
    void theProxiesInFrontOfUsAreNeverBlocked(String network) {
        assertThat(guard.protects(THEIRS, Network.of(network), NOON)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "203.0.113.0/24"})
    void whatOneOrganisationAllowsIsProtectedThereAlone(String network) {
        assertThat(guard.protects(OURS, Network.of(network), NOON)).isTrue();
        assertThat(guard.protects(THEIRS, Network.of(network), NOON)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"203.0.113.200", "192.0.2.1", "198.51.100.11", "8.8.8.8", "2001:db8::1", "172.32.0.1", "11.0.0.1"
            })
    void anybodyElseMayBeBlockedDocumentationRangesIncluded(String network) {
        assertThat(guard.protects(OURS, Network.of(network), NOON)).isFalse();
    }
}
