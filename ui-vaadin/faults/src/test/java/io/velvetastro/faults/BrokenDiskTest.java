package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * F3 too: the disk says that it could not write down what it was given. Every fsync and fdatasync of the database's processes fails with EIO, by strace, which has to be there and be let near them.
 */
@Tag("F3")
@Tag("long")
class BrokenDiskTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void nothingIsAcknowledgedThatTheDiskHasNotConfirmedAndItRecovers() throws Exception {
        try (var house = House.on(folder.resolve("data"))) {
            var client = Client.of(house);
            Burst burst;
            try (var going = new Burst(client, "unwritten", 50)) {
                burst = going;
                Patience.until(LONG, going::acknowledged, count -> count >= 20);
                try (var broken = Breaking.the(house)) {
                    Patience.until(LONG, broken::hasBroken, has -> has);
                    Patience.until(LONG, () -> going.answered(503), refused -> refused > 0);
                }
                int before = going.acknowledged() + 4; // What was on its way may still be answered.
                Patience.until(LONG, going::acknowledged, count -> count > before + 20);
            }
            assertThat(burst.statuses().keySet()).isSubsetOf(202, 429, 503);
            assertThat(burst.refusals())
                    .isNotEmpty()
                    .allMatch(said -> !said.retryAfter().isEmpty());
            assertThat(burst.lostBy(client)).isZero();
            burst.finish(client);
            client.awaitReaders();
            Sound.is(house, client, folder.resolve("bundle"));
        }
    }

    /** The control: who answers before the disk has confirmed it answers what it never confirms. */
    @Test
    @Tag("control")
    void aHouseThatAnswersTooEarlyIsFoundOut() throws Exception {
        try (var house = House.on(folder.resolve("data"), "--velvet.faults.answers-early=true")) {
            var client = Client.of(house);
            Burst burst;
            try (var going = new Burst(client, "hasty", 50)) {
                burst = going;
                Patience.until(LONG, going::acknowledged, count -> count >= 20);
                try (var broken = Breaking.the(house)) {
                    Patience.until(LONG, broken::hasBroken, has -> has);
                }
            }
            Patience.until(
                    LONG, () -> client.asked("/actuator/health/readiness").status(), status -> status == 200);
            assertThat(burst.lostBy(client)).isPositive();
        }
    }

    /** While it is open, no process of the database gets anything confirmed by the disk. */
    private static final class Breaking implements AutoCloseable {
        private static final String FAILED = "EIO (Input/output error) (INJECTED)";

        private final Process strace;
        private final List<String> said = new ArrayList<>();

        private Breaking(Process strace) {
            this.strace = strace;
            Thread.ofVirtual().start(() -> strace.inputReader().lines().forEach(this::hear));
        }

        private synchronized void hear(String line) {
            said.add(line);
        }

        static Breaking the(House house) throws Exception {
            assumeTrue(isThere(), "strace is missing, or may not look at other processes (apt install strace)");
            var server = house.databaseServer();
            var command = new ArrayList<>(List.of(
                    "strace",
                    "-f",
                    "-e",
                    "trace=fsync,fdatasync",
                    "-e",
                    "signal=none",
                    "-e",
                    "inject=fsync,fdatasync:error=EIO"));
            Stream.concat(Stream.of(server), server.children())
                    .forEach(process -> command.addAll(List.of("-p", Long.toString(process.pid()))));
            return new Breaking(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        }

        private static boolean isThere() throws InterruptedException {
            try {
                var sleeping = new ProcessBuilder("sleep", "30").start();
                try {
                    var tried = new ProcessBuilder(
                                    "strace",
                                    "-e",
                                    "trace=fsync",
                                    "-e",
                                    "inject=fsync:error=EIO",
                                    "-p",
                                    Long.toString(sleeping.pid()))
                            .redirectErrorStream(true)
                            .start();
                    try (var lines = tried.inputReader()) {
                        return String.valueOf(lines.readLine()).contains("attached");
                    } finally {
                        tried.destroy();
                    }
                } finally {
                    sleeping.destroy();
                }
            } catch (IOException missing) {
                return false;
            }
        }

        synchronized boolean hasBroken() {
            return said.stream().anyMatch(line -> line.contains(FAILED));
        }

        @Override
        public void close() throws InterruptedException {
            strace.destroy(); // It lets go of whom it holds.
            assertThat(strace.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
