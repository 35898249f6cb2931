package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a stretch of a log names, and how often: one entry for each id, in the order of the ids, under a Merkle root of its own. Once that root is a leaf itself, nobody can leave out an event that names somebody without the count telling.
 */
public final class Census {
    static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern QUOTED = Pattern.compile("\"(" + ID.pattern() + ")\"");
    private static final String DOMAIN = "velvetastro.io/census@v1\n";
    private static final int PACKED = 2 * Long.BYTES + Long.BYTES + Hash.LENGTH;

    private final List<Entry> entries;
    private final MerkleTree tree = new MerkleTree();

    private Census(List<Entry> sorted) {
        entries = List.copyOf(sorted);
        entries.forEach(entry -> tree.append(entry.hash()));
    }

    /**
     * One id, and the leaves that name it.
     *
     * @param digest runs over these leaves in order: {@code SHA-256(0x01 ‖ before ‖ SHA-256(0x00 ‖ field(index) ‖ field(leaf hash)))}, from 32 zero bytes on
     */
    public record Entry(String id, long count, Hash digest) {
        private static final Hash BEGINNING = Hash.of(new byte[Hash.LENGTH]);

        static Entry none(String id) {
            return new Entry(id, 0, BEGINNING);
        }

        Entry and(long index, Hash leaf) {
            var one = new Fields("", 64).number(index).blob(leaf.bytes()).toBytes();
            return new Entry(id, count + 1, Hash.node(digest, Hash.leaf(one)));
        }

        Hash hash() {
            return Hash.leaf(new Fields(DOMAIN, 128)
                    .text(id)
                    .number(count)
                    .blob(digest.bytes())
                    .toBytes());
        }
    }

    /** Counts a stretch, leaf by leaf in order. */
    public static final class Taking {
        private final TreeMap<String, Entry> entries = new TreeMap<>();

        public void add(long index, Leaf leaf, Hash hash) {
            for (var id : named(leaf))
                entries.merge(id, Entry.none(id).and(index, hash), (known, first) -> known.and(index, hash));
        }

        public Census taken() {
            return new Census(new ArrayList<>(entries.values()));
        }
    }

    /** What an event names: every id that stands in quotes in its payload, and the thing it was decided about; never itself. */
    static Set<String> named(Leaf leaf) {
        var ids = new TreeSet<String>();
        QUOTED.matcher(new String(leaf.payload(), ISO_8859_1)).results().forEach(found -> ids.add(found.group(1)));
        if (ID.matcher(leaf.aggregateId()).matches()) ids.add(leaf.aggregateId());
        ids.remove(leaf.eventId());
        return ids;
    }

    public static boolean names(Leaf leaf, String id) {
        return !id.equals(leaf.eventId())
                && (id.equals(leaf.aggregateId()) || new String(leaf.payload(), ISO_8859_1).contains("\"" + id + "\""));
    }

    public int size() {
        return entries.size();
    }

    public Hash root() {
        return tree.root();
    }

    public Optional<Entry> entry(String id) {
        int at = find(id);
        return at < 0 ? Optional.empty() : Optional.of(entries.get(at));
    }

    /** That this is what the stretch says of an id; where it says nothing, its neighbours show the gap. */
    public CensusProof prove(String id) {
        int at = find(id);
        if (at >= 0) return new CensusProof(id, size(), List.of(shown(at)));
        int after = -at - 1;
        var gap = new ArrayList<CensusProof.Shown>();
        if (after > 0) gap.add(shown(after - 1));
        if (after < size()) gap.add(shown(after));
        return new CensusProof(id, size(), gap);
    }

    private CensusProof.Shown shown(int at) {
        return new CensusProof.Shown(entries.get(at), tree.include(at, size()));
    }

    private int find(String id) {
        int from = 0;
        int to = entries.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = entries.get(middle).id().compareTo(id);
            if (order == 0) return middle;
            if (order < 0) from = middle + 1;
            else to = middle;
        }
        return -from - 1;
    }

    /** For whoever keeps it: 56 bytes an id. */
    public byte[] packed() {
        var bytes = ByteBuffer.allocate(entries.size() * PACKED);
        for (var entry : entries) {
            var id = UUID.fromString(entry.id());
            bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            bytes.putLong(entry.count()).put(entry.digest().bytes());
        }
        return bytes.array();
    }

    /** Whether these can be the bytes of one: nothing may hang over. */
    public static boolean isPacked(byte[] packed) {
        return packed.length % PACKED == 0;
    }

    public static Census unpacked(byte[] packed) {
        var bytes = ByteBuffer.wrap(packed);
        var entries = new ArrayList<Entry>();
        while (bytes.remaining() >= PACKED) {
            var id = new UUID(bytes.getLong(), bytes.getLong()).toString();
            long count = bytes.getLong();
            var digest = new byte[Hash.LENGTH];
            bytes.get(digest);
            entries.add(new Entry(id, count, Hash.of(digest)));
        }
        return new Census(entries);
    }

    /** Puts what is left of a stretch together, for whoever compares it with an entry. */
    static Entry count(String id, Collection<java.util.Map.Entry<Long, Hash>> leaves) {
        var entry = Entry.none(id);
        for (var leaf : leaves) entry = entry.and(leaf.getKey(), leaf.getValue());
        return entry;
    }
}
