package io.velvetastro.decisions.push;

import io.velvetastro.language.Address;
import io.velvetastro.language.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the house goes when somebody names an address: to the open internet and to what its operator has allowed, by ports of a short list. What an address is was asked once, and the connection goes to that address.
 */
public final class Reachable {
    private static final Pattern DATABASE = Pattern.compile("jdbc:postgresql://([^/?]+)");
    private static final int DATABASE_PORT = 5432;
    private static final int FIRST_PORT_OF_ANYBODY = 1024;

    /** Nobody's receiver, whatever the operator allows: what gives a machine in a cloud its keys, and what is no single machine. */
    private static final List<Network> NEVER = networks(
            "0.0.0.0/8",
            "169.254.169.254",
            "fd00:ec2::254",
            "100.100.100.200",
            "192.0.0.192",
            "168.63.129.16",
            "224.0.0.0/4",
            "255.255.255.255",
            "ff00::/8",
            "::");

    /** What IANA's registries of special purpose say is not global. */
    private static final List<Network> CLOSED = networks(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            // Teredo, ORCHID and others of the first block, documentation, 6to4: the last carries an IPv4 address
            // inside.
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20");

    /** All there is of global unicast; loopback, local ones, mapped ones and those of translators lie outside. */
    private static final Network GLOBAL = Network.of("2000::/3");

    private final List<Network> allowed;
    private final Set<Integer> ports;
    private final String database;

    /**
     * @param allowed networks of its own that the operator lets organisations name
     * @param database as its driver is told; nobody is sent there
     */
    public Reachable(List<Network> allowed, Set<Integer> ports, String database) {
        this.allowed = List.copyOf(allowed);
        this.ports = new TreeSet<>(ports);
        this.database = database;
    }

    Set<Integer> ports() {
        return ports;
    }

    boolean allows(InetAddress found, int port) {
        var address = address(found);
        if (any(NEVER, address) || isDatabase(address, port)) return false;
        boolean isAllowed = any(allowed, address);
        if (found.isLoopbackAddress()) return isAllowed && port >= FIRST_PORT_OF_ANYBODY;
        return ports.contains(port) && (isAllowed || isOpen(address));
    }

    /** Whether this machine itself may be named, as tests and trials do. */
    boolean allowsLoopback() {
        return allowed.stream()
                .anyMatch(network -> network.overlaps(Network.of("127.0.0.1")) || network.overlaps(Network.of("::1")));
    }

    private static boolean isOpen(Address address) {
        return !any(CLOSED, address) && (address.isIpv4() || GLOBAL.contains(address));
    }

    private boolean isDatabase(Address address, int port) {
        var named = DATABASE.matcher(database);
        return named.find() && Stream.of(named.group(1).split(",")).anyMatch(host -> isThere(host, address, port));
    }

    private static boolean isThere(String host, Address address, int port) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        int itsPort = hasPort ? Integer.parseInt(host.substring(colon + 1)) : DATABASE_PORT;
        if (itsPort != port) return false;
        try {
            return Stream.of(InetAddress.getAllByName(hasPort ? host.substring(0, colon) : host))
                    .anyMatch(each -> address(each).equals(address));
        } catch (UnknownHostException gone) {
            return false;
        }
    }

    private static boolean any(List<Network> networks, Address address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Without the interface that a local one may name. */
    private static Address address(InetAddress found) {
        try {
            return Address.of(InetAddress.getByAddress(found.getAddress()).getHostAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }
}
