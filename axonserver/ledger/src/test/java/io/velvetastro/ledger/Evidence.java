package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** A small platform of two organisations whose logs grow, and the bundles that one of them hands out. */
final class Evidence {
    static final Instant WITNESSED = Instant.parse("2026-11-22T04:00:00Z");
    private static final String ORIGIN = "velvet.example/log";

    final SigningKey log = SigningKey.generate(ORIGIN, VerifierKey.Kind.LOG);
    final SigningKey witness = SigningKey.generate("witness.example", VerifierKey.Kind.WITNESS);
    private final Map<String, List<Leaf>> leaves = new HashMap<>();
    private final Map<String, MerkleTree> trees = new HashMap<>();
    private final MerkleTree platform = new MerkleTree();
    private final List<Anchor> anchors = new ArrayList<>();
    private final Memory memory = new Memory();

    static final class Memory implements Witness.Memory {
        private Checkpoint last;

        @Override
        public Optional<Checkpoint> last() {
            return Optional.ofNullable(last);
        }

        @Override
        public void remember(Checkpoint checkpoint) {
            last = checkpoint;
        }
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

    Evidence anchor(String organisation) {
        var tree = trees.get(organisation);
        var anchor = new Anchor(organisation, tree.size(), tree.root());
        anchors.add(anchor);
        platform.append(anchor.hash());
        return this;
    }

    Note checkpoint() {
        var checkpoint = new Checkpoint(ORIGIN, platform.size(), platform.root());
        var note = checkpoint.signed(List.of(log));
        var guard = new Witness(witness, ORIGIN, log.verifier(), memory);
        var proof = guard.seen() == 0
                ? new ConsistencyProof(0, checkpoint.size(), List.of())
                : platform.connect(guard.seen(), checkpoint.size());
        return note.with(guard.cosign(note, proof, WITNESSED));
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
        try (var bundle = new BundleWriter(Files.newOutputStream(file), "For people.\n", checkpoint)) {
            pack(bundle, organisation, checkpoint, indexes);
        }
    }

    void writeSince(Path file, String organisation, Note earlier, Note checkpoint, long... indexes) throws IOException {
        var from = Checkpoint.parse(earlier.text()).size();
        var to = Checkpoint.parse(checkpoint.text()).size();
        var older = lastAnchor(organisation, from);
        var newer = lastAnchor(organisation, to);
        try (var bundle = new BundleWriter(Files.newOutputStream(file), "For people.\n", checkpoint)) {
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

    private static Leaf leaf(String organisation, int index) {
        var payload = ("{\"attempt\":" + index + ",\"place\":\"Zürich\"}").getBytes(UTF_8);
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
