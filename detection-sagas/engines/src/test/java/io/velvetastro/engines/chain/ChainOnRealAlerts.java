package io.velvetastro.engines.chain;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.alert.AlertMapping;
import io.velvetastro.engines.alert.Alerts;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Measures the chain on recorded alerts whose attack phases are known (AIT-ADS): {@code main(folder)} prints, for each scenario, the incidents and what of each phase they hold.
 */
public final class ChainOnRealAlerts {
    private final PrintStream out;

    private ChainOnRealAlerts(PrintStream out) {
        this.out = out;
    }

    public static void main(String... arguments) throws IOException {
        var folder = Path.of(arguments.length > 0 ? arguments[0] : "../shared/data/killchain/ait-ads");
        var bench = new ChainOnRealAlerts(System.out);
        for (var scenario : List.of("fox", "santos", "shaw", "wheeler")) {
            var file = folder.resolve(scenario + "_alerts.csv.gz");
            if (Files.isReadable(file)) bench.measure(scenario, rows(file));
            else bench.out.println(scenario + ": no recording at " + file);
        }
        for (var scenario : List.of("santos", "shaw")) {
            var file = folder.resolve(scenario + "_alerts.csv.gz");
            if (Files.isReadable(file))
                bench.measure(scenario + ", disordered within ten minutes", disordered(rows(file)));
        }
    }

    record Row(Instant at, String name, String address, String host, String phase) {}

    /** What came of a recording. */
    record Told(
            Map<IncidentId, StoryState> incidents,
            Map<IncidentId, Set<FindingId>> findingsOf,
            Map<FindingId, FindingRaised> findings,
            Map<UUID, String> phaseOf,
            int findingsTold,
            int contained,
            int states,
            long bytes) {}

