package io.velvetastro.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

/** The door to all measurements: {@code ./velvet bench NAME}. */
public final class Bench {
    private static final Map<String, Measurement> MEASUREMENTS = Map.ofEntries(
            Map.entry("alerts", new Alerts()),
            Map.entry("axonserver", new OtherStore()),
            Map.entry("intake", new Intake()),
            Map.entry("latency", new Latency()),
            Map.entry("ledger", new LedgerSpeed()),
            Map.entry("login", new Logins()),
            Map.entry("rebuild", new Rebuild()),
            Map.entry("rights", new Rights()),
            Map.entry("rls", new Wall()),
            Map.entry("start", new Start()),
            Map.entry("verify", new VerifySpeed()));

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
