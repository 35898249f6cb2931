package io.velvetastro.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

/** The door to all measurements: {@code ./velvet bench NAME}. */
public final class Bench {
    private static final Map<String, Measurement> MEASUREMENTS = Map.of(
            "alerts", new Alerts(),
            "axonserver", new OtherStore(),
            "intake", new Intake(),
            "latency", new Latency(),
            "ledger", new LedgerSpeed(),
            "login", new Logins(),
            "rebuild", new Rebuild(),
            "rls", new Wall(),
            "start", new Start(),
            "verify", new VerifySpeed());

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var measurement = arguments.length == 1 ? MEASUREMENTS.get(arguments[0]) : null;
        if (measurement == null) {
            System.err.println("Usage: velvet bench " + String.join("|", new TreeSet<>(MEASUREMENTS.keySet())));
            System.exit(2);
            return;
        }
        var folder = Files.createTempDirectory("velvet-bench");
        var report = new Report();
        boolean sound;
        try {
            report.machine();
            sound = measurement.run(folder, report);
        } finally {
            delete(folder);
        }
        System.exit(sound ? 0 : 1);
    }

    private static void delete(Path folder) throws java.io.IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }

    /** One measurement; answers whether its own check of correctness held. */
    interface Measurement {
        boolean run(Path folder, Report report) throws Exception;
    }
}
