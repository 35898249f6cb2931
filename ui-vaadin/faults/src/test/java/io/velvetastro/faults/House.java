package io.velvetastro.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A house in a process of its own that can be killed, and its database with it. */
final class House implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Velvet Astro is ready at (http://\\S+)");
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    private final Path data;
    private final Process process;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<URI> ready = new CompletableFuture<>();

    private House(Path data, List<String> before, List<String> settings) {
        this.data = data;
        try {
            process = new ProcessBuilder(command(data, before, settings))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException cannotFork) {
            throw new UncheckedIOException(cannotFork);
        }
        Thread.ofVirtual().start(this::listen);
    }

    /** A demo without traffic on a free port. Settings like {@code --name=value} go to the house and win over these, others like {@code -Xmx512m} to its JVM. */
    static House on(Path data, String... settings) {
        return new House(data, List.of(), List.of(settings));
    }

    /** The same, started by another program, as its last arguments. */
    static House startedBy(List<String> program, Path data, String... settings) {
        return new House(data, program, List.of(settings));
    }

    private static List<String> command(Path data, List<String> before, List<String> settings) {
        var chosen = new LinkedHashMap<String, String>();
        chosen.put("--velvet.data", data.toString());
        chosen.put("--spring.profiles.active", "demo");
        chosen.put("--velvet.demo.traffic", "false");
        chosen.put("--server.port", "0");
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx1g",
                "-Dvaadin.productionMode=true",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        for (var setting : settings) {
            if (setting.startsWith("--")) chosen.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
            else command.add(setting);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.velvetastro.app.VelvetAstro"));
        chosen.forEach((name, value) -> command.add(name + "=" + value));
        return command;
    }

    private void listen() {
        URI url = null;
        try (var output = process.inputReader(UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                var match = READY.matcher(line);
                if (match.find()) url = URI.create(match.group(1));
                if (url != null && line.startsWith("  Stop ")) ready.complete(url);
            }
        } catch (IOException ended) {
            said.add(ended.toString());
        }
        ready.completeExceptionally(new IllegalStateException("ended before it was ready"));
    }

    URI url() {
        try {
            return ready.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception notReady) {
            throw new AssertionError("The house did not get ready; it said: " + String.join("\n", said), notReady);
        }
    }

    Path data() {
        return data;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** What a power cut is to a process; its database, a process of its own, lives on. */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_START)) throw new AssertionError("The house runs on: " + said);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** Kills the database server alone, and comes back when it is gone. */
    void killDatabase() {
        var server = databaseServer();
        server.destroyForcibly();
        server.onExit().join();
    }

    /** The database server, of which all its other processes are children. */
    ProcessHandle databaseServer() {
        return ProcessHandle.of(Long.parseLong(postmaster().getFirst().strip())).orElseThrow();
    }

    /** Whether anybody can connect to the database just now. */
    boolean hasDatabase() {
        try (var connection = database()) {
            return connection.isValid(1);
        } catch (SQLException | UncheckedIOException | IndexOutOfBoundsException away) {
            return false;
        }
    }

    /** The bytes of all objects that somebody still holds. */
    long heldBytes() {
        try {
            var histogram = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            try (var lines = histogram.inputReader(UTF_8).lines()) {
                return lines.filter(line -> line.startsWith("Total "))
                        .map(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                        .findFirst()
                        .orElseThrow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has ever printed this. */
    boolean hasSaid(String words) {
        return List.copyOf(said).stream().anyMatch(line -> line.contains(words));
    }

    /** Looks behind the house's back, as the superuser of its own database. */
    Connection database() throws SQLException {
        try {
            var password = Files.readString(data.resolve("keys").resolve("postgres.password"))
                    .strip();
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + postmaster().get(3).strip() + "/postgres", "postgres", password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one number that a question has for an answer. */
    long count(String sql) {
        try (var connection = database();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    void execute(String... statements) {
        try (var connection = database();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(Arrays.toString(statements), e);
        }
    }

    private List<String> postmaster() {
        try {
            return Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) process.toHandle().destroy(); // The process itself would close its output on us.
        awaitEnd();
    }
}
