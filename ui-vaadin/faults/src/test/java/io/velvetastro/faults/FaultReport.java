package io.velvetastro.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes down what was pulled and what came of it; a control says so, for its success is that something was found out. */
public final class FaultReport implements TestExecutionListener {
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();

    private final Map<String, String> figures = new ConcurrentHashMap<>();

    private record Line(int fault, boolean control, String name, String came, double seconds) {}

    @Override
    public void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (test.isTest()) note(test, "NOT RUN: " + reason);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs()
                .forEach(
                        (what, value) -> figures.merge(test.getUniqueId(), what + " " + value, (a, b) -> a + ", " + b));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest()) return;
        note(
                test,
                switch (result.getStatus()) {
                    case SUCCESSFUL ->
                        "holds"
                                + (figures.containsKey(test.getUniqueId())
                                        ? "; " + figures.get(test.getUniqueId())
                                        : "");
                    case ABORTED -> "NOT RUN: " + said(result);
                    case FAILED -> "**FAILS**: " + said(result);
                });
    }

    private static String said(TestExecutionResult result) {
        return result.getThrowable()
                .map(thrown -> String.valueOf(thrown.getMessage())
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse(""))
                .orElse("");
    }

    private void note(TestIdentifier test, String came) {
        var tags = test.getTags().stream().map(TestTag::getName).toList();
        int fault = tags.stream()
                .filter(tag -> tag.matches("F\\d+"))
                .mapToInt(tag -> Integer.parseInt(tag.substring(1)))
                .findFirst()
                .orElse(0);
        if (fault == 0) return;
        long from = begun.getOrDefault(test.getUniqueId(), System.nanoTime());
        lines.add(new Line(
                fault,
                tags.contains("control"),
                sentence(test.getDisplayName()),
                came,
                (System.nanoTime() - from) / 1e9));
    }

    private static String sentence(String name) {
        return name.replaceAll("\\(.*\\)", "")
                .replaceAll("([A-Z]|\\d+)", " $1")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        var file = System.getProperty("velvet.faults.report");
        if (file == null || lines.isEmpty()) return;
        var text = new StringBuilder("| Fault | | What | | s |\n|---|---|---|---|---|\n");
        lines.stream()
                .sorted(Comparator.comparingInt(Line::fault).thenComparing(Line::control))
                .forEach(line -> text.append(String.format(
                        Locale.ROOT,
                        "| F%d | %s | %s | %s | %.0f |%n",
                        line.fault(),
                        line.control() ? "control" : "",
                        line.name(),
                        line.came(),
                        line.seconds())));
        try {
            Files.writeString(Path.of(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
