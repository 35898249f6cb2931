package io.velvetastro.rooms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One process of the house, on a port of its own. */
final class Program implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    private final String name;
    private final int port;
    private final Process process;

    private Program(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    static Program java(String name, int port, Path folder, Path java, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(arguments);
        return new Program(
                name,
                port,
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".out").toFile())
                        .start());
    }

    /** A room by its launcher. */
    static Program room(String name, String launcher, int port, Path folder, List<String> settings) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-Xmx600m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dvaadin.productionMode=true",
                "-cp",
                System.getProperty("java.class.path"),
                launcher,
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--spring.application.name=" + name,
                "--logging.file.name=" + folder.resolve(name + ".log")));
        arguments.addAll(settings);
        return java(name, port, folder, Path.of(System.getProperty("java.home"), "bin", "java"), arguments);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns when it serves. */
    Program serving() {
        var until = System.nanoTime() + LONGEST_START.toNanos();
        while (status("/actuator/health/readiness") != 200) {
            if (!process.isAlive() || System.nanoTime() > until)
                throw new AssertionError(name + " does not serve; its output is in " + name + ".out");
            LockSupport.parkNanos(200_000_000);
        }
        return this;
    }

    /** Returns when something listens. */
    Program listening() {
        var until = System.nanoTime() + LONGEST_START.toNanos();
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() > until) throw new AssertionError(name + " does not listen");
            LockSupport.parkNanos(200_000_000);
        }
        return this;
    }

    private boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    int status(String path) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(20));
            return http.send(request.GET().build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(30))) process.destroyForcibly();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
        }
    }
}
