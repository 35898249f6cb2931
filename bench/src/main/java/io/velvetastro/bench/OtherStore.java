package io.velvetastro.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * P1b on Axon Server: the same bulk intake by the same application, its events once in PostgreSQL and once on the server. {@code AXONSERVER_JAR} names one, {@code AXONSERVER_JAVA} a Java it likes. It runs in a network of its own, because the server listens on every interface.
 */
final class OtherStore implements Bench.Measurement {
    private static final String INSIDE = "VELVET_BENCH_INSIDE";
    private static final int PORT = 8124;
    private static final int PAIRS = 5;
    private static final double SECONDS = 8;
    private static final int BULK = 500;
    private static final int CLIENTS = 8;

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        var jar = Path.of(Objects.requireNonNullElse(System.getenv("AXONSERVER_JAR"), ""));
        if (!Files.isRegularFile(jar)) {
            report.say("AXONSERVER_JAR names no Axon Server: nothing was measured.");
            return false;
        }
        if (System.getenv(INSIDE) == null) return inAnotherNetwork();
        var server = server(jar, folder);
        try (var database = Database.in(folder);
                var ours = House.on(folder.resolve("ours"), database);
                var theirs = House.onAxonServer(folder.resolve("theirs"), database.beside("theirs"))) {
            return measure(ours, theirs, report);
        } finally {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static boolean inAnotherNetwork() throws Exception {
        var command = new ArrayList<>(List.of("unshare", "-rn", "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\""));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "axonserver"));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(INSIDE, "1");
        return builder.start().waitFor() == 0;
    }

    private static Process server(Path jar, Path folder) throws Exception {
        var java = Objects.requireNonNullElse(
                System.getenv("AXONSERVER_JAVA"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        var at = Files.createDirectories(folder.resolve("server"));
        var process = new ProcessBuilder(
                        java,
                        "-Xmx1g",
                        "-jar",
                        jar.toAbsolutePath().toString(),
                        "--axoniq.axonserver.devmode.enabled=true",
                        "--axoniq.axonserver.hostname=localhost",
                        "--axoniq.axonserver.event.force-interval=100")
                .directory(at.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() > end) throw new IllegalStateException("no server came up");
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return process;
    }

    private static boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", PORT), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean measure(House ours, House theirs, Report report) throws Exception {
        warm(ours);
        warm(theirs);
        long before = theirs.admitted();
        long accepted = 0;
        var ratios = new ArrayList<Double>();
        report.header(
                "P1b on Axon Server, 8 clients, 500 events a request",
                "on PostgreSQL rows/s",
                "turned away",
                "readers caught up after s",
                "on Axon Server rows/s",
                "p99 ms",
                "turned away",
                "readers caught up after s");
        for (int pair = 0; pair < PAIRS; pair++) {
            var here = bulk(ours);
            double hereLag = ours.awaitReaders();
            var there = bulk(theirs);
            double thereLag = theirs.awaitReaders();
            accepted += (long) there.latencies().length * BULK;
            ratios.add(there.perSecond() / here.perSecond());
            report.row(
                    pair + 1,
                    here.perSecond() * BULK,
                    here.failed(),
                    hereLag,
                    there.perSecond() * BULK,
                    there.milliseconds(0.99),
                    there.failed(),
                    thereLag);
        }
        report.verdict("P1b on Axon Server against the same on PostgreSQL", ratios, "none was set");
        long admitted = theirs.admitted() - before;
        report.say(
                "%nAcknowledged %d events, taken in %d: %s",
                accepted, admitted, accepted == admitted ? "none lost, none twice" : "WRONG");
        return accepted == admitted;
    }

    private static void warm(House house) throws Exception {
        bulk(house);
        house.awaitReaders();
    }

    private static Load.Outcome bulk(House house) throws Exception {
        return Load.run(
                CLIENTS,
                SECONDS,
                () -> new Intake.Posting(house.port(), "/api/v1/monitor/events", house.token(), BULK));
    }
}
