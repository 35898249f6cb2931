package io.velvetastro.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String given = "";
    private HouseOfCards house;
    private Path log;

    @BeforeEach
    void aHouseAndALog() throws IOException {
        house = new HouseOfCards();
        log = Files.writeString(folder.resolve("auth.log"), "one\ntwo\n");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void anImportSendsTheFileAndTellsWhatBecameOfIt() {
        assertThat(run("import", log.toString(), "--format", "sshd", "--param", "year=2026", "--url", house.url()))
                .isZero();
        assertThat(house.received).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/api/v1/monitor/import?format=sshd&year=2026");
            assertThat(request.body()).isEqualTo("one\ntwo\n");
            assertThat(request.authorization()).isEqualTo("Bearer mine");
        });
        assertThat(out.toString(UTF_8)).contains("2 accepted");
    }

    @Test
    void aCompressedLogIsSentPlain() throws IOException {
        var packed = folder.resolve("auth.log.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            gzip.write("one\ntwo\n".getBytes(UTF_8));
        }
        assertThat(run("import", packed.toString(), "--format", "sshd", "--url", house.url()))
                .isZero();
        assertThat(house.received.getFirst().body()).isEqualTo("one\ntwo\n");
    }

    @Test
    void aBusyHouseIsAskedAgainWithTheWholeFile() {
        house.answers.add(new HouseOfCards.Answer(429, "", "0"));
        house.answers.add(new HouseOfCards.Answer(503, "", "0"));
        assertThat(run("import", log.toString(), "--format", "sshd", "--url", house.url()))
                .isZero();
        assertThat(house.received).hasSize(3).allMatch(request -> request.body().equals("one\ntwo\n"));
    }

    @Test
    void standardInputIsSent() {
        given = "one\ntwo\n";
        assertThat(run("import", "-", "--format", "sshd", "--url", house.url())).isZero();
        assertThat(house.received)
                .singleElement()
                .satisfies(request -> assertThat(request.body()).isEqualTo("one\ntwo\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 0})
    void whatComesThroughAPipeIsNeverSentWithoutItsBeginning(int status) {
        given = "one\ntwo\n";
        house.answers.add(new HouseOfCards.Answer(status, "", "0"));
        assertThat(run("import", "-", "--format", "sshd", "--url", house.url())).isEqualTo(1);
        assertThat(house.received.stream().map(HouseOfCards.Received::body)).containsOnly("one\ntwo\n");
        assertThat(err.toString(UTF_8)).hasLineCount(1).contains("cannot be sent again", "Nothing is stored twice");
    }

    @Test
    void aDemoThatWasStartedAgainIsEnteredAgain() {
        house.answers.add(new HouseOfCards.Answer(503, "", "0"));
        house.answers.add(new HouseOfCards.Answer(401, "{}", ""));
        house.answersToLogins.add(new HouseOfCards.Answer(200, "{\"accessToken\":\"of-yesterday\"}", ""));
        assertThat(runWithoutAToken("import", log.toString(), "--format", "sshd", "--url", house.url()))
                .isZero();
        assertThat(house.received.stream().map(HouseOfCards.Received::authorization))
                .containsExactly("Bearer of-yesterday", "Bearer of-yesterday", "Bearer of-the-demo");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 0})
    void aDemoThatCannotBeEnteredYetIsWaitedFor(int status) {
        house.answers.add(new HouseOfCards.Answer(401, "{}", ""));
        house.answers.add(new HouseOfCards.Answer(401, "{}", ""));
        house.answersToLogins.add(new HouseOfCards.Answer(200, "{\"accessToken\":\"of-yesterday\"}", ""));
        house.answersToLogins.add(new HouseOfCards.Answer(status, "", "0"));
        assertThat(runWithoutAToken("import", log.toString(), "--format", "sshd", "--url", house.url()))
                .isZero();
        assertThat(house.received.getLast().authorization()).isEqualTo("Bearer of-the-demo");
    }

    @Test
    void aTokenThatIsRefusedAsSoonAsItIsGivenIsARefusal() {
        house.answers.add(new HouseOfCards.Answer(401, "{}", ""));
        house.answers.add(new HouseOfCards.Answer(401, "{}", ""));
        assertThat(runWithoutAToken("import", log.toString(), "--format", "sshd", "--url", house.url()))
                .isEqualTo(1);
        assertThat(house.received).hasSize(2);
    }

    @Test
    void withoutATokenADemoOnThisMachineIsEntered() {
        assertThat(runWithoutAToken("import", log.toString(), "--format", "sshd", "--url", house.url()))
                .isZero();
        assertThat(house.received.getFirst().authorization()).isEqualTo("Bearer of-the-demo");
    }

    @Test
    void rejectedLinesAreShownWithoutTheirEscapeSequences() {
        house.answers.add(new HouseOfCards.Answer(
                202,
                "{\"accepted\":1,\"rejectedTotal\":1,\"rejected\":[{\"index\":1,\"field\":\"src_endpoint.ip\",\"detail\":\"\\u001b[2Jnot an address\"}]}",
                ""));
        assertThat(run("import", log.toString(), "--format", "sshd", "--url", house.url()))
                .isZero();
        assertThat(err.toString(UTF_8))
                .contains("line 2, src_endpoint.ip: ·[2Jnot an address")
                .doesNotContain("\u001b");
    }

    @Test
    void aRefusalIsOneLineAndAFailure() {
        house.answers.add(new HouseOfCards.Answer(403, "{}", ""));
        assertThat(run("import", log.toString(), "--format", "sshd", "--url", house.url()))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).hasLineCount(1).contains("may not do this");
    }

    @Test
    void aHouseThatIsNotThereIsAFailure() {
        assertThat(run("import", log.toString(), "--format", "sshd", "--url", "http://localhost:1"))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("Nothing answers at http://localhost:1");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("import", log.toString())).isEqualTo(2);
        assertThat(run("import", "--format", "sshd")).isEqualTo(2);
        assertThat(run("import", log.toString(), "--colour", "red")).isEqualTo(2);
        assertThat(run("import", log.toString(), "--format", "sshd", "--url", "nonsense"))
                .isEqualTo(2);
        assertThat(run("demo", "--rate", "-1")).isEqualTo(2);
        assertThat(run("dance")).isEqualTo(2);
    }

    @Test
    void aFileThatIsNotThereIsAFailure() {
        assertThat(run("import", folder.resolve("nothing").toString(), "--format", "sshd", "--url", house.url()))
                .isEqualTo(1);
    }

    @Test
    void theDemoSendsItsHistoryAsNamedSimulation() {
        assertThat(run("demo", "--url", house.url(), "--history", "1h", "--for", "0s"))
                .isZero();
        assertThat(house.received)
                .isNotEmpty()
                .allMatch(request -> request.body().lines().allMatch(line -> line.contains("\"simulated\"")));
    }

    private int run(String... typed) {
        return run(Map.of("VELVET_TOKEN", "mine"), typed);
    }

    private int runWithoutAToken(String... typed) {
        return run(Map.of(), typed);
    }

    private int run(Map<String, String> environment, String... typed) {
        var in = new ByteArrayInputStream(given.getBytes(UTF_8));
        return CommandLine.run(List.of(typed), environment, in, new PrintStream(out), new PrintStream(err));
    }
}
