package io.velvetastro.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Starts everything inside a network of its own, because Axon Server's port listens on every interface, and with its end all of it ends. */
@Tag("short")
@Tag("rooms")
class RoomsOnAxonServerTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void theStoryIsTheSameWithSixProcessesAndGoesOnWhenTwoOfThemAreKilled(TestReporter report) throws Exception {
        var server = Objects.requireNonNullElse(System.getenv("AXONSERVER_JAR"), "");
        assumeTrue(Files.isRegularFile(Path.of(server)), "AXONSERVER_JAR names no Axon Server");
        assumeTrue(ownNetwork(), "no network namespaces here");
        var log = folder.resolve("story.log");
        var builder = new ProcessBuilder(List.of(
                        "unshare",
                        "-rn",
                        "sh",
                        "-c",
                        "ip link set lo up && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoryOnAxonServer.class.getName(),
                        server,
                        folder.resolve("house").toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var inside = builder.start();
        try {
            assertThat(inside.waitFor(9, TimeUnit.MINUTES)).isTrue();
        } finally {
            inside.descendants().forEach(ProcessHandle::destroyForcibly);
            inside.destroyForcibly();
        }
        Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("figure: "))
                .forEach(line -> report.publishEntry("measured", line.substring(8)));
        assertThat(inside.exitValue()).as(Files.readString(log)).isZero();
    }

    private static boolean ownNetwork() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-rn", "ip", "link", "set", "lo", "up")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
