package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bundles, judged by Go's sumdb/note and sumdb/tlog: an implementation that is not ours. */
class SecondOpinionTest {
    private static final Path GOPATH = Path.of("/usr/share/gocode");
    private static final Path PROGRAM = Path.of("src/test/go/verify.go");

    @TempDir
    static Path folder;

    private VerifierKey log;

    private final Evidence evidence = new Evidence()
            .record("log-a", 40)
            .record("log-b", 3)
            .anchor("log-a")
            .anchor("log-b");

    @BeforeAll
    static void build() throws Exception {
        boolean there = Files.isDirectory(GOPATH.resolve("src/golang.org/x/mod/sumdb")) && runs("go", "version");
        var missing =
                "No second opinion here: Go and its sumdb packages are missing (apt install golang-go golang-golang-x-mod-dev)";
        if ("required".equals(System.getenv("VELVET_SECOND_OPINION")))
            assertThat(there).as(missing).isTrue();
        assumeTrue(there, missing);
        var built = run("go", "build", "-o", folder.resolve("verify").toString(), PROGRAM.toString());
        assertThat(built.exitCode()).as(built.output()).isZero();
    }

    @Test
    void itAcceptsWhatWeAccept() throws Exception {
        var file = bundle();
        var opinion = judge(file);
        assertThat(opinion.output()).isEqualTo("proven 4\n");
        assertThat(opinion.exitCode()).isZero();
    }

    @Test
    void itRefusesAChangedBitInEventEnvelopeProofAndCheckpoint() throws Exception {
        var honest = BundleTest.unpack(bundle());
        for (var name : List.of(
                "format",
                "events/7.json",
                "events/7.envelope",
                "events/9.envelope",
                "proofs/7.tlog-proof",
                "checkpoint",
                "seen/40.tlog-proof",
                "seen/40.consistency")) {
            // Who cosigned an earlier state is behind the rest and nothing that it looks at.
            for (var at : name.startsWith("seen/") ? List.of(0.1, 0.3, 0.55) : List.of(0.1, 0.3, 0.55, 0.8)) {
                var bytes = honest.get(name).clone();
                bytes[(int) (bytes.length * at)] ^= 1;
                var files = new LinkedHashMap<>(honest);
                files.put(name, bytes);
                assertThat(judge(pack(files)).exitCode()).as(name + " at " + at).isEqualTo(1);
            }
        }
    }

