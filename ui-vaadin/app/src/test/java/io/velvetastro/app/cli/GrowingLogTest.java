package io.velvetastro.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingLogTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void anEmptyLog() throws IOException {
        file = Files.createFile(folder.resolve("auth.log"));
    }

    @Test
    void linesArriveOnceAndWhole() throws IOException {
        try (var log = new GrowingLog(file, null, false)) {
            grow("one\ntw");
            assertThat(read(log)).isEqualTo("one\n");
            grow("o\n");
            assertThat(read(log)).isEqualTo("two\n");
            assertThat(read(log)).isEmpty();
        }
    }

    @Test
    void theOldFileIsReadToItsEndAfterARotation() throws IOException {
        try (var log = new GrowingLog(file, null, false)) {
            grow("one\n");
            assertThat(read(log)).isEqualTo("one\n");
            grow("late\n");
            Files.move(file, folder.resolve("auth.log.1"));
            Files.writeString(file, "new\n");
            assertThat(readAll(log)).isEqualTo("late\nnew\n");
        }
    }

    @Test
    void aLogThatIsCutToNothingBeginsAnew() throws IOException {
        try (var log = new GrowingLog(file, null, false)) {
            grow("one\ntwo\n");
            assertThat(readAll(log)).isEqualTo("one\ntwo\n");
            Files.writeString(file, "new\n");
            assertThat(readAll(log)).isEqualTo("new\n");
        }
    }

    @Test
    void aRestartGoesOnWhereItStopped() throws IOException {
        grow("one\n");
        var bookmark = new Bookmark(folder.resolve("bookmark.json"));
        try (var log = new GrowingLog(file, bookmark.read(), false)) {
            assertThat(readAll(log)).isEqualTo("one\n");
            bookmark.write(log.position());
        }
        grow("two\n");
        try (var log = new GrowingLog(file, bookmark.read(), false)) {
            assertThat(readAll(log)).isEqualTo("two\n");
        }
    }

    @Test
    void aRestartFindsWhatWasRotatedAwayMeanwhile() throws IOException {
        grow("one\n");
        var bookmark = new Bookmark(folder.resolve("bookmark.json"));
        try (var log = new GrowingLog(file, null, false)) {
            assertThat(readAll(log)).isEqualTo("one\n");
            bookmark.write(log.position());
        }
        grow("late\n");
        Files.move(file, folder.resolve("auth.log.1"));
        Files.writeString(file, "new\n");
        try (var log = new GrowingLog(file, bookmark.read(), false)) {
            assertThat(readAll(log)).isEqualTo("late\nnew\n");
        }
    }

    @Test
    void identicalLinesBringTheirForerunnersAlong() throws IOException {
        var bookmark = new Bookmark(folder.resolve("bookmark.json"));
        try (var log = new GrowingLog(file, null, false)) {
            grow("again\nagain\nother\n");
            assertThat(log.next().seenBefore()).isEmpty();
            bookmark.write(log.position());
        }
        grow("again\n");
        try (var log = new GrowingLog(file, bookmark.read(), false)) {
            assertThat(log.next().seenBefore()).containsExactly("again", "again");
        }
    }

    @Test
    void aBookmarkIsNoSecondCopyOfTheLog() throws IOException {
        var bookmark = folder.resolve("bookmark.json");
        grow("Failed password for grace.berg\n");
        try (var log = new GrowingLog(file, null, false)) {
            log.next();
            new Bookmark(bookmark).write(log.position());
        }
        assertThat(bookmark).content().doesNotContain("grace");
    }

    @Test
    void fromTheEndSkipsWhatIsThere() throws IOException {
        grow("old\nhal");
        try (var log = new GrowingLog(file, null, true)) {
            grow("f\n");
            assertThat(readAll(log)).isEqualTo("half\n");
        }
    }

    private void grow(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static String read(GrowingLog log) throws IOException {
        return new String(log.next().bytes(), UTF_8);
    }

    /** Two looks in a row may find nothing while a rotation is noticed. */
    private static String readAll(GrowingLog log) throws IOException {
        var all = new StringBuilder();
        for (var nothing = 0; nothing < 2; ) {
            var piece = read(log);
            all.append(piece);
            nothing = piece.isEmpty() ? nothing + 1 : 0;
        }
        return all.toString();
    }
}
