package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A small platform of two organisations whose logs grow, and the bundles that one of them hands out. */
final class Evidence {
    static final Instant WITNESSED = Instant.parse("2026-11-22T04:00:00Z");
    /** Every fifth event names her. */
    static final String ANNA = "6f000000-0000-4000-8000-000000000001";

    private static final String OTHERS = "8f000000-0000-4000-8000-00000000000";
    private static final String ORIGIN = "velvet.example/log";

    final SigningKey log;
    final SigningKey witness = SigningKey.generate("witness.example", VerifierKey.Kind.WITNESS);
    private final Map<String, List<Leaf>> leaves = new HashMap<>();
    private final Map<String, MerkleTree> trees = new HashMap<>();
    private final MerkleTree platform = new MerkleTree();
    private final List<Anchor> anchors = new ArrayList<>();
    private final List<Note> checkpoints = new ArrayList<>();
    private final Memory memory = new Memory();
    private Instant now = WITNESSED;
    private SigningKey signing;

    Evidence() {
        this(SigningKey.generate(ORIGIN, VerifierKey.Kind.LOG));
    }

    Evidence(SigningKey log) {
        this.log = log;
        this.signing = log;
    }

    /** From now on the house signs with this key. */
    Evidence signedBy(SigningKey successor) {
        signing = successor;
        return this;
    }

    static final class Memory implements Witness.Memory {
        private final Map<String, Checkpoint> last = new HashMap<>();

        @Override
        public Optional<Checkpoint> last(String origin) {
            return Optional.ofNullable(last.get(origin));
        }

        @Override
        public void remember(Checkpoint checkpoint) {
            last.put(checkpoint.origin(), checkpoint);
        }
    }

    /** From now on the witness's clock says this. */
    Evidence at(Instant moment) {
        now = moment;
        return this;
    }

    Trust trust() {
        return Trust.in(log.verifier(), List.of());
    }

    Trust trustWithWitness() {
        return Trust.in(log.verifier(), List.of(witness.verifier()));
    }

    Evidence record(String organisation, int events) {
        for (var i = 0; i < events; i++) {
            var list = leaves.computeIfAbsent(organisation, name -> new ArrayList<>());
            var leaf = leaf(organisation, list.size());
            list.add(leaf);
            trees.computeIfAbsent(organisation, name -> new MerkleTree()).append(leaf.hash());
        }
        return this;
    }

    /** The same event as another leaf: somebody has copied its row. */
    Evidence again(String organisation, int index) {
        add(organisation, leafOf(organisation, index));
        return this;
    }

    Evidence anchor(String organisation) {
        var tree = trees.get(organisation);
        var anchor = new Anchor(organisation, tree.size(), tree.root());
        anchors.add(anchor);
        platform.append(anchor.hash());
        return this;
    }

    Note checkpoint() {
        var checkpoint = new Checkpoint(ORIGIN, platform.size(), platform.root());
        var note = checkpoint.signed(List.of(signing));
        var guard = new Witness(witness, ORIGIN, signing.verifier(), memory);
        var proof = guard.seen(ORIGIN) == 0
                ? new ConsistencyProof(0, checkpoint.size(), List.of())
                : platform.connect(guard.seen(ORIGIN), checkpoint.size());
        var cosigned = note.with(guard.cosign(note, proof, now));
        checkpoints.add(cosigned);
        return cosigned;
    }

    /** The state of an organisation's own log under a checkpoint of the platform's, as the witness has seen it. */
    Note own(String organisation, Note checkpoint) {
        var at = lastAnchor(organisation, Checkpoint.parse(checkpoint.text()).size());
        return own(anchors.get(at));
    }

    Note own(Anchor anchor) {
        var origin = Origin.of(ORIGIN, anchor.log());
        var note = new Checkpoint(origin, anchor.size(), anchor.root()).signed(List.of(signing.named(origin)));
        var guard = new Witness(witness, ORIGIN, signing.verifier(), new Memory());
        return note.with(guard.cosign(note, new ConsistencyProof(0, anchor.size(), List.of()), now));
    }

    Leaf leafOf(String organisation, int index) {
        return leaves.get(organisation).get(index);
    }

