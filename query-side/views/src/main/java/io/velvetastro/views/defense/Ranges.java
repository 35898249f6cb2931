package io.velvetastro.views.defense;

import io.velvetastro.language.Address;
import io.velvetastro.language.Network;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Sets of addresses as sorted ranges: what is kept out, less what must not be, in the fewest networks that say exactly that. */
final class Ranges {
    private record Range(BigInteger first, BigInteger last) {}

    private Ranges() {}

    static List<Network> less(Collection<Network> blocked, Collection<Network> allowed) {
        var networks = new ArrayList<Network>();
        for (boolean ipv4 : new boolean[] {true, false})
            for (var range : without(merged(blocked, ipv4), merged(allowed, ipv4)))
                spell(range, ipv4 ? 32 : 128, networks);
        return networks;
    }

    private static List<Range> merged(Collection<Network> networks, boolean ipv4) {
        var sorted = networks.stream()
                .filter(network -> network.base().isIpv4() == ipv4)
                .map(Ranges::range)
                .sorted(Comparator.comparing(Range::first).thenComparing(Range::last))
                .toList();
        var merged = new ArrayList<Range>();
        for (var range : sorted) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || range.first.compareTo(last.last.add(BigInteger.ONE)) > 0) merged.add(range);
            else merged.set(merged.size() - 1, new Range(last.first, last.last.max(range.last)));
        }
        return merged;
    }

    private static Range range(Network network) {
        var bytes = network.base().bytes();
        var first = new BigInteger(1, bytes);
        var size = BigInteger.ONE.shiftLeft(bytes.length * 8 - network.prefix());
        return new Range(first, first.add(size).subtract(BigInteger.ONE));
    }

    private static List<Range> without(List<Range> ranges, List<Range> holes) {
        var rest = new ArrayList<Range>();
        int next = 0;
        for (var range : ranges) {
            var first = range.first;
            while (next < holes.size() && holes.get(next).last.compareTo(first) < 0) next++;
            for (int i = next; i < holes.size() && holes.get(i).first.compareTo(range.last) <= 0; i++) {
                var hole = holes.get(i);
                if (hole.first.compareTo(first) > 0) rest.add(new Range(first, hole.first.subtract(BigInteger.ONE)));
                first = first.max(hole.last.add(BigInteger.ONE));
            }
            if (first.compareTo(range.last) <= 0) rest.add(new Range(first, range.last));
        }
        return rest;
    }

    /** The largest networks that fit, one after the other. */
    private static void spell(Range range, int bits, List<Network> into) {
        var first = range.first;
        while (first.compareTo(range.last) <= 0) {
            int free = first.signum() == 0 ? bits : Math.min(bits, first.getLowestSetBit());
            while (first.add(BigInteger.ONE.shiftLeft(free))
                            .subtract(BigInteger.ONE)
                            .compareTo(range.last)
                    > 0) free--;
            into.add(new Network(address(first, bits / 8), bits - free));
            first = first.add(BigInteger.ONE.shiftLeft(free));
        }
    }

    private static Address address(BigInteger number, int length) {
        var digits = number.toByteArray();
        var bytes = new byte[length];
        int taken = Math.min(digits.length, length);
        System.arraycopy(digits, digits.length - taken, bytes, length - taken, taken);
        try {
            return Address.of(InetAddress.getByAddress(bytes).getHostAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