    static Told told(String scenario, List<Row> rows) {
        var memory = new Heap();
        var alerts = new Alerts(AlertMapping.builtIn());
        var chain = new Chain();
        var tenant = new TenantId(UUID.nameUUIDFromBytes(scenario.getBytes()));
        var incidents = new LinkedHashMap<IncidentId, StoryState>();
        var findingsOf = new HashMap<IncidentId, Set<FindingId>>();
        var findings = new HashMap<FindingId, FindingRaised>();
        var phaseOf = new HashMap<UUID, String>();
        int told = 0;
        var batch = new ArrayList<FindingRaised>();
        int contained = 0;
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var id = new UUID(7, i);
            phaseOf.put(id, row.phase());
            var alert = new AlertRaised(
                    new EventId(id),
                    tenant,
                    row.at(),
                    "csv",
                    row.name(),
                    null,
                    null,
                    new SourceId(UUID.nameUUIDFromBytes(row.address().getBytes())),
                    null,
                    row.host(),
                    null,
                    new Sealed("x"));
            for (var found : alerts.step(memory, alert)) {
                var raised = raised(found);
                findings.put(raised.id(), raised);
                batch.add(raised);
                told++;
            }
            if (i % 500 != 499 && i < rows.size() - 1) continue;
            for (var answer : chain.follow(memory, batch)) {
                switch (answer) {
                    case Answer.Open open -> {
                        incidents.put(open.incident(), open.story());
                        findingsOf
                                .computeIfAbsent(open.incident(), none -> new HashSet<>())
                                .addAll(open.story().news());
                    }
                    case Answer.Grow grow -> {
                        incidents.put(grow.incident(), grow.story());
                        findingsOf.get(grow.incident()).addAll(grow.story().news());
                    }
                    case Answer.Absorb absorb -> {
                        incidents.remove(absorb.incident());
                        findingsOf.get(absorb.into()).addAll(findingsOf.remove(absorb.incident()));
                    }
                    case Answer.Contain contain -> contained++;
                }
            }
            batch.clear();
        }
        return new Told(
                incidents, findingsOf, findings, phaseOf, told, contained, memory.states.size(), memory.bytes());
    }

    private void measure(String scenario, List<Row> rows) {
        long began = System.nanoTime();
        var told = told(scenario, rows);
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf(
                "%n== %s: %,d alerts, %,d findings, %d incidents, %d blocks advised, %.1f s, %,d memory rows of %,d bytes%n",
                scenario,
                rows.size(),
                told.findingsTold(),
                told.incidents().size(),
                told.contained(),
                seconds,
                told.states(),
                told.bytes());
        told.incidents().forEach((incident, story) -> {
            out.printf(
                    "  %s  %s .. %s  %s  stages %s, %d findings, %d alerts%n",
                    story.severity(),
                    story.firstAt(),
                    story.lastAt(),
                    story.title(),
                    story.stages(),
                    story.findings(),
                    story.events());
            told.findingsOf().get(incident).stream()
                    .map(told.findings()::get)
                    .collect(Collectors.toMap(
                            FindingRaised::series,
                            each -> each,
                            (a, b) -> a.count() >= b.count() ? a : b,
                            TreeMapBy.series()))
                    .values()
                    .stream()
                    .sorted(java.util.Comparator.comparing(FindingRaised::firstAt))
                    .forEach(each -> out.printf(
                            "      %s %-14s %-22s %6d  %s @ %s%n",
                            each.firstAt(),
                            each.severity(),
                            each.stage(),
                            each.count(),
                            each.title(),
                            each.entities().getFirst().id()));
        });
        phases(rows, told.findingsOf(), told.findings(), told.phaseOf());
    }

    /** By kind of alert and machine rather than by alert: one scan is a thousand alerts and still one thing to see. */
    private void phases(
            List<Row> rows,
            Map<IncidentId, Set<FindingId>> findingsOf,
            Map<FindingId, FindingRaised> findings,
            Map<UUID, String> phaseOf) {
        var hit = new TreeMap<String, Integer>();
        int right = 0;
        int all = 0;
        var seenSeries = new HashSet<Object>();
        for (var ids : findingsOf.values()) {
            for (var id : ids) {
                var finding = findings.get(id);
                if (!seenSeries.add(finding.series())) continue;
                all++;
                var phase = phaseOf.get(finding.evidence().getFirst().value());
                if (!phase.equals("false_positive")) right++;
            }
        }
        for (var ids : findingsOf.values())
            for (var id : ids)
                findings.get(id).evidence().stream()
                        .map(event -> phaseOf.get(event.value()))
                        .distinct()
                        .forEach(phase -> hit.merge(phase, 1, Integer::sum));
        var phases = rows.stream().map(Row::phase).collect(Collectors.toCollection(java.util.TreeSet::new));
        phases.remove("false_positive");
        out.printf(
                "  precision by series %d/%d; phases seen %d/%d: %s; missed: %s%n",
                right,
                all,
                hit.keySet().stream().filter(phases::contains).count(),
                phases.size(),
                hit,
                phases.stream().filter(phase -> !hit.containsKey(phase)).toList());
    }

    private static final class TreeMapBy {
        static java.util.function.Supplier<Map<Object, FindingRaised>> series() {
            return LinkedHashMap::new;
        }
    }

    private static FindingRaised raised(Found found) {
        return found.raised(
                found.parties().stream()
                        .map(party -> new FindingRaised.Entity(
                                party.kind(),
                                party.role(),
                                party.id(),
                                null,
                                party.kind() == FindingRaised.Entity.Kind.HOST ? party.id() : null))
                        .toList(),
                true,
                false,
                null);
    }

    private static List<Row> disordered(List<Row> rows) {
        var random = new Random(7);
        record Arrival(long at, Row row) {}
        // The file holds one tool's alerts behind the other's: only neighbours change places.
        var arrivals = new ArrayList<Arrival>();
        long latest = Long.MIN_VALUE;
        long lane = 0;
        for (var row : rows) {
            if (row.at().toEpochMilli() < latest - 3_600_000L) lane += 10_000_000_000_000L;
            latest = row.at().toEpochMilli();
            arrivals.add(new Arrival(lane + latest + random.nextLong(600_000), row));
        }
        arrivals.sort(java.util.Comparator.comparingLong(Arrival::at));
        return Collections.unmodifiableList(arrivals.stream().map(Arrival::row).toList());
    }

    private static List<Row> rows(Path file) throws IOException {
        try (var packed = Files.newInputStream(file)) {
            return rows(packed);
        }
    }

    static List<Row> rows(InputStream packed) throws IOException {
        var rows = new ArrayList<Row>();
        try (var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(packed)))) {
            reader.readLine();
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var cells = line.split(",(?=([^\"]*\"[^\"]*\")*[^\"]*$)");
                rows.add(new Row(
                        Instant.ofEpochMilli((long) (Double.parseDouble(cells[0]) * 1000)),
                        cells[1].replace("\"", ""),
                        cells[2],
                        cells[3],
                        cells[5]));
            }
        }
        return rows;
    }

    private static final class Heap implements Memory {
        private final Map<String, Object> states = new HashMap<>();
        private final Map<String, Kind<?>> kinds = new HashMap<>();

        @Override
        @SuppressWarnings("unchecked")
        public <S> S recall(Kind<S> kind, String key) {
            return (S) states.getOrDefault(kind.name() + key, kind.blank());
        }

        @Override
        public <S> void keep(Kind<S> kind, String key, S state) {
            states.put(kind.name() + key, state);
            kinds.put(kind.name() + key, kind);
        }

        @SuppressWarnings("unchecked")
        long bytes() {
            return states.entrySet().stream()
                    .mapToLong(entry -> ((Kind<Object>) kinds.get(entry.getKey())).pack(entry.getValue()).length)
                    .sum();
        }
    }
}
