package io.velvetastro.notary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.RuleRecorded;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.notary.Question.OfAttack;
import io.velvetastro.notary.Question.OfFinding;
import io.velvetastro.notary.Question.OfIncident;
import io.velvetastro.notary.Question.OfPrincipal;
import io.velvetastro.notary.Question.OfTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds where the events lie that answer a question. */
final class Search {
    private static final Pattern ID = Pattern.compile("\"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\"");

    private static final Pattern RULE = Pattern.compile("\"ruleHash\":\"([0-9a-f]{64})\"");

    private final StoredBytes store;
    private final LedgerTables tables;

    Search(StoredBytes store, LedgerTables tables) {
        this.store = store;
        this.tables = tables;
    }

    /** Store positions in order; one more than {@code most} when there are more. */
    List<Long> positions(TenantId tenant, Question question, int most) {
        return switch (question) {
            case OfIncident(var incident) -> ofIncident(tenant, incident, most);
            case OfPrincipal(var principal) -> store.naming(tenant, principal.value(), most + 1);
            case OfAttack(var attack) -> restingOn(tenant, store.naming(tenant, attack.value(), most + 1), most);
            case OfFinding(var finding) ->
                restingOn(tenant, ofFindings(tenant, positions(tenant, finding.toString())), most);
            case OfTime time -> ofTime(tenant, time, most);
        };
    }

    private List<Long> ofIncident(TenantId tenant, IncidentId incident, int most) {
        var positions = new TreeSet<>(store.decidedAbout(tenant, incident.toString()));
        // What was done about it, by whatever run or rule: each of those whole.
        var runs = store.at(tenant, positions).stream()
                .map(Row::aggregate)
                .filter(aggregate -> aggregate != null && !aggregate.equals(incident.toString()))
                .collect(Collectors.toSet());
        positions.addAll(store.ofAggregates(tenant, runs, most + 1));
        // The decisions name findings and events, the findings name events: whatever is named and stored belongs to it.
        var findings = named(tenant, positions);
        positions.addAll(findings);
        positions.addAll(named(tenant, ofFindings(tenant, findings)));
        return positions.stream().limit(most + 1L).toList();
    }

    /** Where the texts lie by which the findings among these were judged. */
    Set<Long> rules(TenantId tenant, Collection<Long> positions) {
        var ids = store.at(tenant, positions).stream()
                .filter(row -> row.stream() == Stream.FINDINGS)
                .flatMap(row -> RULE.matcher(new String(row.payload(), UTF_8)).results())
                .map((MatchResult found) ->
                        RuleRecorded.idOf(tenant, found.group(1)).toString())
                .collect(Collectors.toSet());
        return Set.copyOf(store.positions(tenant, ids).values());
    }

    /** These, and whatever is stored that the findings among them name. */
    private List<Long> restingOn(TenantId tenant, Collection<Long> positions, int most) {
        var all = new TreeSet<>(positions);
        all.addAll(named(tenant, ofFindings(tenant, positions)));
        return all.stream().limit(most + 1L).toList();
    }

    private Collection<Long> positions(TenantId tenant, String id) {
        return store.positions(tenant, List.of(id)).values();
    }

    private Set<Long> ofFindings(TenantId tenant, Collection<Long> positions) {
        return store.at(tenant, positions).stream()
                .filter(row -> row.stream() == Stream.FINDINGS)
                .map(Row::position)
                .collect(Collectors.toSet());
    }

    private Set<Long> named(TenantId tenant, Collection<Long> positions) {
        var ids = store.at(tenant, positions).stream()
                .flatMap(row -> ID.matcher(new String(row.payload(), UTF_8)).results())
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
        return Set.copyOf(store.positions(tenant, ids).values());
    }

    private List<Long> ofTime(TenantId tenant, OfTime time, int most) {
        var log = tables.find(tenant);
        if (log.isEmpty()) return List.of();
        var positions = new ArrayList<Long>();
        for (var batch : tables.batchesWithin(log.get().number(), time.from(), time.to())) {
            var all = new ArrayList<Long>(batch.leaves());
            for (int i = 0; i < batch.leaves(); i++) all.add(batch.position(i));
            store.at(tenant, all).stream()
                    .filter(row -> !row.recordedAt().isBefore(time.from())
                            && row.recordedAt().isBefore(time.to()))
                    .forEach(row -> positions.add(row.position()));
            if (positions.size() > most) return positions.subList(0, most + 1);
        }
        return positions;
    }
}
