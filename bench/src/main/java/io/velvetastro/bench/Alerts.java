package io.velvetastro.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * An attack that was recorded, given to a house that has just started: 130,779 alerts of the AIT data set's scenario santos. Every
 * row is accounted for, the same file again stores nothing, few incidents come of it, one of them is the attack, and nobody is
 * blocked by history. {@code VELVET_ALERTS} names the folder of the files.
 */
final class Alerts implements Bench.Measurement {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOOR =
            "/api/v1/monitor/import?format=csv&time=time&timeUnit=s&target=ip&host=host&name=name";
    private static final String SCENARIO = "santos";
    private static final int ROWS = 130_779;
    private static final int MOST_INCIDENTS = 25;

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        var files =
                Path.of(Objects.requireNonNullElse(System.getenv("VELVET_ALERTS"), "../shared/data/killchain/ait-ads"));
        if (!Files.isRegularFile(files.resolve(SCENARIO + "_alerts.csv.gz"))) {
            report.say("VELVET_ALERTS names no folder with %s_alerts.csv.gz: nothing was measured.", SCENARIO);
            return false;
        }
        var rows = unpacked(files.resolve(SCENARIO + "_alerts.csv.gz"));
        var phases = JSON.readTree(files.resolve("phases.json").toFile())
                .path("scenarios")
                .path(SCENARIO);
        try (var database = Database.in(folder);
                var house = House.on(folder.resolve("house"), database)) {
            report.header("Alerts", "s", "s per 100 000", "accepted", "duplicates", "skipped", "rejected");
            var first = imported("first", house, rows, report);
            house.awaitReaders();
            var again = imported("again", house, rows, report);
            house.awaitReaders();
            boolean sound = first.all() == ROWS && again.all() == ROWS && again.accepted == 0;
            sound &= isToldAsOneAttack(house, phases, report);
            try (var wire = new Wire(house.port())) {
                var blocked = wire.send("GET", "/api/v1/defense/blocklist", "text/plain", house.token(), new byte[0])
                        .body();
                report.say("%nBlocked: %s", blocked.isBlank() ? "nobody" : blocked);
                return sound && blocked.isBlank();
            }
        }
    }

    private static boolean isToldAsOneAttack(House house, JsonNode phases, Report report) throws Exception {
        var incidents = house.get("/api/v1/incidents?limit=200").path("items");
        var scans = at(phases.path("network_scans").path(0));
        var end = at(phases.path("privilege_escalation").path(1));
        boolean sound = incidents.size() <= MOST_INCIDENTS;
        boolean found = false;
        for (var incident : incidents) {
            var begin = Instant.parse(incident.path("openedAt").asText());
            var last = Instant.parse(incident.path("lastAt").asText());
            sound &= Duration.between(begin, last).compareTo(Duration.ofHours(24)) <= 0;
            if (Duration.between(scans, begin).abs().compareTo(Duration.ofMinutes(30)) > 0) continue;
            var stages = stages(house, incident);
            boolean inOrder = stages.equals(stages.stream().sorted().toList());
            boolean within = stages.stream().allMatch(at -> !at.isBefore(scans) && !at.isAfter(end));
            found |= stages.size() >= 3 && inOrder && within;
            report.say(
                    "%nThe attack: %s to %s, %d stages, in order: %s", begin, last, stages.size(), inOrder && within);
        }
        report.say("%n%d incidents (≤ %d), the attack among them: %s", incidents.size(), MOST_INCIDENTS, found);
        return sound && found;
    }

    private static Instant at(JsonNode written) {
        return Instant.parse(written.asText().replace(' ', 'T'));
    }

    /** When each distinct stage began, in the order in which the incident tells them. */
    private static List<Instant> stages(House house, JsonNode incident) throws Exception {
        var begins = new ArrayList<Instant>();
        var seen = new HashSet<String>();
        for (var stage :
                house.get("/api/v1/incidents/" + incident.path("id").asText()).path("killChain"))
            if (seen.add(stage.path("stage").asText()))
                begins.add(Instant.parse(stage.path("at").asText()));
        return begins;
    }

    private record Accounted(long accepted, long duplicates, long skipped, long rejected) {
        long all() {
            return accepted + duplicates + skipped + rejected;
        }
    }

    private static Accounted imported(String what, House house, byte[] rows, Report report) throws Exception {
        long begin = System.nanoTime();
        try (var wire = new Wire(house.port())) {
            var answer = wire.send("POST", DOOR, "text/csv", house.token(), rows);
            double took = (System.nanoTime() - begin) / 1e9;
            if (answer.status() / 100 != 2)
                throw new IllegalStateException("the import was answered " + answer.status() + ": " + answer.body());
            var told = JSON.readTree(answer.body());
            var accounted = new Accounted(
                    told.path("accepted").asLong(),
                    told.path("duplicates").asLong(),
                    told.path("skipped").asLong(),
                    told.path("rejectedTotal").asLong());
            report.row(
                    what,
                    took,
                    took * 100_000 / accounted.all(),
                    accounted.accepted,
                    accounted.duplicates,
                    accounted.skipped,
                    accounted.rejected);
            return accounted;
        }
    }

    private static byte[] unpacked(Path file) throws Exception {
        try (var in = new GZIPInputStream(Files.newInputStream(file));
                var out = new ByteArrayOutputStream()) {
            in.transferTo(out);
            return out.toByteArray();
        }
    }
}