    EventProof prove(String organisation, long index, Note checkpoint) {
        var platformSize = Checkpoint.parse(checkpoint.text()).size();
        var at = lastAnchor(organisation, platformSize);
        var path = new Anchor.Path(
                organisation,
                trees.get(organisation).include(index, anchors.get(at).size()));
        return new EventProof(path, platform.include(at, platformSize), checkpoint);
    }

    private int lastAnchor(String organisation, long platformSize) {
        return LongStream.range(0, platformSize)
                .mapToInt(Math::toIntExact)
                .filter(i -> anchors.get(i).log().equals(organisation))
                .max()
                .orElseThrow();
    }

    void write(Path file, String organisation, Note checkpoint, long... indexes) throws IOException {
        try (var bundle = begun(file, organisation, checkpoint)) {
            pack(bundle, organisation, checkpoint, indexes);
            packSeen(bundle, organisation, checkpoint, indexes);
        }
    }

    /** A bundle of a house that doubts nothing. */
    private BundleWriter begun(Path file, String organisation, Note checkpoint) throws IOException {
        var bundle = new BundleWriter(
                Files.newOutputStream(file), "For people.\n", checkpoint, own(organisation, checkpoint));
        var size = anchors.get(lastAnchor(
                        organisation, Checkpoint.parse(checkpoint.text()).size()))
                .size();
        bundle.doubts(new KnownDoubts(organisation, size, new TreeMap<>()).signed(List.of(signing)));
        return bundle;
    }

    /** A bundle of which the house says that it doubts one leaf. */
    void writeDoubting(Path file, String organisation, long doubted, Note checkpoint, long... indexes)
            throws IOException {
        writeDoubting(file, organisation, new TreeMap<>(Map.of(doubted, ENDED)), checkpoint, indexes);
    }

    void writeDoubting(
            Path file, String organisation, SortedMap<Long, Instant> doubted, Note checkpoint, long... indexes)
            throws IOException {
        var doubts = new KnownDoubts(organisation, trees.get(organisation).size(), doubted);
        try (var bundle = new BundleWriter(
                Files.newOutputStream(file), "For people.\n", checkpoint, own(organisation, checkpoint))) {
            pack(bundle, organisation, checkpoint, indexes);
            bundle.doubts(doubts.signed(List.of(log)));
        }
    }

    void writeSince(Path file, String organisation, Note earlier, Note checkpoint, long... indexes) throws IOException {
        var from = Checkpoint.parse(earlier.text()).size();
        var to = Checkpoint.parse(checkpoint.text()).size();
        var older = lastAnchor(organisation, from);
        var newer = lastAnchor(organisation, to);
        try (var bundle = begun(file, organisation, checkpoint)) {
            pack(bundle, organisation, checkpoint, indexes);
            bundle.since(
                    earlier,
                    anchors.get(older),
                    platform.include(older, from),
                    platform.connect(from, to),
                    trees.get(organisation)
                            .connect(
                                    anchors.get(older).size(),
                                    anchors.get(newer).size()));
        }
    }

    private void pack(BundleWriter bundle, String organisation, Note checkpoint, long... indexes) throws IOException {
        for (var index : indexes)
            bundle.event(leafOf(organisation, (int) index), prove(organisation, index, checkpoint));
    }

    /** The first states over these leaves that the witness has seen. */
    private void packSeen(BundleWriter bundle, String organisation, Note checkpoint, long... indexes)
            throws IOException {
        var tree = trees.get(organisation);
        long size = anchors.get(lastAnchor(
                        organisation, Checkpoint.parse(checkpoint.text()).size()))
                .size();
        var packed = new HashSet<Long>();
        for (var index : indexes) {
            int at = firstAnchor(organisation, index);
            var then = checkpoints.stream()
                    .filter(note -> Checkpoint.parse(note.text()).size() > at)
                    .findFirst()
                    .orElseThrow();
            var anchor = anchors.get(at);
            if (packed.add(anchor.size()))
                bundle.seen(
                        then,
                        anchor,
                        platform.include(at, Checkpoint.parse(then.text()).size()),
                        tree.connect(anchor.size(), size));
        }
    }

    private int firstAnchor(String organisation, long index) {
        for (int i = 0; i < anchors.size(); i++)
            if (anchors.get(i).log().equals(organisation) && anchors.get(i).size() > index) return i;
        throw new IllegalArgumentException("Leaf " + index + " is not anchored");
    }

