package io.velvetastro.sagas.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.engines.login.Login.Egress;
import io.velvetastro.language.Address;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.TenantId;
import io.velvetastro.sagas.detection.DetectionProperties.Networks;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EgressesTest {
    private static final TenantId OURS = new TenantId(new UUID(1, 1));
    private static final TenantId OTHERS = new TenantId(new UUID(1, 2));

    private final Egresses egresses = egresses(Map.of(
            "vpn", "198.51.100.0/24, 2001:db8::/32",
            "relay", "203.0.113.7",
            "satellite", "192.0.2.128/25"));

    @Test
    void eachListNamesItsOwnKindOfExit() {
        assertThat(of("198.51.100.200")).isEqualTo(Egress.VPN);
        assertThat(of("2001:db8:1::1")).isEqualTo(Egress.VPN);
        assertThat(of("203.0.113.7")).isEqualTo(Egress.RELAY);
        assertThat(of("192.0.2.129")).isEqualTo(Egress.SATELLITE);
        assertThat(of("192.0.2.1")).isEqualTo(Egress.DIRECT);
    }

    @Test
    void theListsOfOneOrganisationSayNothingAboutAnother() {
        assertThat(egresses.of(OTHERS, () -> {
                    throw new AssertionError("no sealed value is opened for whoever has no lists");
                }))
                .isEqualTo(Egress.DIRECT);
    }

    @Test
    void anAddressThatWasErasedIsNoExit() {
        assertThat(egresses.of(OURS, () -> null)).isEqualTo(Egress.DIRECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.0/33", "198.51.100/24", "vpn.example.org", "198.51.100.0/", "2001:db8::/129"})
    void whatIsNoNetworkIsOneClearLine(String text) {
        assertThatThrownBy(() -> egresses(Map.of("relay", "203.0.113.7," + text)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("velvet.detection.networks." + OURS + ".relay: " + text
                        + " is no address and no network such as 203.0.113.0/24.");
    }

    @Test
    void whatIsNoOrganisationIsOneClearLine() {
        assertThatThrownBy(() -> new Egresses(Map.of("acme", new Networks(List.of(), List.of(), List.of()))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("velvet.detection.networks.acme")
                .hasMessageContaining("no organisation's id");
    }

    @Test
    void theVersionOfTheListsIsAnotherOnceANetworkIs() {
        var version = egresses(Map.of("vpn", "198.51.100.0/24,203.0.113.0/24")).version(OURS);
        assertThat(version)
                .isPresent()
                .isEqualTo(egresses(Map.of("vpn", "203.0.113.0/24,198.51.100.0/24"))
                        .version(OURS))
                .isNotEqualTo(egresses(Map.of("vpn", "198.51.100.0/24")).version(OURS))
                .isNotEqualTo(egresses(Map.of("relay", "198.51.100.0/24,203.0.113.0/24"))
                        .version(OURS));
        assertThat(egresses.version(OTHERS)).isEmpty();
    }

    private Egress of(String address) {
        return egresses.of(OURS, () -> Address.of(address));
    }

    private static Egresses egresses(Map<String, String> lists) {
        var source = new MapConfigurationPropertySource();
        lists.forEach((list, networks) -> source.put("velvet.detection.networks." + OURS + "." + list, networks));
        var properties = new Binder(source)
                .bind("velvet.detection", DetectionProperties.class)
                .get();
        return new Egresses(properties.networks());
    }
}
