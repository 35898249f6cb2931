package io.velvetastro.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Go's sumdb packages on a bundle that a house has made: decisions with their metadata, censuses, what was disclosed, and the way back to an earlier bundle. */
class SecondOpinionOnTheHouseTest {
    private static final Path GOPATH = Path.of("/usr/share/gocode");
    private static final Path PROGRAM = Path.of("../../axonserver/ledger/src/test/go/verify.go");
    private static final int FLIPS_A_FILE = 12;

    @TempDir
    static Path folder;

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
    void itAcceptsWhatAHouseHandsOutAndNoFlippedBit() throws Exception {
        var evidence = HouseEvidence.of(TheHouse.client(), folder, "gopher.74", "203.0.113.74");
        var honest = judge(evidence, evidence.file());
        assertThat(honest.exitCode()).as(honest.output()).isZero();
        assertThat(honest.output())
                .contains("proven " + evidence.report().events().size())
                .contains("since ", "disclosed ", "judged ", " of " + evidence.incident());
        for (var file : evidence.files().entrySet()) {
            if (file.getKey().equals("about.txt")) continue; // For people; nothing in it is evidence.
            int bits = file.getValue().length * 8;
            for (int i = 0; i < FLIPS_A_FILE; i++) {
                int bit = (int) ((2L * i + 1) * bits / (2 * FLIPS_A_FILE));
                var forged = Files.write(folder.resolve("forged.zip"), evidence.withFlippedBit(file.getKey(), bit));
                var opinion = judge(evidence, forged);
                // A census that speaks of somebody else says so.
                assertThat(opinion.exitCode() == 0 && opinion.output().equals(honest.output()))
                        .as(file.getKey() + " bit " + bit)
                        .isFalse();
                if (!file.getKey().startsWith("census/"))
                    assertThat(opinion.exitCode())
                            .as(file.getKey() + " bit " + bit)
                            .isNotZero();
            }
        }
    }

    private record Opinion(int exitCode, String output) {}

    private static Opinion judge(HouseEvidence evidence, Path file) throws Exception {
        return run(
                folder.resolve("verify").toString(),
                file.toString(),
                evidence.key(),
                String.join(",", evidence.witness().lines().toList()));
    }

    private static boolean runs(String... command) throws Exception {
        try {
            return run(command).exitCode() == 0;
        } catch (IOException absent) {
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
