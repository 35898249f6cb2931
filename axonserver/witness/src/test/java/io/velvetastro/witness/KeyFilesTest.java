package io.velvetastro.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.VerifierKey.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void aFile() {
        file = folder.resolve("keys").resolve("log.key");
    }

    @Test
    void aKeyIsMadeOnceAndFoundAgain() throws IOException {
        var made = KeyFiles.open(file, "velvet.example/log", Kind.LOG, false);
        assertThat(KeyFiles.open(file, "another name", Kind.LOG, true).verifier())
                .isEqualTo(made.verifier());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aMissingKeyOfALedgerThatWasSignedStopsTheStart() {
        assertThatThrownBy(() -> KeyFiles.open(file, "velvet.example/log", Kind.LOG, true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("log.key is missing")
                .hasMessageContaining("backup");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatHoldsSomethingElseStopsTheStartAndIsNotShown() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "my other secret\nin two lines\n");
        assertThatThrownBy(() -> KeyFiles.open(file, "velvet.example/log", Kind.LOG, false))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("log.key")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aWitnessKeyDoesNotSignALog() {
        KeyFiles.open(file, "witness.example", Kind.WITNESS, false);
        assertThatThrownBy(() -> KeyFiles.open(file, "velvet.example/log", Kind.LOG, true))
                .isInstanceOf(CannotStart.class);
    }

    @Test
    void aWitnessRemembersAcrossRestarts() {
        var checkpoint = new Checkpoint("velvet.example/log", 7, Hash.leaf(new byte[1]));
        new FileMemory(checkpoint.origin(), folder).remember(checkpoint);
        assertThat(new FileMemory(checkpoint.origin(), folder).last(checkpoint.origin()))
                .contains(checkpoint);
    }

    @Test
    void aWitnessRemembersEveryLogAndNothingOfAStateThatWasCutShort() throws IOException {
        var first = new Checkpoint("velvet.example/log/a", 7, Hash.leaf(new byte[1]));
        var second = new Checkpoint("velvet.example/log/a", 9, Hash.leaf(new byte[2]));
        var other = new Checkpoint("velvet.example/log/b", 3, Hash.leaf(new byte[3]));
        var memory = new FileMemory("velvet.example/log", folder);
        for (var each : List.of(first, other, second)) memory.remember(each);
        Files.writeString(
                folder.resolve(WitnessFolder.SEEN_LOGS), "velvet.example/log/b\n4", StandardOpenOption.APPEND);
        for (int start = 0; start < 2; start++) {
            var again = new FileMemory("velvet.example/log", folder);
            assertThat(again.last("velvet.example/log/a")).contains(second);
            assertThat(again.last("velvet.example/log/b")).contains(other);
            assertThat(again.last("velvet.example/log")).isEmpty();
        }
    }

    @Test
    void whatIsRememberedOutlivesAPowerCutByItsNameToo() throws IOException {
        Files.createDirectories(file.getParent());
        assertThat(forcedWhile(() -> KeyFiles.write(file, "secret")))
                .hasSize(2)
                .last()
                .as("the folder, once the file has its name there")
                .isEqualTo(file.getParent().toString());
    }

    @Test
    void theFileOfAllLogsDoesNotGrowWithEveryState() throws IOException {
        var memory = new FileMemory("velvet.example/log", folder);
        for (int size = 1; size <= 1_100; size++)
            memory.remember(new Checkpoint("velvet.example/log/a", size, Hash.leaf(new byte[1])));
        var file = folder.resolve(WitnessFolder.SEEN_LOGS);
        try (var lines = Files.lines(file)) {
            assertThat(lines.filter(String::isEmpty).count()).isLessThan(1_000);
        }
        assertThat(new FileMemory("velvet.example/log", folder).last("velvet.example/log/a"))
                .hasValueSatisfying(last -> assertThat(last.size()).isEqualTo(1_100));
    }

    /** What takes a part of a file and no more is a disk that is full; the shell's limit does the same. */
    @Test
    void onAFullDiskAFileIsWrittenWholeOrStaysAsItWas() throws Exception {
        var remembered = folder.resolve("seen-logs");
        KeyFiles.write(remembered, "what it has seen");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 16 && exec \"$@\"",
                        "sh",
                        java,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesAMegabyte.class.getName(),
                        remembered.toString())
                .inheritIO()
                .start();
        assertThat(writer.waitFor()).isEqualTo(WritesAMegabyte.REFUSED);
        assertThat(remembered).hasContent("what it has seen");
    }

    /** Writes more than it is allowed to, in a process of its own. */
    static final class WritesAMegabyte {
        static final int REFUSED = 3;

        private WritesAMegabyte() {}

        public static void main(String... file) {
            try {
                KeyFiles.write(Path.of(file[0]), "x".repeat(1 << 20));
            } catch (IOException full) {
                System.exit(REFUSED);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** What was forced to disk meanwhile, by its path and in this order. */
    private List<String> forcedWhile(Work work) throws IOException {
        try (var recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            var recorded = folder.resolve("forced.jfr");
            recording.dump(recorded);
            return RecordingFile.readAllEvents(recorded).stream()
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .map(event -> event.getString("path"))
                    .toList();
        }
    }
}
