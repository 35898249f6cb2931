package io.velvetastro.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowCommandTest {
    @TempDir
    Path folder;

    private HouseOfCards house;
    private Path log;

    @BeforeEach
    void aHouseAndALog() throws IOException {
        house = new HouseOfCards();
        log = Files.writeString(folder.resolve("auth.log"), "one\n");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatIsWrittenArrivesAndARestartGoesOn() throws Exception {
        follow("sshd", () -> {
            arrived(1);
            grow("two 2\n");
            arrived(2);
        });
        grow("two 2\n");
        follow("sshd", () -> arrived(3));

        assertThat(house.received.stream().map(HouseOfCards.Received::body))
                .containsExactly("one\n", "two 2\n", "two 2\ntwo 2\n");
        assertThat(house.received.getLast().path())
                .contains("context=1"); // The second "two 2" is another event than the first.
    }

    @Test
    void aBusyHouseDelaysAndLosesNothing() throws Exception {
        house.answers.add(new HouseOfCards.Answer(429, "", "0"));
        house.answers.add(new HouseOfCards.Answer(503, "", "0"));
        follow("sshd", () -> arrived(3));
        assertThat(house.received).allMatch(request -> request.body().equals("one\n"));
    }

    @Test
    void everyPieceOfATableBringsItsHeader() throws Exception {
        Files.writeString(log, "time,name\n1,a\n");
        follow("csv", () -> {
            arrived(1);
            grow("2,b\n");
            arrived(2);
        });
        assertThat(house.received.stream().map(HouseOfCards.Received::body))
                .containsExactly("time,name\n1,a\n", "time,name\n2,b\n");
    }

    private interface Meanwhile {
        void happens() throws IOException;
    }

    private void follow(String format, Meanwhile meanwhile) throws Exception {
        var typed = List.of(
                "follow",
                log.toString(),
                "--format",
                format,
                "--url",
                house.url(),
                "--state",
                folder.resolve("bookmark").toString());
        var quiet = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        var follower = Thread.ofVirtual()
                .start(() -> CommandLine.run(
                        typed, Map.of("VELVET_TOKEN", "mine"), InputStream.nullInputStream(), quiet, quiet));
        try {
            meanwhile.happens();
            bookmarked();
        } finally {
            follower.interrupt();
            follower.join(Duration.ofSeconds(10));
        }
    }

    /** An interruption between the answer and the bookmark would send the piece again. */
    private void bookmarked() throws IOException {
        var size = Files.size(log);
        await(() -> Files.exists(folder.resolve("bookmark"))
                && Files.readString(folder.resolve("bookmark")).contains("\"offset\":" + size));
    }

    private void arrived(int requests) {
        await(() -> house.received.size() >= requests);
    }

    private void grow(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private interface Question {
        boolean isTrue() throws IOException;
    }

    private static void await(Question question) {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try {
            while (!question.isTrue()) {
                if (System.nanoTime() > deadline) throw new AssertionError("It did not happen.");
                LockSupport.parkNanos(10_000_000);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
