package io.velvetastro.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints what was measured as rows of Markdown, so that results can be pasted into {@code bench/RESULTS.md} as they are. */
final class Report {
    private final PrintStream out = System.out;

    void machine() throws java.io.IOException {
        var runtime = Runtime.getRuntime();
        var model = Files.exists(Path.of("/proc/cpuinfo"))
                ? Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .orElse("unknown processor")
                : "unknown processor";
        say(
                "%d processors (%s), Java %s, %s %s",
                runtime.availableProcessors(),
                model,
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
    }

    void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    void header(String... columns) {
        say("%n| %s |", String.join(" | ", columns));
        say("|%s", "---|".repeat(columns.length));
    }

    void row(Object... cells) {
        say("| %s |", String.join(" | ", Arrays.stream(cells).map(Report::text).toList()));
    }

    /** The median of the pairs' ratios with the smallest and the largest, against what was asked. */
    void verdict(String name, List<Double> ratios, String target) {
        var sorted = new ArrayList<>(ratios);
        sorted.sort(null);
        say(
                "%n**%s: %.2f** (%d pairs, %.2f to %.2f), target %s",
                name, median(ratios), sorted.size(), sorted.getFirst(), sorted.getLast(), target);
    }

    static double median(List<Double> values) {
        var sorted = new ArrayList<>(values);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) {
            return number >= 1000
                    ? String.format(Locale.ROOT, "%,.0f", number).replace(',', ' ')
                    : String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.3f", number);
        }
        return String.valueOf(cell);
    }
}