    /** Evidence with one event and one census more, which counted all before it. */
    record Counted(Evidence evidence) {
        void write(Path file, String organisation, String id, long... indexes) throws IOException {
            var list = evidence.leaves.get(organisation);
            evidence.add(organisation, naming(organisation, list.size()));
            var taking = new Census.Taking();
            for (int i = 0; i < list.size(); i++)
                taking.add(i, list.get(i), list.get(i).hash());
            var census = Census.unpacked(taking.taken().packed());
            int at = list.size();
            evidence.add(organisation, record(organisation, at, census));
            evidence.anchor(organisation);
            var checkpoint = evidence.checkpoint();
            try (var bundle = evidence.begun(file, organisation, checkpoint)) {
                evidence.pack(bundle, organisation, checkpoint, indexes);
                evidence.pack(bundle, organisation, checkpoint, at);
                bundle.census(at, census.prove(id));
            }
        }

        private static Leaf naming(String organisation, int index) {
            var payload = "{\"principal\":\"" + ANNA + "\",\"others\":[\"" + OTHERS + "1\",\"" + OTHERS + "2\"]}";
            return plain(organisation, index, "LoginFailed", payload);
        }

        private static Leaf record(String organisation, int index, Census census) {
            return plain(
                    organisation,
                    index,
                    "io.velvetastro.language.CensusEvent$CensusTaken",
                    "{\"from\":0,\"to\":" + index + ",\"ids\":" + census.size() + ",\"root\":\"" + census.root()
                            + "\"}");
        }

        private static Leaf plain(String organisation, int index, String type, String payload) {
            return Leaf.plain(
                    organisation,
                    "event-" + index,
                    type,
                    "1",
                    1_795_000_000_000L,
                    payload.getBytes(UTF_8),
                    Metadata.NONE);
        }
    }

    /** A bundle of one more event, with those of its sealed values in clear. */
    void disclose(Path file, String organisation, java.util.Set<String> names) throws IOException {
        var values = new Disclosure(List.of(
                new Disclosure.Shown("user", salt(1), "anna müller"),
                new Disclosure.Shown("address", salt(2), "203.0.113.7"),
                new Disclosure.Shown("target", salt(3), null)));
        disclose(
                file,
                organisation,
                values.only(names),
                "{\"personal\":\"1-0123456789ab.c2VhbGVk~" + values.commitment() + "\"}");
    }

    /** A bundle of an honest event whose host a sender has named: by a commitment to other values than were sealed, which somebody discloses. */
    void forge(Path file, String organisation, UnaryOperator<String> host) throws IOException {
        var sealed = new Disclosure(List.of(new Disclosure.Shown("user", salt(1), "anna müller")));
        var forged = new Disclosure(List.of(new Disclosure.Shown("user", salt(1), "bob")));
        disclose(
                file,
                organisation,
                forged,
                "{\"host\":\"" + host.apply(forged.commitment()) + "\",\"personal\":\"1-0123456789ab.c2VhbGVk~"
                        + sealed.commitment() + "\"}");
    }

    private void disclose(Path file, String organisation, Disclosure disclosure, String payload) throws IOException {
        int at = leaves.get(organisation).size();
        add(
                organisation,
                Leaf.plain(organisation, "event-" + at, "LoginFailed", "1", 7, payload.getBytes(UTF_8), Metadata.NONE));
        anchor(organisation);
        var checkpoint = checkpoint();
        try (var bundle = begun(file, organisation, checkpoint)) {
            pack(bundle, organisation, checkpoint, at);
            bundle.disclose(at, disclosure);
        }
    }

    static final Instant ENDED = Instant.parse("2026-10-01T00:00:00Z");

    /** Two sealed events of this month and another, the end of this month, and one more of it. */
    Evidence end(String organisation, String month) {
        sealed(organisation, month);
        sealed(organisation, "2026-09");
        int at = leaves.get(organisation).size();
        var ended = "{\"tenant\":\"t\",\"month\":\"" + month + "\",\"at\":\"" + ENDED + "\"}";
        add(
                organisation,
                Leaf.plain(
                        organisation,
                        "event-" + at,
                        "io.velvetastro.language.PrivacyEvent$MonthEnded",
                        "1",
                        7,
                        ended.getBytes(UTF_8),
                        Metadata.NONE));
        sealed(organisation, month);
        return anchor(organisation);
    }

