package io.velvetastro.views.defense;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Address;
import io.velvetastro.language.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RangesTest {
    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }

    private static List<String> less(List<Network> blocked, List<Network> allowed) {
        return Ranges.less(blocked, allowed).stream().map(Network::toString).toList();
    }

    @Test
    void neighboursBecomeOneNetwork() {
        assertThat(less(networks("203.0.113.1", "203.0.113.0", "203.0.113.2/31"), List.of()))
                .containsExactly("203.0.113.0/30");
    }

    @Test
    void whatIsAllowedIsCutOut() {
        assertThat(less(networks("203.0.113.0/29"), networks("203.0.113.3")))
                .containsExactly("203.0.113.0/31", "203.0.113.2", "203.0.113.4/30");
    }

    @Test
    void anAllowanceOverEverythingLeavesNothing() {
        assertThat(less(networks("203.0.113.9", "203.0.113.0/25"), networks("203.0.113.0/24")))
                .isEmpty();
    }

    @Test
    void theWholeOfBothFamiliesCanBeSpelled() {
        assertThat(less(networks("0.0.0.0/0", "::/0"), List.of())).containsExactly("0.0.0.0/0", "::/0");
        assertThat(less(networks("::/0"), networks("::/1"))).containsExactly("8000::/1");
    }

    @Test
    void fourComesBeforeSixAndLowBeforeHigh() {
        assertThat(less(networks("2001:db8::1", "203.0.113.9", "198.51.100.7"), List.of()))
                .containsExactly("198.51.100.7", "203.0.113.9", "2001:db8::1");
    }

    @Test
    void anAddressIsKeptOutExactlyWhenItIsBlockedAndNotAllowed() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            var blocked = some(random, 6);
            var allowed = some(random, 3);
            var kept = Ranges.less(blocked, allowed);
            for (int last = 0; last < 256; last++) {
                var address = Address.of("10.0.0." + last);
                boolean wanted = blocked.stream().anyMatch(n -> n.contains(address))
                        && allowed.stream().noneMatch(n -> n.contains(address));
                assertThat(kept.stream().filter(n -> n.contains(address)).count())
                        .isEqualTo(wanted ? 1 : 0);
            }
        }
    }

    private static List<Network> some(Random random, int most) {
        var networks = new ArrayList<Network>();
        for (int i = random.nextInt(most + 1); i > 0; i--)
            networks.add(new Network(Address.of("10.0.0." + random.nextInt(256)), 24 + random.nextInt(9)));
        return networks;
    }
}
