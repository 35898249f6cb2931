package io.velvetastro.decisions.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import io.velvetastro.language.Network;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ProxiesTest {

    @Test
    void nobodyIsBelievedByDefault() {
        assertThat(Proxies.in(new MockEnvironment()).networks()).isEmpty();
        assertThat(Proxies.in(new MockEnvironment().withProperty("velvet.trusted-proxies", ""))
                        .networks())
                .isEmpty();
    }

    @Test
    void proxiesAreNamedInOneLineOrInAList() {
        var line = new MockEnvironment().withProperty("velvet.trusted-proxies", "192.0.2.1, 2001:db8::/64");
        assertThat(Proxies.in(line).networks()).containsExactly(Network.of("192.0.2.1"), Network.of("2001:db8::/64"));
        var list = new MockEnvironment()
                .withProperty("velvet.trusted-proxies[0]", "192.0.2.1")
                .withProperty("velvet.trusted-proxies[1]", "192.0.2.2");
        assertThat(Proxies.in(list).networks()).hasSize(2);
    }

    @Test
    void aProxyThatIsNoNetworkStopsTheStart() {
        var wrong = new MockEnvironment().withProperty("velvet.trusted-proxies", "proxy.example.org");
        assertThatThrownBy(() -> Proxies.in(wrong))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("proxy.example.org");
    }
}