    @Test
    void itWantsTheStateOfTheOrganisationsOwnLog() throws Exception {
        var honest = BundleTest.unpack(bundle());
        for (var state : List.of(
                evidence.own(new Anchor("log-a", 39, Hash.EMPTY)),
                evidence.own(new Anchor("log-a", 40, Hash.EMPTY)),
                evidence.own("log-b", evidence.checkpoint()))) {
            var files = new LinkedHashMap<>(honest);
            files.put("log/checkpoint", state.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(judge(pack(files)).exitCode()).isEqualTo(1);
        }
        honest.remove("log/checkpoint");
        assertThat(judge(pack(honest)).exitCode()).isEqualTo(1);
    }

    @Test
    void itCountsLikeUsAndMissesWhatIsLeftOut() throws Exception {
        var whole = counted(Evidence.ANNA, 0, 5, 10, 15, 20, 25, 30, 35, 40);
        assertThat(judge(whole).output()).isEqualTo("proven 10\ncomplete 9 of " + Evidence.ANNA + "\n");
        var key = log;
        assertThat(judge(counted("7f000000-0000-4000-8000-000000000000", 3)).output())
                .isEqualTo("proven 2\ncomplete 0 of 7f000000-0000-4000-8000-000000000000\n");
        log = key;
        var files = new LinkedHashMap<>(BundleTest.unpack(whole));
        for (var part : List.of("events/15.json", "events/15.envelope", "proofs/15.tlog-proof")) files.remove(part);
        assertThat(judge(pack(files)).output()).contains("of 9 events that name");
        var honest = BundleTest.unpack(whole);
        for (var at : List.of(0.02, 0.7, 0.95)) {
            var bytes = honest.get("census/41").clone();
            bytes[(int) (bytes.length * at)] ^= 1;
            var forged = new LinkedHashMap<>(honest);
            forged.put("census/41", bytes);
            assertThat(judge(pack(forged)).exitCode()).as("census at " + at).isEqualTo(1);
        }
    }

    @Test
    void itReadsWhatTheHouseDoubtsAndTakesNobodyElsesWordForIt() throws Exception {
        var file = Files.createTempFile(folder, "doubted", ".zip");
        evidence.writeDoubting(file, "log-a", 7, evidence.checkpoint(), 7, 9);
        log = evidence.log.verifier();
        assertThat(judge(file)).isEqualTo(new Opinion(3, "proven 2\ndoubted 1\n"));
        var honest = BundleTest.unpack(file);
        for (var at : List.of(0.1, 0.3, 0.55, 0.8)) {
            var bytes = honest.get("doubts").clone();
            bytes[(int) (bytes.length * at)] ^= 1;
            var forged = new LinkedHashMap<>(honest);
            forged.put("doubts", bytes);
            assertThat(judge(pack(forged)).exitCode()).as("doubts at " + at).isEqualTo(1);
        }
        var earlier = new KnownDoubts("log-a", 39, new TreeMap<>()).signed(List.of(evidence.log));
        var silent = new LinkedHashMap<>(honest);
        silent.remove("doubts");
        assertThat(judge(pack(silent)).exitCode()).isEqualTo(1);
        honest.put("doubts", earlier.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(judge(pack(honest)).output()).contains("doubts about another state");
    }

    @Test
    void itFindsTheTextThatJudgedAndTakesNoOther() throws Exception {
        var text = "id: brute-force\nversion: 7";
        var hash = java.util.HexFormat.of().formatHex(Hash.sha256().digest(text.getBytes()));
        assertThat(judgement(text, hash)).isEqualTo(new Opinion(0, "proven 4\njudged 1\n"));
        assertThat(judgement(text, "0".repeat(64))).isEqualTo(new Opinion(0, "proven 4\n"));
    }

    private Opinion judgement(String text, String hash) throws Exception {
        var file = Files.createTempFile(folder, "judged", ".zip");
        var evidence = new Evidence().record("log-a", 25).judge("log-a", text.replace("\n", "\\n"), hash);
        evidence.write(file, "log-a", evidence.checkpoint(), 25, 26, 27, 28);
        log = evidence.log.verifier();
        return judge(file);
    }

    @Test
    void itAcceptsWhatWasSealedAndNothingElse() throws Exception {
        var file = Files.createTempFile(folder, "disclosing", ".zip");
        var evidence = new Evidence().record("log-a", 25);
        evidence.disclose(file, "log-a", java.util.Set.of("user", "target"));
        log = evidence.log.verifier();
        assertThat(judge(file).output()).isEqualTo("proven 1\ndisclosed 1\n");
        var honest = BundleTest.unpack(file);
        for (var at : List.of(0.35, 0.6, 0.9)) {
            var bytes = honest.get("disclosed/25").clone();
            bytes[(int) (bytes.length * at)] ^= 1;
            var forged = new LinkedHashMap<>(honest);
            forged.put("disclosed/25", bytes);
            assertThat(judge(pack(forged)).exitCode()).as("disclosure at " + at).isEqualTo(1);
        }
    }

    @Test
    void itTakesNothingThatASenderWroteForACommitment() throws Exception {
        for (var host : Evidence.COMMITTING_HOSTS) {
            var file = Files.createTempFile(folder, "forged", ".zip");
            var evidence = new Evidence().record("log-a", 25);
            evidence.forge(file, "log-a", host);
            log = evidence.log.verifier();
            assertThat(judge(file).output()).as(host.apply("…")).contains("other values than disclosed/25 shows");
        }
    }

    private Path counted(String id, long... indexes) throws IOException {
        var file = Files.createTempFile(folder, "counted", ".zip");
        var evidence = new Evidence().record("log-a", 40).anchor("log-a");
        new Evidence.Counted(evidence).write(file, "log-a", id, indexes);
        log = evidence.log.verifier();
        return file;
    }

    @Test
    void itRefusesAnotherKey() throws Exception {
        var stranger = SigningKey.generate(evidence.log.verifier().name(), VerifierKey.Kind.LOG);
        assertThat(run(
                                folder.resolve("verify").toString(),
                                bundle().toString(),
                                stranger.verifier().toString())
                        .exitCode())
                .isEqualTo(1);
    }

    private Path bundle() throws IOException {
        var file = Files.createTempFile(folder, "bundle", ".zip");
        evidence.write(file, "log-a", evidence.checkpoint(), 0, 7, 9, 39);
        log = evidence.log.verifier();
        return file;
    }

    private Path pack(java.util.Map<String, byte[]> files) throws IOException {
        var file = Files.createTempFile(folder, "forged", ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private Opinion judge(Path file) throws Exception {
        return run(folder.resolve("verify").toString(), file.toString(), log.toString());
    }

    private record Opinion(int exitCode, String output) {}

    private static boolean runs(String... command) {
        try {
            return run(command).exitCode() == 0;
        } catch (Exception absent) {
            return false;
        }
    }

    private static Opinion run(String... command) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GO111MODULE", "off");
        builder.environment().put("GOPATH", GOPATH.toString());
        builder.environment().put("GOCACHE", folder.resolve("cache").toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Opinion(process.exitValue(), output);
    }
}
