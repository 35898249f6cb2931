package io.velvetastro.views.defense;

import io.velvetastro.language.Network;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/** The shapes in which firewalls take a list. Nothing but networks goes in, so nothing in a list can be more than a network. */
enum BlocklistForm {
    TEXT {
        @Override
        String of(List<Network> networks) {
            return networks.stream().map(network -> network + "\n").collect(Collectors.joining());
        }
    },
    /** For {@code nft -f}: replaces the two sets in one step. */
    NFT {
        @Override
        String of(List<Network> networks) {
            return "table inet velvet_astro {\n"
                    + set("blocked4", "ipv4_addr")
                    + set("blocked6", "ipv6_addr")
                    + "}\n"
                    + fill("blocked4", networks, network -> network.base().isIpv4())
                    + fill("blocked6", networks, network -> !network.base().isIpv4());
        }

        private static String set(String name, String type) {
            return "\tset " + name + " {\n\t\ttype " + type + "\n\t\tflags interval\n\t}\n";
        }

        private static String fill(String name, List<Network> networks, Predicate<Network> which) {
            var elements =
                    networks.stream().filter(which).map(Network::toString).collect(Collectors.joining(", "));
            var flush = "flush set inet velvet_astro " + name + "\n";
            return elements.isEmpty()
                    ? flush
                    : flush + "add element inet velvet_astro " + name + " { " + elements + " }\n";
        }
    },
    /** For {@code ipset restore -exist}. */
    IPSET {
        @Override
        String of(List<Network> networks) {
            return fill(
                            "velvet-astro-4",
                            "inet",
                            networks,
                            network -> network.base().isIpv4())
                    + fill(
                            "velvet-astro-6",
                            "inet6",
                            networks,
                            network -> !network.base().isIpv4());
        }

        private static String fill(String name, String family, List<Network> networks, Predicate<Network> which) {
            return "create " + name + " hash:net family " + family + "\nflush " + name + "\n"
                    + networks.stream()
                            .filter(which)
                            .map(network -> "add " + name + " " + network + "\n")
                            .collect(Collectors.joining());
        }
    },
    JSON {
        @Override
        String of(List<Network> networks) {
            return networks.stream()
                    .map(network -> "\"" + network + "\"")
                    .collect(Collectors.joining(",", "{\"networks\":[", "]}"));
        }

        @Override
        MediaType type() {
            return MediaType.APPLICATION_JSON;
        }
    };

    abstract String of(List<Network> networks);

    MediaType type() {
        return new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    }
}
