package io.velvetastro.bench;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, started from its command line and stopped with a TERM. */
final class Child implements AutoCloseable {
    /** The house is measured, and not the pace to which it holds whoever asks. */
    private static final String UNPACED = " -Dvelvet.pace.requests-a-second=1000000 -Dvelvet.pace.at-once=1000000";

    /** What both are given where starts are compared. */
    static final String HEAP = "-Xmx1g";

    private final Process process;
    private final int port;
    private final long startedAt;
    private final File log;

    private Child(Process process, int port, long startedAt, File log) {
        this.process = process;
        this.port = port;
        this.startedAt = startedAt;
        this.log = log;
    }

    /** The house as its users start it, on a database of ours; with what more the virtual machine is told. */
    static Child house(Path data, Database database, String options) throws Exception {
        return house(data, Map.of("VELVET_DB_URL", database.url(), "VELVET_JAVA_OPTIONS", options + UNPACED));
    }

    /** The house as its users start it, with the database that it brings along. */
    static Child wholeHouse(Path data) throws Exception {
        return house(data, Map.of("VELVET_JAVA_OPTIONS", HEAP));
    }

    private static Child house(Path data, Map<String, String> environment) throws Exception {
        int port = freePort();
        var child = start(
                List.of(
                        home().resolve("velvet").toString(),
                        "run",
                        "--empty",
                        "--port",
                        "" + port,
                        "--data",
                        data.toString()),
                environment,
                port,
                data.resolveSibling(data.getFileName() + ".log").toFile());
        child.awaitAnswer("/login", 180);
        return child;
    }

    /** The trivial application, with a heap that it does not need. */
    static Child trivial(File log) throws Exception {
        int port = freePort();
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path"), Trivial.class.getName()));
        command.addAll(List.of("--server.port=" + port, "--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
        var child = start(command, Map.of(), port, log);
        child.awaitAnswer("/login", 60);
        return child;
    }

    /** The checkout that {@code ./velvet} stands in. */
    static Path home() {
        return Path.of(System.getenv().getOrDefault("VELVET_HOME", "."));
    }

    /** The virtual machine that answers: the script has become it, and its witness is a child of its own. */
    long serverPid() {
        return Stream.concat(Stream.of(process.toHandle()), process.toHandle().descendants())
                .filter(it -> it.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    int port() {
        return port;
    }

    double cpuSeconds() {
        return Cpu.secondsOf(process.toHandle());
    }

    double secondsSinceStart() {
        return (System.nanoTime() - startedAt) / 1e9;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }

    private static Child start(List<String> command, Map<String, String> environment, int port, File log)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        long now = System.nanoTime();
        return new Child(builder.start(), port, now, log);
    }

    private void awaitAnswer(String path, int seconds) throws Exception {
        while (secondsSinceStart() < seconds) {
            if (!process.isAlive()) throw new IllegalStateException("the server ended at its start: " + lastWords());
            try (var wire = new Wire(port)) {
                if (wire.send("GET", path, "text/plain", "", new byte[0]).status() == 200) return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new IllegalStateException("no answer after " + seconds + " s");
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(log.toPath());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** Below those that the system gives to callers: whoever knocks from such a port at the same one meets itself, and the server finds it taken. */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            try (var socket = new ServerSocket(ThreadLocalRandom.current().nextInt(20_000, 32_000))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one, then.
            }
        }
        throw new IOException("no free port");
    }
}
