package io.velvetastro.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Processor seconds of a process and all it has started, or of some of its threads. */
final class Cpu {
    private static final double TICKS_A_SECOND = 100; // As Linux counts them for whoever looks.
    private static final int USER = 11;

    private Cpu() {}

    static double secondsOf(ProcessHandle process) {
        return own(process) + process.descendants().mapToDouble(Cpu::own).sum();
    }

    private static double own(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Of those threads whose names begin so; Linux knows the first fifteen characters. */
    static double secondsOfThreads(long pid, String name) throws IOException {
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.mapToDouble(thread -> secondsOfThread(thread, name)).sum();
        }
    }

    private static double secondsOfThread(Path thread, String name) {
        try {
            var stat = Files.readString(thread.resolve("stat"));
            int end = stat.lastIndexOf(')');
            if (!stat.startsWith(name, stat.indexOf('(') + 1)) return 0;
            var after = stat.substring(end + 2).split(" ");
            return (Long.parseLong(after[USER]) + Long.parseLong(after[USER + 1])) / TICKS_A_SECOND;
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
