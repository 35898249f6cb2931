package io.velvetastro.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.Anchor;
import io.velvetastro.ledger.BundleWriter;
import io.velvetastro.ledger.Census;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.EventProof;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.KnownDoubts;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.MerkleTree;
import io.velvetastro.ledger.Metadata;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Receipt;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.ledger.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    private final SigningKey log = SigningKey.generate("velvet.example/log", Kind.LOG);
    private final SigningKey witness = SigningKey.generate("witness.example", Kind.WITNESS);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path bundle;

    @BeforeEach
    void aBundle() throws IOException {
        bundle = folder.resolve("bundle.zip");
        var leaves = IntStream.range(0, 9).mapToObj(VerifyCommandTest::leaf).toList();
        var tree = new MerkleTree();
        leaves.forEach(leaf -> tree.append(leaf.hash()));
        var platform = new MerkleTree();
        platform.append(new Anchor("log-a", 9, tree.root()).hash());
        var note = cosigned(new Checkpoint("velvet.example/log", 1, platform.root()).signed(List.of(log)));
        var own = cosigned(own(9, tree.root()));
        try (var writer = writer(note, own, 9)) {
            for (var index : List.of(3, 4)) {
                var path = new Anchor.Path("log-a", tree.include(index, 9));
                writer.event(leaves.get(index), new EventProof(path, platform.include(0, 1), note));
            }
        }
    }

    @Test
    void evidenceThatHoldsIsListedWithWhatItDoesNotShow() {
        assertThat(verify(
                        "--key",
                        log.verifier().toString(),
                        "--witness",
                        witness.verifier().toString()))
                .isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("PROVEN")
                .contains(
                        "leaf 3  2026-",
                        "LoginFailed",
                        "Leaves 3 to 4 are all there",
                        "2026-11-22T04:00:00Z",
                        "NOT PROVEN by this");
    }

    @Test
    void whatTheHouseDoubtsIsMarked() throws IOException {
        var noticed = Instant.parse("2026-11-22T03:30:00Z");
        var doubts = new KnownDoubts("log-a", 9, new TreeMap<>(Map.of(4L, noticed))).signed(List.of(log));
        try (var zip = FileSystems.newFileSystem(bundle)) {
            Files.writeString(zip.getPath("doubts"), doubts.toString());
        }
        assertThat(verify("--key", log.verifier().toString())).isEqualTo(3);
        assertThat(out.toString(UTF_8))
                .startsWith("PROVEN, BUT DOUBTED")
                .contains("DOUBTED by the house itself: 1 of these events", "  event-4  DOUBTED on " + noticed)
                .doesNotContain("  event-3  DOUBTED");
    }

    @Test
    void whoeverTakesTheDoubtsAwayTakesTheProofAway() throws IOException {
        try (var zip = FileSystems.newFileSystem(bundle)) {
            Files.delete(zip.getPath("doubts"));
        }
        assertThat(verify("--key", log.verifier().toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("NOT PROVEN (MISSING)", "expected doubts");
        try (var zip = FileSystems.newFileSystem(bundle)) {
            Files.delete(zip.getPath("format")); // As if it were of the first version, which did not say.
            Files.delete(zip.getPath("log/checkpoint"));
        }
        assertThat(verify("--key", log.verifier().toString())).isEqualTo(3);
        assertThat(out.toString(UTF_8)).startsWith("PROVEN, BUT SILENT ABOUT DOUBTS");
    }

    @Test
    void whoeverNamesAnAttackIsNotContentWithoutItsRule() throws IOException {
        var key = log.verifier().toString();
        var attack = "a1000000-0000-4000-8000-000000000001";
        assertThat(verify("--key", key, "--attack", attack)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("NOT JUDGED", "none here");
        var text = "id: brute-force\\nversion: 7";
        var hash = java.util.HexFormat.of()
                .formatHex(sha256(text.replace("\\n", "\n").getBytes(UTF_8)));
        out.reset();
        judgedBundle(text, hash, "event-0");
        assertThat(verify("--key", key, "--attack", attack)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("JUDGED: each finding of " + attack + " (1)", "SHA-256 " + hash, "  | version: 7");
        judgedBundle(text, "0".repeat(64), "event-0");
        assertThat(verify("--key", key, "--attack", attack)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("the text of rule brute-force version 7", "no such text");
        judgedBundle(text, hash, "e1000000-0000-4000-8000-000000000009");
        assertThat(verify("--key", key, "--attack", attack)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("all but 1, first of them e1000000-0000-4000-8000-000000000001");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An event, the text of a rule, and a finding; {@code eventId} is what the event is called, whatever the finding names. */
    private void judgedBundle(String text, String hash, String eventId) throws IOException {
        var named = "e1000000-0000-4000-8000-000000000001";
        var leaves = List.of(
                plain(eventId.equals("event-0") ? named : eventId, "LoginFailed", "{}"),
                plain("rule", "RuleRecorded", "{\"rule\":\"brute-force\",\"version\":7,\"text\":\"" + text + "\"}"),
                plain(
                        "finding",
                        "FindingRaised",
                        "{\"id\":\"f1000000-0000-4000-8000-000000000001\",\"series\":\"a1000000-0000-4000-8000-000000000001\",\"rule\":\"brute-force\",\"ruleVersion\":7,\"count\":1,\"evidence\":[\""
                                + named + "\"],\"ruleHash\":\"" + hash + "\"}"));
        var tree = new MerkleTree();
        leaves.forEach(leaf -> tree.append(leaf.hash()));
        var platform = new MerkleTree();
        platform.append(new Anchor("log-a", tree.size(), tree.root()).hash());
        var note = new Checkpoint("velvet.example/log", 1, platform.root()).signed(List.of(log));
        try (var writer = writer(note, own(tree.size(), tree.root()), tree.size())) {
            for (int index = 0; index < leaves.size(); index++)
                writer.event(
                        leaves.get(index),
                        new EventProof(
                                new Anchor.Path("log-a", tree.include(index, tree.size())),
                                platform.include(0, 1),
                                note));
        }
    }

    private static Leaf plain(String id, String type, String payload) {
        return Leaf.plain(
                "log-a",
                id,
                "io.velvetastro.language." + type,
                "1",
                0,
                payload.getBytes(UTF_8),
                Metadata.ofTexts(Map.of()));
    }

    /** Of a house that doubts nothing. */
    private BundleWriter writer(Note note, Note own, long size) throws IOException {
        var writer = new BundleWriter(Files.newOutputStream(bundle), "For people.\n", note, own);
        writer.doubts(new KnownDoubts("log-a", size, new TreeMap<>()).signed(List.of(log)));
        return writer;
    }

    @Test
    void aChangedByteEndsInOneNamedFailure() throws IOException {
        var bytes = new String(Files.readAllBytes(bundle), java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.write(
                bundle,
                bytes.replaceFirst("PK\\x01\\x02", "PK\\\u0001\\\u0003")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(verify("--key", log.verifier().toString())).isEqualTo(1);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).startsWith("NOT PROVEN (MALFORMED)");
    }

    @Test
    void anotherKeyIsNotBelievedAndBothAreNamed() {
        var stranger =
                SigningKey.generate("velvet.example/log", Kind.LOG).verifier().toString();
        assertThat(verify("--key", stranger)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("UNSIGNED", "expected a signature by " + stranger);
    }

    @Test
    void aReceiptIsHeldAgainstTheBundle() throws IOException {
        var key = log.verifier().toString();
        assertThat(verify("--key", key, "--receipt", receipt(leaf(3), leaf(4)))).isZero();
        assertThat(out.toString(UTF_8)).contains("RECEIPT KEPT");
        out.reset();
        assertThat(verify("--key", key, "--receipt", receipt(leaf(4), leaf(7)))).isZero();
        assertThat(out.toString(UTF_8))
                .contains("not in this bundle", "\n  event-7\n")
                .doesNotContain("\n  event-4\n");
    }

    @Test
    void anEventThatIsNotThePromisedOneIsNotProven() throws IOException {
        var other = new Leaf(
                "log-a", "", "", -1, "event-3", "LoginSucceeded", "1", 0, new byte[0], Metadata.ofTexts(Map.of()));
        assertThat(verify("--key", log.verifier().toString(), "--receipt", receipt(other)))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("NOT PROVEN (CONTRADICTED) receipt for event-3");
    }

    @Test
    void whoeverWantsAllOfSomebodyIsNotContentWithSome() throws IOException {
        var key = log.verifier().toString();
        assertThat(verify("--key", key, "--complete", ANNA)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("NOT COMPLETE", "no count");
        err.reset();
        countedBundle();
        assertThat(verify("--key", key, "--complete", ANNA)).isZero();
        assertThat(out.toString(UTF_8)).contains("COMPLETE: all that names " + ANNA + " among the first 1 of 2 leaves");
        assertThat(verify("--key", key, "--complete", "7f000000-0000-4000-8000-000000000000"))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("NOT COMPLETE", "a count of " + ANNA);
    }

    @Test
    void whatWasCountedLongAgoIsNotAllThereIs() throws IOException {
        countedBundle(150);
        var key = log.verifier().toString();
        assertThat(verify("--key", key, "--complete", ANNA)).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains(
                        "NOT COMPLETE", "counts of the first 1 of 152: 151 leaves of which no count is in this bundle");
        assertThat(out.toString(UTF_8)).doesNotContain("COMPLETE:");
        assertThat(verify("--key", key, "--complete", ANNA, "--uncounted", "151"))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("of the newest 151 no count is in this bundle");
    }

    @Test
    void theLogsNameCanBePinned() {
        var key = log.verifier().toString();
        assertThat(verify("--key", key, "--log", "log-a")).isZero();
        assertThat(verify("--key", key, "--log", "log-b")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("expected log-b", "found    log-a");
    }

    @Test
    void aBundleIsHeldAgainstOneThatWasKept() throws IOException {
        var key = log.verifier().toString();
        var kept = Files.copy(bundle, folder.resolve("kept.zip")).toString();
        assertThat(verify("--key", key, "--since", kept)).isZero();
        assertThat(out.toString(UTF_8)).contains("NOTHING REWRITTEN since");
        countedBundle(20);
        assertThat(verify("--key", key, "--since", kept)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("NOT PROVEN", "\"since\": 9");
    }

    private static final String ANNA = "3d5b6b1e-0000-4000-8000-00000000000a";

    private void countedBundle() throws IOException {
        countedBundle(0);
    }

    /** @param later events that nobody counted */
    private void countedBundle(int later) throws IOException {
        var named = counting(0, "io.velvetastro.language.LoginFailed", "{\"principal\":\"" + ANNA + "\"}");
        var taking = new Census.Taking();
        taking.add(0, named, named.hash());
        var census = taking.taken();
        var said = counting(
                1,
                "io.velvetastro.language.CensusEvent$CensusTaken",
                "{\"from\":0,\"to\":1,\"ids\":1,\"root\":\"" + census.root() + "\"}");
        var tree = new MerkleTree();
        tree.append(named.hash());
        tree.append(said.hash());
        for (int i = 0; i < later; i++) tree.append(leaf(i).hash());
        var platform = new MerkleTree();
        platform.append(new Anchor("log-a", tree.size(), tree.root()).hash());
        var note = new Checkpoint("velvet.example/log", 1, platform.root()).signed(List.of(log));
        var own = own(tree.size(), tree.root());
        try (var writer = writer(note, own, tree.size())) {
            for (int index = 0; index < 2; index++)
                writer.event(
                        index == 0 ? named : said,
                        new EventProof(
                                new Anchor.Path("log-a", tree.include(index, tree.size())),
                                platform.include(0, 1),
                                note));
            writer.census(1, census.prove(ANNA));
        }
    }

    private static Leaf counting(int index, String type, String payload) {
        return Leaf.plain("log-a", "event-" + index, type, "1", 0, payload.getBytes(UTF_8), Metadata.ofTexts(Map.of()));
    }

    private String receipt(Leaf... leaves) throws IOException {
        var promised = java.util.Arrays.stream(leaves)
                .map(leaf -> new Receipt.Promised(leaf.eventId(), leaf.hash()))
                .toList();
        var note = new Receipt("log-a", Instant.parse("2026-11-22T03:00:00Z"), promised).signed(List.of(log));
        return Files.writeString(folder.resolve("receipt.txt"), note.toString()).toString();
    }

    @Test
    void askingWronglyIsNotAFailedCheck() {
        assertThat(verify()).isEqualTo(2);
        assertThat(verify("--key", "nonsense")).isEqualTo(2);
        assertThat(verify("--key", witness.verifier().toString())).isEqualTo(2);
        assertThat(verify("--url", "http://localhost")).isEqualTo(2);
        bundle = folder.resolve("absent.zip");
        assertThat(verify("--key", log.verifier().toString())).isEqualTo(2);
    }

    private int verify(String... options) {
        var typed = new java.util.ArrayList<>(List.of("verify", bundle.toString()));
        typed.addAll(List.of(options));
        return CommandLine.run(
                typed,
                Map.of(),
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    private Note own(long size, Hash root) {
        var origin = "velvet.example/log/log-a";
        return new Checkpoint(origin, size, root).signed(List.of(log.named(origin)));
    }

    private Note cosigned(Note note) {
        var forgetful = new Witness.Memory() {
            @Override
            public Optional<Checkpoint> last(String origin) {
                return Optional.empty();
            }

            @Override
            public void remember(Checkpoint checkpoint) {}
        };
        var guard = new Witness(witness, "velvet.example/log", log.verifier(), forgetful);
        return note.with(
                guard.cosign(note, new ConsistencyProof(0, 0, List.of()), Instant.parse("2026-11-22T04:00:00Z")));
    }

    private static Leaf leaf(int index) {
        var recorded = Instant.parse("2026-11-22T03:00:00Z").toEpochMilli() + index;
        return Leaf.plain(
                "log-a",
                "event-" + index,
                "io.velvetastro.language.LoginFailed",
                "1",
                recorded,
                ("{\"attempt\":" + index + "}").getBytes(UTF_8),
                Metadata.ofTexts(Map.of("tenant", "t")));
    }
}
