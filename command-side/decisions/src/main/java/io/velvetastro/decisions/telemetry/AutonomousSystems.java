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

/** Whose network an address belongs to: sorted ranges in flat arrays, about 20 bytes each. */
final class AutonomousSystems {
    static final AutonomousSystems NONE = new AutonomousSystems(new Ranges(), new Ranges(), List.of());

    private static final Logger LOG = LoggerFactory.getLogger(AutonomousSystems.class);

    /** A network's number and the name of whoever runs it. */
    record Owner(long number, String organization) {}

    /** Inclusive ranges in the order of the file, which is that of their starts; IPv6 by its upper half, finer ones are rare. */
    private static final class Ranges {
        private long[] starts = new long[1024];
        private long[] ends = new long[1024];
        private int[] owners = new int[1024];
        private int size;

        void add(long start, long end, int owner) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
                ends = Arrays.copyOf(ends, size * 2);
                owners = Arrays.copyOf(owners, size * 2);
            }
            if (size > 0 && Long.compareUnsigned(start, starts[size - 1]) < 0)
                throw new IllegalArgumentException("not sorted");
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
            var ids = new HashMap<Owner, Integer>();
            var owners = new ArrayList<Owner>();
            return new AutonomousSystems(
                    read(folder.resolve("asn-ipv4-num.csv"), false, ids, owners),
                    read(folder.resolve("asn-ipv6-num.csv"), true, ids, owners),
                    List.copyOf(owners));
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

    private static Ranges read(Path file, boolean upperHalf, Map<Owner, Integer> ids, List<Owner> owners)
            throws IOException {
        var ranges = new Ranges();
        if (!Files.isReadable(file)) return ranges;
        try (var in = Files.newInputStream(file)) {
            var rows = new Rows(in);
            while (rows.next()) {
                var fields = new ArrayList<String>(4);
                Csv.split(rows.buffer, rows.from, rows.to, fields);
                if (fields.size() < 4) continue;
                var owner = new Owner(Long.parseLong(fields.get(2)), Inert.text(fields.get(3)));
                var id = ids.computeIfAbsent(owner, fresh -> {
                    owners.add(fresh);
                    return owners.size() - 1;
                });
                ranges.add(number(fields.get(0), upperHalf), number(fields.get(1), upperHalf), id);
            }
        }
        return ranges;
    }

    private static long number(String decimal, boolean upperHalf) {
        return upperHalf ? new java.math.BigInteger(decimal).shiftRight(64).longValue() : Long.parseLong(decimal);
    }
}
