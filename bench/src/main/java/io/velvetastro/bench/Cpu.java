package io.velvetastro.bench;

import java.time.Duration;

/** Processor seconds of a process and all it has started. */
final class Cpu {
    private Cpu() {}

    static double secondsOf(ProcessHandle process) {
        return own(process) + process.descendants().mapToDouble(Cpu::own).sum();
    }

    private static double own(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
}
