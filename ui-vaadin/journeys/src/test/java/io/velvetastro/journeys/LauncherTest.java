package io.velvetastro.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./velvet} says before any house starts. A checkout of its own holds the script and nothing else. */
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("bash", "sh", "dirname", "sed", "head", "find", "mkdir", "rm", "cat", "id", "touch", "readlink");

    @TempDir
    Path folder;

    private Path script;
    private Path tools;

    @BeforeEach
    void aCheckoutAndAPathWithNothingButToolsOfTheSystem() throws IOException {
        script = Files.copy(checkout().resolve("velvet"), folder.resolve("velvet"));
        tools = Files.createDirectory(folder.resolve("tools"));
        for (var tool : TOOLS) has(tool, whereIs(tool));
    }

    @Test
    void anOldJdkIsOneLineThatSaysWhatIsNeeded() throws Exception {
        Files.writeString(script, Files.readString(script).replace("need_java=25", "need_java=99"));
        var said = run(Map.of(), "run");
        assertThat(said.exit).isEqualTo(1);
        assertThat(said.words).singleElement().asString().contains("needs a JDK 99");
    }

    @Test
    void theControlFindsTheJdkThatIsThere() throws Exception {
        var said = source("find_jdk && \"$JAVA_HOME/bin/java\" --version");
        assertThat(said.exit).isZero();
    }

    @Test
    void whatItDoesNotKnowIsWrongUsage() throws Exception {
        for (var line : List.of(
                List.of("dance"),
                List.of("run", "--colour", "blue"),
                List.of("run", "--port", "http"),
                List.of("run", "--port", "65536"),
                List.of("run", "--port"),
                List.of("test", "some"),
                List.of("bench"),
                List.of("faults", "F99"))) {
            var said = run(Map.of(), line.toArray(String[]::new));
            assertThat(said.exit).as("%s", line).isEqualTo(2);
            assertThat(said.words).as("%s", line).last().asString().contains("./velvet help");
        }
    }

    @Test
    void aMissingBrowserIsOneLineThatSaysHowToGetIt() throws Exception {
        var said = run(Map.of("JAVA_HOME", System.getProperty("java.home")), "test");
        assertThat(said.exit).isEqualTo(1);
        assertThat(said.words)
                .singleElement()
                .asString()
                .contains("need Chromium")
                .contains("apt install chromium");
    }

    @Test
    void aSourceThatIsNewerThanTheBuildIsBuiltAgain() throws Exception {
        var source = built();
        assertThat(source("is_stale").exit).isEqualTo(1);
        Files.setLastModifiedTime(
                source, FileTime.from(Instant.now().plusSeconds(60))); // Whoever edits later is newer.
        assertThat(source("is_stale").exit).isZero();
    }

    @Test
    void whoInstallsNpmLaterGetsPlacesAtTheNextStart() throws Exception {
        built();
        var geo = Files.createDirectories(folder.resolve("command-side/decisions/geo"));
        Files.writeString(geo.resolve("fetch.sh"), "exit 0\n");
        Files.setLastModifiedTime(
                geo.resolve("fetch.sh"), FileTime.from(Instant.now().minusSeconds(600)));
        assertThat(source("fetch_places").words).last().asString().contains("Install npm and start again");
        assertThat(source("is_stale").exit).as("still no npm").isEqualTo(1);
        has("npm", whereIs("sh"));
        assertThat(source("is_stale").exit).as("npm has come").isZero();
        source("fetch_places");
        assertThat(source("is_stale").exit).as("and it was asked").isEqualTo(1);
    }

    /** It is a demo house with a password that everybody knows: in the database of whoever builds it would open their door. */
    @Test
    void theHouseThatPreparesQuickStartsKnowsNothingOfTheDatabaseThatTheShellNames() throws Exception {
        for (var tool : List.of("env", "grep", "sleep", "pwd", "mv")) has(tool, whereIs(tool));
        var java = Files.writeString(
                tools.resolve("java"), "#!/bin/sh\n{ env; echo \"at $(pwd)\"; } > '" + folder + "/seen'\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(folder.resolve("ui-vaadin/app/target/velvet"));
        said(
                List.of(tools.resolve("bash").toString(), "-c", "source '" + script + "'; train"),
                Map.of(
                        "VELVET_DB_URL",
                        "jdbc:postgresql://theirs",
                        "SPRING_DATASOURCE_URL",
                        "jdbc:postgresql://theirs"));
        assertThat(Files.readString(folder.resolve("seen")))
                .contains("PATH=")
                .contains("/velvet/training\n")
                .doesNotContain("theirs");
    }

    private void has(String tool, Path real) throws IOException {
        var there = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec '" + real + "' \"$@\"\n");
        assertThat(there.toFile().setExecutable(true)).isTrue();
    }

    /** A build that is newer than the one source there is. */
    private Path built() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        for (var room : List.of("command-side", "query-side", "axonserver", "detection-sagas"))
            Files.createDirectories(folder.resolve(room));
        var source = Files.createDirectories(folder.resolve("ui-vaadin/app/src/main/java"))
                .resolve("A.java");
        Files.writeString(source, "class A {}");
        var jar = Files.createDirectories(folder.resolve("ui-vaadin/app/target/velvet/layout"))
                .resolve("velvet.jar");
        Files.writeString(jar, "");
        var before = FileTime.from(Instant.now().minusSeconds(600));
        Files.setLastModifiedTime(source, before);
        Files.setLastModifiedTime(folder.resolve("pom.xml"), before);
        return source;
    }

    private record Said(int exit, List<String> words) {}

    private Said run(Map<String, String> environment, String... words) throws Exception {
        var command = new java.util.ArrayList<>(List.of(tools.resolve("bash").toString(), script.toString()));
        command.addAll(List.of(words));
        return said(command, environment);
    }

    private Said source(String call) throws Exception {
        return said(
                List.of(tools.resolve("bash").toString(), "-c", "source '" + script + "'; " + call),
                Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    private Said said(List<String> command, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(
                process.exitValue(),
                words.lines().filter(line -> !line.isBlank()).toList());
    }

    private static Path whereIs(String tool) {
        return java.util.Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(at -> Path.of(at, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static Path checkout() {
        var at = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(at.resolve("velvet"))) at = at.getParent();
        return at;
    }
}
