package io.velvetastro.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingLogTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private Path file;

    @BeforeEach
    void anEmptyLog() throws IOException {
        file = Files.createFile(folder.resolve("auth.log"));
    }

    @Test
    void linesArriveOnceAndWhole() throws IOException {
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            grow("one\ntw");
            assertThat(read(log)).isEqualTo("one\n");
            grow("o\n");
            assertThat(read(log)).isEqualTo("two\n");
            assertThat(read(log)).isEmpty();
        }
    }

    @Test
    void theOldFileIsReadToItsEndAfterARotation() throws IOException {
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            grow("one\n");
            assertThat(read(log)).isEqualTo("one\n");
            grow("late\n");
            Files.move(file, folder.resolve("auth.log.1"));
            Files.writeString(file, "new\n");
            assertThat(readAll(log)).isEqualTo("late\nnew\n");
        }
    }

    /** Its writer has not been told yet when the next file is there already. */
    @Test
    void whatIsWrittenToTheOldFileAfterItWasMovedIsReadToo() throws IOException {
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ofHours(1))) {
            grow("one\n");
            assertThat(read(log)).isEqualTo("one\n");
            var moved = Files.move(file, folder.resolve("auth.log.1"));
            Files.writeString(file, "new\n");
            assertThat(readAll(log)).isEmpty();
            Files.writeString(moved, "late\n", StandardOpenOption.APPEND);
            assertThat(readAll(log)).isEqualTo("late\n");
            assertThat(log.position().fileKey()).isEqualTo(GrowingLog.key(moved));
        }
    }

    @Test
    void aLogThatIsCutToNothingBeginsAnew() throws IOException {
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
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
        try (var log = new GrowingLog(file, bookmark.read(), false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("one\n");
            bookmark.write(log.position());
        }
        grow("two\n");
        try (var log = new GrowingLog(file, bookmark.read(), false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("two\n");
        }
    }

    @Test
    void aRestartFindsWhatWasRotatedAwayMeanwhile() throws IOException {
        grow("one\n");
        var bookmark = new Bookmark(folder.resolve("bookmark.json"));
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("one\n");
            bookmark.write(log.position());
        }
        grow("late\n");
        Files.move(file, folder.resolve("auth.log.1"));
        Files.writeString(file, "new\n");
        try (var log = new GrowingLog(file, bookmark.read(), false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("late\nnew\n");
        }
    }

    @Test
    void everyRotationThatWasMissedIsReadInItsOrder() throws IOException {
        var stopped = readOneAndStop();
        grow("late\n");
        rotated(".3", Duration.ofDays(1));
        Files.writeString(file, "between\n");
        rotated(".2", Duration.ofDays(2));
        Files.writeString(file, "between\n2\n");
        rotated(".1", Duration.ofDays(3));
        Files.writeString(file, "new\n");
        try (var log = new GrowingLog(file, stopped, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("late\nbetween\nbetween\n2\nnew\n");
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void whatIsPackedIsNamedAndWhatComesAfterIsRead() throws IOException {
        var stopped = readOneAndStop();
        Files.delete(file);
        Files.writeString(file, "packed\n");
        rotated(".2.gz", Duration.ofDays(1));
        Files.writeString(file, "between\n");
        rotated("-20260302", Duration.ofDays(2));
        Files.writeString(file, "new\n");
        try (var log = new GrowingLog(file, stopped, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("between\nnew\n");
        }
        assertThat(notes).anyMatch(note -> note.contains("lines may be missing"));
        assertThat(notes).anyMatch(note -> note.contains("auth.log.2.gz") && note.contains("./velvet import"));
    }

    @Test
    void aFileThatOnlyHasASimilarNameIsNotRead() throws IOException {
        var stopped = readOneAndStop();
        rotated(".1", Duration.ofDays(1));
        Files.writeString(folder.resolve("auth.log.bak"), "another\n");
        Files.writeString(file, "new\n");
        try (var log = new GrowingLog(file, stopped, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("new\n");
        }
    }

    @Test
    void aFileThatWasRenamedToAnythingIsKnownAgain() throws IOException {
        var stopped = readOneAndStop();
        grow("late\n");
        rotated(".old", Duration.ofDays(1));
        Files.writeString(file, "new\n");
        try (var log = new GrowingLog(file, stopped, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("late\nnew\n");
        }
    }

    @Test
    void aLogThatWasCopiedAndCutMeanwhileIsReadOnInItsCopy() throws IOException {
        var stopped = readOneAndStop();
        grow("late\n");
        Files.copy(file, folder.resolve("auth.log.1"));
        Files.writeString(file, "longer than what was read before\n");
        try (var log = new GrowingLog(file, stopped, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("late\nlonger than what was read before\n");
        }
    }

    @Test
    void soIsOneThatIsCopiedAndCutWhileItIsFollowed() throws IOException {
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            grow("one\n");
            assertThat(read(log)).isEqualTo("one\n");
            grow("late\n");
            Files.copy(file, folder.resolve("auth.log.1"));
            Files.writeString(file, "longer than what was read before\n");
            assertThat(readAll(log)).isEqualTo("late\nlonger than what was read before\n");
        }
    }

    @Test
    void anotherFileUnderTheSameNumberIsReadFromItsStart() throws IOException {
        grow("another log\n");
        var stopped = new GrowingLog.Position(
                GrowingLog.key(file), "of one that is gone", 4, FileTime.from(Instant.now()), new Recent());
        try (var log = new GrowingLog(file, stopped, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("another log\n");
        }
        assertThat(notes).singleElement().asString().contains("lines may be missing");
    }

    @Test
    void aBookmarkOfBeforeThereWereDigestsIsReadOn() throws IOException {
        grow("one\ntwo\n");
        var old = Files.writeString(
                folder.resolve("bookmark.json"),
                "{\"fileKey\":\"" + GrowingLog.key(file) + "\",\"offset\":4,\"recent\":{}}");
        try (var log = new GrowingLog(file, new Bookmark(old).read(), false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("two\n");
        }
    }

    @Test
    void linesWithoutATimeAreNoEventsAndBringNothingAlong() throws IOException {
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            grow("\n\n-- MARK --\n10:00 one\n");
            log.next();
            grow("\n-- MARK --\n10:00 one\n");
            assertThat(log.next().seenBefore()).containsExactly("10:00 one");
        }
    }

    @Test
    void whatALineBringsAlongIsBounded() throws IOException {
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            grow("10:00 one\n".repeat(3_000));
            log.next();
            grow("10:00 one\n");
            assertThat(log.next().seenBefore()).hasSize(1_000);
        }
    }

    @Test
    void whatAllLinesBringAlongIsBoundedToo() {
        var recent = new Recent();
        var lines = new ArrayList<String>();
        for (int i = 0; i < 100; i++) lines.add("10:00 line " + i);
        for (int times = 0; times < 900; times++) recent.add(lines);
        recent.add(List.of("10:01 an event"));
        lines.add("10:01 an event");
        assertThat(recent.repeatedIn(lines)).hasSizeBetween(40_000, 50_000).contains("10:01 an event");
    }

    @Test
    void identicalLinesBringTheirForerunnersAlong() throws IOException {
        var bookmark = new Bookmark(folder.resolve("bookmark.json"));
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            grow("again 1\nagain 1\nother 2\n");
            assertThat(log.next().seenBefore()).isEmpty();
            bookmark.write(log.position());
        }
        grow("again 1\n");
        try (var log = new GrowingLog(file, bookmark.read(), false, notes::add, Duration.ZERO)) {
            assertThat(log.next().seenBefore()).containsExactly("again 1", "again 1");
        }
    }

    @Test
    void aBookmarkIsNoSecondCopyOfTheLog() throws IOException {
        var bookmark = folder.resolve("bookmark.json");
        grow("Failed password for grace.berg\n");
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            log.next();
            new Bookmark(bookmark).write(log.position());
        }
        assertThat(bookmark).content().doesNotContain("grace");
    }

    @Test
    void fromTheEndSkipsWhatIsThere() throws IOException {
        grow("old\nhal");
        try (var log = new GrowingLog(file, null, true, notes::add, Duration.ZERO)) {
            grow("f\n");
            assertThat(readAll(log)).isEqualTo("half\n");
        }
    }

    private GrowingLog.Position readOneAndStop() throws IOException {
        grow("one\n");
        var bookmark = new Bookmark(folder.resolve("bookmark.json"));
        try (var log = new GrowingLog(file, null, false, notes::add, Duration.ZERO)) {
            assertThat(readAll(log)).isEqualTo("one\n");
            bookmark.write(log.position());
        }
        return requireNonNull(bookmark.read());
    }

    /** As logs are by the hour, not by the millisecond of a test. */
    private void rotated(String ending, Duration later) throws IOException {
        var moved = Files.move(file, folder.resolve("auth.log" + ending));
        Files.setLastModifiedTime(moved, FileTime.from(Instant.now().plus(later)));
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