    private void sealed(String organisation, String month) {
        int at = leaves.get(organisation).size();
        var payload = "{\"personal\":\"1-0123456789ab." + "c2VhbGVk".repeat(6) + "\"}";
        var metadata = Metadata.ofTexts(Map.of("occurredAt", month + "-07T10:00:00Z"));
        add(
                organisation,
                Leaf.plain(organisation, "event-" + at, "LoginFailed", "1", 7, payload.getBytes(UTF_8), metadata));
    }

    /** How a sender may write a host's name to make it look like sealed text, as it then stands in the JSON. */
    static final List<UnaryOperator<String>> COMMITTING_HOSTS = List.of(
            commitment -> "x~" + commitment,
            commitment -> "1-0123456789ab.c2VhbGVk~" + commitment,
            commitment -> "\\\"personal\\\":\\\"1-0123456789ab.c2VhbGVk~" + commitment + "\\\"");

    static final String ATTACK = "a1000000-0000-4000-8000-000000000001";
    static final String FINDING = "f1000000-0000-4000-8000-000000000001";

    /**
     * Two events, the text of a rule, and a finding that names both events and the text by this hash, anchored.
     *
     * @param escaped the text as it stands in the JSON
     */
    Evidence judge(String organisation, String escaped, String ruleHash) {
        var events = List.of("e1000000-0000-4000-8000-000000000001", "e1000000-0000-4000-8000-000000000002");
        for (var id : events) own(organisation, id, "LoginFailed", "{}");
        own(
                organisation,
                "b1000000-0000-4000-8000-000000000001",
                "RuleRecorded",
                "{\"tenant\":\"t\",\"rule\":\"brute-force\",\"version\":7,\"text\":\"" + escaped + "\"}");
        // What others have named may look like anything: within a text every quote is escaped.
        own(
                organisation,
                FINDING,
                "FindingRaised",
                "{\"id\":\"" + FINDING + "\",\"series\":\"" + ATTACK
                        + "\",\"tenant\":\"t\",\"engine\":\"HEURISTICS\",\"rule\":\"brute-force\",\"ruleVersion\":7,\"title\":\"x\\\"ruleHash\\\":\\\""
                        + "0".repeat(64) + "\\\"\",\"count\":90,\"evidence\":[\"" + String.join("\",\"", events)
                        + "\"],\"simulated\":false"
                        + (ruleHash.isEmpty() ? "" : ",\"ruleHash\":\"" + ruleHash + "\"") + "}");
        return anchor(organisation);
    }

    private void own(String organisation, String id, String type, String payload) {
        add(
                organisation,
                Leaf.plain(
                        organisation,
                        id,
                        "io.velvetastro.language." + type,
                        "1",
                        7,
                        payload.getBytes(UTF_8),
                        Metadata.NONE));
    }

    private static byte[] salt(int seed) {
        var salt = new byte[Hash.LENGTH];
        java.util.Arrays.fill(salt, (byte) seed);
        return salt;
    }

    private void add(String organisation, Leaf leaf) {
        leaves.get(organisation).add(leaf);
        trees.get(organisation).append(leaf.hash());
    }

    private static Leaf leaf(String organisation, int index) {
        var who = index % 5 == 0 ? "\"principal\":\"" + ANNA + "\"," : "";
        var payload = ("{\"attempt\":" + index + "," + who + "\"place\":\"Zürich\"}").getBytes(UTF_8);
        var metadata = new HashMap<String, Metadata.Value>();
        metadata.put("tenant", Metadata.Value.text(organisation));
        metadata.put("note", Metadata.Value.text("100 % of\nlines"));
        metadata.put("count", Metadata.Value.json(Integer.toString(index)));
        if (index % 3 == 0) {
            return new Leaf(
                    organisation,
                    "Incident",
                    "incident-" + index,
                    index,
                    "event-" + index,
                    "IncidentOpened",
                    "1",
                    1_795_000_000_000L + index,
                    payload,
                    Metadata.of(metadata));
        }
        return Leaf.plain(
                organisation,
                "event-" + index,
                "LoginFailed",
                "2",
                1_795_000_000_000L + index,
                payload,
                Metadata.of(metadata));
    }
}
