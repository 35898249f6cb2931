package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.telemetry.Formats.Reading;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Stream;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.util.LinkedMultiValueMap;

/** Prints what an event costs on its way in, in microseconds of CPU, with the real vault: reading alone, with everything but the store, and with the store. Arguments: the folder of the place data, if there is one. */
final class SpeedOfIntake {
    private static final int EVENTS = 100_000;
    private static final int ROUNDS = 5;
    private static final org.slf4j.Logger OUT = LoggerFactory.getLogger("speed");

    private SpeedOfIntake() {}

    public static void main(String... arguments) throws IOException {
        try (var context = new SpringApplicationBuilder(IntakeHouse.class)
                .initializers(new FreshDatabase())
                .properties(
                        "test.intake-house=true",
                        "server.port=0",
                        "spring.flyway.enabled=false",
                        "axon.axonserver.enabled=false",
                        "axon.serializer.general=jackson",
                        "axon.serializer.events=jackson",
                        "axon.serializer.messages=jackson")
                .run()) {
            var places = arguments.length == 0 ? Places.unknown() : Places.in(Path.of(arguments[0]));
            var names = context.getBean(Pseudonyms.class);
            var seals = context.getBean(Seals.class);
            var nowhere =
                    new Recorder(new Nowhere(), seals, names, places, new Devices(), new Quota(0, System::nanoTime));
            var stored = new Recorder(
                    context.getBean(Journal.class),
                    seals,
                    names,
                    places,
                    new Devices(),
                    new Quota(0, System::nanoTime));
            single(nowhere, names);
            for (var format : List.of("ocsf", "sshd")) {
                for (int round = 0; round < ROUNDS; round++) {
                    var input = format.equals("ocsf") ? ocsf(round) : sshd(round);
                    print(format + " read", input.length, () -> read(format, input));
                    print(format + " read, resolved, sealed", input.length, () -> take(format, input, nowhere, names));
                    print(format + " stored", input.length, () -> take(format, input, stored, names));
                }
            }
        }
    }

    /** One measured piece of work. */
    interface Work {
        void run() throws IOException;
    }

    private static void print(String what, int bytes, Work work) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        work.run();
        OUT.warn(
                "{}: {} µs CPU, {} µs wall an event of {} bytes",
                what,
                (threads.getCurrentThreadCpuTime() - cpu) / 10 / EVENTS / 100.0,
                (System.nanoTime() - wall) / 10 / EVENTS / 100.0,
                bytes / EVENTS);
    }

    private static Reading open(String format, byte[] input) throws IOException {
        var query = new LinkedMultiValueMap<String, String>();
        query.add("format", format);
        return Formats.of(query)
                .open(new ByteArrayInputStream(input), InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")));
    }

    private static void read(String format, byte[] input) throws IOException {
        var reading = open(format, input);
        int kept = 0;
        while (reading.pieces().next()) {
            var pieces = reading.pieces();
            if (reading.parser().parse(pieces.buffer, pieces.from, pieces.to) instanceof Parsed.Kept) kept++;
        }
        if (kept != EVENTS) throw new IllegalStateException("only " + kept + " of " + EVENTS + " were read");
    }

    private static void take(String format, byte[] input, Recorder recorder, Pseudonyms names) throws IOException {
        var reading = open(format, input);
        var sender = new Recorder.Sender(Desk.TENANT, "member:speed", "import");
        var order =
                new Import.Order(sender, new UUID(1, 1), format, reading.pieces(), reading.parser(), 0, Duration.ZERO);
        var answer = new Import(order, recorder, names, (tenant, id, rows) -> {}).run();
        if (answer.accepted() != EVENTS) throw new IllegalStateException(answer.toString());
    }

    /** One event a request, each on a thread of its own as the web server does; CPU of the whole process. */
    private static void single(Recorder recorder, Pseudonyms names) throws IOException {
        var lines = new String(ocsf(99), StandardCharsets.UTF_8).split("\n");
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            int requests = EVENTS / ROUNDS;
            long cpu = process.getProcessCpuTime();
            for (int i = 0; i < requests; i++) {
                var input = lines[round * requests + i].getBytes(StandardCharsets.UTF_8);
                try {
                    Thread.startVirtualThread(() -> takeOne(input, recorder, names))
                            .join();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            OUT.warn("one event a request: {} µs CPU", (process.getProcessCpuTime() - cpu) / 10 / requests / 100.0);
        }
    }

    private static void takeOne(byte[] input, Recorder recorder, Pseudonyms names) {
        try {
            var reading = open("ocsf", input);
            var sender = new Recorder.Sender(Desk.TENANT, "member:speed", "import");
            var order = new Import.Order(
                    sender, new UUID(1, 1), "ocsf", reading.pieces(), reading.parser(), 0, Duration.ZERO);
            new Import(order, recorder, names, (tenant, id, rows) -> {}).run();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static byte[] ocsf(int seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            text.append(
                            "{\"activity_id\":1,\"class_uid\":3002,\"type_uid\":300201,\"category_uid\":3,\"severity_id\":1,\"time\":")
                    .append(1772366400000L + i * 10L)
                    .append(",\"status_id\":")
                    .append(random.nextInt(10) < 7 ? 1 : 2)
                    .append(",\"metadata\":{\"uid\":\"")
                    .append(seed)
                    .append('-')
                    .append(i)
                    .append(
                            "\",\"version\":\"1.3.0\",\"product\":{\"name\":\"Okta\",\"vendor_name\":\"Okta\"}},\"user\":{\"name\":\"user")
                    .append(random.nextInt(2000))
                    .append("\",\"email_addr\":\"u@example.org\"},\"src_endpoint\":{\"ip\":\"")
                    .append(20 + random.nextInt(60))
                    .append('.')
                    .append(random.nextInt(8))
                    .append('.')
                    .append(random.nextInt(8))
                    .append('.')
                    .append(1 + random.nextInt(8))
                    .append(
                            "\"},\"service\":{\"name\":\"Portal\"},\"http_request\":{\"user_agent\":\"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/")
                    .append(100 + random.nextInt(30))
                    .append(".0.")
                    .append(random.nextInt(40))
                    .append(".71 Safari/537.36\"}}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sshd(int seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            text.append("Mar ")
                    .append(String.format("%2d", 1 + seed))
                    .append(String.format(" %02d:%02d:%02d", i / 36_000, i / 600 % 60, i / 10 % 60))
                    .append(" web sshd[")
                    .append(i)
                    .append("]: Failed password for invalid user user")
                    .append(random.nextInt(2000))
                    .append(" from ")
                    .append(20 + random.nextInt(60))
                    .append('.')
                    .append(random.nextInt(8))
                    .append('.')
                    .append(random.nextInt(8))
                    .append('.')
                    .append(1 + random.nextInt(8))
                    .append(" port ")
                    .append(1024 + random.nextInt(60_000))
                    .append(" ssh2\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Nowhere implements Journal {
        @Override
        public Set<EventId> append(Stream stream, List<Fact> facts) {
            var ids = new HashSet<EventId>();
            for (var fact : facts) ids.add(fact.id());
            return ids;
        }
    }
}
