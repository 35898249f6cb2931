package io.velvetastro.decisions.telemetry;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose network an address belongs to: sorted ranges in flat arrays, 20 bytes each. */
final class AutonomousSystems {
    static final AutonomousSystems NONE = new AutonomousSystems(new Ranges(), new Ranges(), List.of());

    private static final Logger LOG = LoggerFactory.getLogger(AutonomousSystems.class);

    /** A network's number and the name of whoever runs it. */
    record Owner(long number, String organization) {}

    private final Ranges ipv4;
    private final Ranges ipv6;
    private final List<Owner> owners;

    private AutonomousSystems(Ranges ipv4, Ranges ipv6, List<Owner> owners) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.owners = owners;
    }

    /** Reads {@code asn-ipv4-num.csv} and {@code asn-ipv6-num.csv}: first address, last address, number, organisation. */
    static AutonomousSystems in(Path folder) {
        try {
            var owners = new Owners();
            return new AutonomousSystems(
                    read(folder.resolve("asn-ipv4-num.csv"), false, owners),
                    read(folder.resolve("asn-ipv6-num.csv"), true, owners),
                    List.copyOf(owners.all));
        } catch (IOException | RuntimeException broken) {
            LOG.warn("{} has no readable network data: the networks of addresses stay unknown", folder, broken);
            return NONE;
        }
    }

    @Nullable
    Owner of(InetAddress address) {
        var bytes = address.getAddress();
        int owner = bytes.length == 4
                ? ipv4.owner(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()))
                : ipv6.owner(ByteBuffer.wrap(bytes).getLong());
        return owner < 0 ? null : owners.get(owner);
    }

    private static Ranges read(Path file, boolean upperHalf, Owners owners) throws IOException {
        var ranges = new Ranges();
        if (!Files.isReadable(file)) return ranges;
        try (var in = Files.newInputStream(file)) {
            var number = new Decimal();
            for (var lines = new Lines(in); lines.next(); ) {
                int at = number.read(lines.buffer, lines.from, lines.to);
                long start = number.value(upperHalf);
                at = number.read(lines.buffer, at, lines.to);
                long end = number.value(upperHalf);
                at = number.read(lines.buffer, at, lines.to);
                ranges.add(start, end, owners.of(number.value(false), lines.buffer, at, lines.to));
            }
        }
        return ranges;
    }

    /** Each network's owner once, by its number. */
    private static final class Owners {
        private static final int MOST_PARTS_OF_A_NAME = 64; // Names with commas stand there without quotes.

        private final List<Owner> all = new ArrayList<>();
        private final Map<Long, Integer> byNumber = new HashMap<>();
        private final Fields fields = new Fields(MOST_PARTS_OF_A_NAME);

        int of(long number, byte[] bytes, int from, int to) {
            return byNumber.computeIfAbsent(number, fresh -> {
                fields.split(bytes, from, to);
                all.add(new Owner(number, Inert.text(String.join(",", fields.kept()))));
                return all.size() - 1;
            });
        }
    }

    /** A number of up to 128 bits, read digit by digit: a million of them are no place for objects. */
    private static final class Decimal {
        private long high;
        private long low;

        /** Reads to the next comma and answers where the next field begins. */
        int read(byte[] bytes, int from, int to) {
            high = 0;
            low = 0;
            int at = from;
            for (; at < to && bytes[at] != ','; at++) {
                int digit = bytes[at] - '0';
                if (digit < 0 || digit > 9) throw new IllegalArgumentException("not a number");
                high = high * 10 + Math.unsignedMultiplyHigh(low, 10);
                low *= 10;
                if (Long.compareUnsigned(low + digit, low) < 0) high++;
                low += digit;
            }
            if (at == from || at == to) throw new IllegalArgumentException("not a number and a comma");
            return at + 1;
        }

        long value(boolean upperHalf) {
            return upperHalf ? high : low;
        }
    }

    /** Inclusive ranges in the order of their starts; IPv6 by its upper half, finer ones are rare. */
    private static final class Ranges {
        private long[] starts = new long[1024];
        private long[] ends = new long[1024];
        private int[] owners = new int[1024];
        private int size;

        void add(long start, long end, int owner) {
            if (size > 0 && Long.compareUnsigned(start, starts[size - 1]) < 0)
                throw new IllegalArgumentException("not sorted");
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
                ends = Arrays.copyOf(ends, size * 2);
                owners = Arrays.copyOf(owners, size * 2);
            }
            starts[size] = start;
            ends[size] = end;
            owners[size++] = owner;
        }

        int owner(long address) {
            int low = 0;
            int high = size - 1;
            while (low <= high) {
                int middle = low + high >>> 1;
                if (Long.compareUnsigned(starts[middle], address) <= 0) low = middle + 1;
                else high = middle - 1;
            }
            return high >= 0 && Long.compareUnsigned(address, ends[high]) <= 0 ? owners[high] : -1;
        }
    }
}
