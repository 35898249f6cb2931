package io.velvetastro.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The whole house as people run it: a process of its own on a folder of its own. */
final class RunningHouse implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Velvet Astro is ready at (http://\\S+)");
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    private final Process process;
    private final Thread listener;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<URI> ready = new CompletableFuture<>();

    private RunningHouse(Path data, String... settings) {
        var chosen = new LinkedHashMap<String, String>();
        chosen.put("--velvet.data", data.toString());
        chosen.put("--spring.profiles.active", "demo");
        chosen.put("--velvet.demo.traffic", "false");
        chosen.put("--server.port", "0");
        for (var setting : settings) chosen.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.velvetastro.app.VelvetAstro"));
        chosen.forEach((name, value) -> command.add(name + "=" + value));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException cannotFork) {
            throw new UncheckedIOException(cannotFork);
        }
        listener = Thread.ofVirtual().start(this::listen);
    }

    /** A demo without simulated traffic on a free port; later settings win over these. */
    static RunningHouse on(Path data, String... settings) {
        return new RunningHouse(data, settings);
    }

    URI url() {
        try {
            return ready.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception notReady) {
            throw new AssertionError("The house did not get ready; it said: " + String.join("\n", said), notReady);
        }
    }

    /** The exit code, once it has ended by itself. */
    int exitCode() {
        try {
            if (!process.waitFor(LONGEST_START))
                throw new AssertionError("The house runs on; it said: " + String.join("\n", said));
            listener.join();
            return process.exitValue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** Everything it printed so far. */
    List<String> said() {
        return List.copyOf(said);
    }

    /** Asks it to stop, as Ctrl-C and service managers do. */
    int stop() {
        process.toHandle().destroy(); // The process itself would close its output on us.
        return exitCode();
    }

    /** What a power cut is to a process. */
    void kill() {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    private void listen() {
        String url = null;
        try (var output = process.inputReader(UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                var match = READY.matcher(line);
                if (match.find()) url = match.group(1);
                // The last of the lines that say it is ready: a test may read the ones before it.
                if (url != null && line.startsWith("  Stop ")) ready.complete(URI.create(url));
            }
        } catch (IOException ended) {
            said.add(ended.toString());
        }
        ready.completeExceptionally(new IllegalStateException("ended before it was ready"));
    }

    @Override
    public void close() {
        if (process.isAlive()) stop();
    }

    /** What stands in its log file. */
    static String log(Path data) {
        try {
            return Files.readString(data.resolve("log").resolve("velvet.log"));
        } catch (IOException none) {
            return "";
        }
    }
}
