package io.velvetastro.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The page about ASVS says something about every number, and what it names is there. */
class AsvsTest {
    private static final Path HOUSE = Path.of("../..");
    private static final Pattern ROW = Pattern.compile("\\| (V[\\d.]+) \\| ([12]) \\| (\\w+) \\| (.+) \\| (.+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:#(\\w+))?`");
    private static final Pattern FILE = Pattern.compile("\\[[^]]+]\\(\\.\\./([^)]+)\\)");
    private static final Set<String> STATES = Set.of("met", "partly", "open", "none");

    private record Row(String id, String level, String state, String how, String proof) {}

    private static List<Row> rows(String page) {
        return page.lines()
                .map(ROW::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)))
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(HOUSE.resolve("docs/asvs.md"));
    }

    @Test
    void everyNumberHasOneRow() throws IOException {
        var numbers = new ClassPathResource("access/asvs.txt")
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(rows(page()).stream().map(row -> row.id + " " + row.level).toList())
                .isEqualTo(numbers);
    }

    @Test
    void everyRowSaysHowAndItsProofIsThere() throws IOException {
        assertThat(wrong(page())).isEmpty();
    }

    @Test
    void theCountsAtTheTopAreThoseOfTheRows() throws IOException {
        var page = page();
        var counts = rows(page).stream().collect(Collectors.groupingBy(Row::state, Collectors.counting()));
        counts.forEach((state, count) -> assertThat(page).contains("**" + state + "** " + count));
    }

    /** The controls. */
    @Test
    void aProofThatIsNotThereIsFound() throws IOException {
        assertThat(wrong("| V1.1.1 | 2 | met | x | `NoSuchTest` |")).hasSize(1);
        assertThat(wrong("| V1.1.1 | 2 | met | x | `AsvsTest#noSuchSentence` |"))
                .hasSize(1);
        assertThat(wrong("| V1.1.1 | 2 | met | x | [gone](../gone.md) |")).hasSize(1);
        assertThat(wrong("| V1.1.1 | 2 | met | x | – |")).hasSize(1);
        assertThat(wrong("| V1.1.1 | 2 | perhaps | x | – |")).hasSize(1);
        assertThat(wrong("| V1.1.1 | 2 | open | x | – |")).isEmpty();
        assertThat(wrong("| V1.1.1 | 2 | met | x | `AsvsTest` |"))
                .as("which sentence of it?")
                .hasSize(1);
        assertThat(wrong("| V1.1.1 | 2 | partly | x | `AsvsTest` |")).isEmpty();
    }

    private static List<String> wrong(String page) throws IOException {
        var tests = tests();
        var wrong = new ArrayList<String>();
        for (var row : rows(page)) {
            var test = TEST.matcher(row.proof);
            var file = FILE.matcher(row.proof);
            boolean proven = test.matches()
                    ? isThere(tests.getOrDefault(test.group(1), List.of()), test.group(2), row.state)
                    : file.matches() && Files.exists(HOUSE.resolve(file.group(1)));
            boolean needsNone = row.proof.equals("–") && !row.state.equals("met");
            if (!STATES.contains(row.state) || !proven && !needsNone) wrong.add(row.toString());
        }
        return wrong;
    }

    /** What is met is proven by one sentence of a test: a whole class says nothing about which. */
    private static boolean isThere(List<Path> files, @Nullable String sentence, String state) throws IOException {
        if (sentence == null) return !files.isEmpty() && !state.equals("met");
        for (var file : files) {
            var test = Files.readString(file);
            if (test.contains(" void " + sentence + "(") || test.contains("<DynamicTest> " + sentence + "("))
                return true;
        }
        return false;
    }

    private static Map<String, List<Path>> tests() throws IOException {
        var tests = new LinkedHashMap<String, List<Path>>();
        try (var files = Files.find(
                HOUSE,
                16,
                (path, attributes) -> path.toString().contains("/src/test/java/")
                        && path.toString().endsWith(".java"))) {
            files.forEach(file -> tests.computeIfAbsent(
                            file.getFileName().toString().replace(".java", ""), first -> new ArrayList<>())
                    .add(file));
        }
        return tests;
    }
}
