package io.velvetastro.app.simulator;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.chain.Answer;
import io.velvetastro.engines.chain.Chain;
import io.velvetastro.engines.login.Login;
import io.velvetastro.engines.login.Logins;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Place;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plays simulated traffic to the engines and holds the incidents they make against what was planted. Addresses with an attacker's tool are far away, all others in one city. */
final class Rehearsal {
    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final String EVERYDAY = "everyday";
    private static final Pattern PLANTED = Pattern.compile(".*-((watched|rehearsed)-.*)-\\d+");
    private static final Place TOWN = new Place("NO", "Oslo", 59.9, 10.7, 20, null, null, "test");
    private static final Place FAR = new Place("AQ", "Vostok", -78.4, 106.8, 20, null, null, "test");

    private final Heap memory = new Heap();
    private final Logins logins = new Logins(RuleBook.builtIn());
    private final Chain chain = new Chain();
    private final Map<UUID, SignIn> attempts = new HashMap<>();
    private final Map<FindingId, FindingRaised> findings = new HashMap<>();
    private final Map<SeriesId, IncidentId> incidentOf = new LinkedHashMap<>();
    private final Map<SeriesId, FindingRaised> latest = new HashMap<>();
    private final Set<String> contained = new TreeSet<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> sceneOf = new HashMap<>();

    /** So much traffic; with somebody watching, a scene every few minutes and no others. */
    static Rehearsal of(long seed, double perSecond, Instant start, Duration span, boolean watched) {
        var rehearsal = new Rehearsal();
        var traffic = new Traffic(seed, perSecond);
        var all = Stream.iterate(start, at -> at.isBefore(start.plus(span)), at -> at.plus(1, ChronoUnit.MINUTES))
                .flatMap(minute -> Stream.concat(
                        traffic.minute(minute).stream(),
                        watched ? traffic.watched(minute.plusSeconds(59)).stream() : Stream.<SignIn>empty()))
                .distinct()
                .filter(attempt -> !watched || !attempt.uid().contains("rehearsed"))
                .sorted(Comparator.comparing(SignIn::at).thenComparing(SignIn::uid))
                .toList();
        rehearsal.play(all);
        return rehearsal;
    }

    private void play(List<SignIn> all) {
        for (var attempt : all)
            if (attempt.agent().matches("(python|curl|Go-http|okhttp).*")) places.put(attempt.address(), FAR);
        for (int from = 0; from < all.size(); from += 200) {
            var raised = new ArrayList<FindingRaised>();
            for (var attempt : all.subList(from, Math.min(all.size(), from + 200)))
                for (var found : logins.step(memory, login(attempt))) raised.add(raised(found));
            chain.follow(memory, raised).forEach(this::hear);
        }
    }

    private Login login(SignIn attempt) {
        var id = id(attempt.uid());
        attempts.put(id, attempt);
        if (places.containsKey(attempt.address()))
            sceneOf.putIfAbsent(id(attempt.address()).toString(), scene(attempt));
        return new Login(
                id,
                TENANT,
                attempt.at().toEpochMilli(),
                attempt.outcome() == SignIn.Outcome.SUCCESS,
                id(attempt.user()),
                id(attempt.address()),
                attempt.host(),
                places.getOrDefault(attempt.address(), TOWN),
                Login.Egress.DIRECT);
    }

    private FindingRaised raised(Found found) {
        var raised = found.raised(
                found.parties().stream()
                        .map(party -> new FindingRaised.Entity(
                                party.kind(), party.role(), party.id(), new Sealed(name(party)), null))
                        .toList(),
                false,
                true,
                null);
        findings.put(raised.id(), raised);
        return raised;
    }

    private String name(Found.Party party) {
        var seen = attempts.get(party.seenIn().value());
        return switch (party.kind()) {
            case ADDRESS -> seen.address();
            case USER, HOST, DEVICE -> seen.user();
        };
    }

    private void hear(Answer answer) {
        switch (answer) {
            case Answer.Open open -> belong(open.story().news(), open.incident());
            case Answer.Grow grow -> belong(grow.story().news(), grow.incident());
            case Answer.Absorb absorb ->
                incidentOf.replaceAll(
                        (series, incident) -> incident.equals(absorb.incident()) ? absorb.into() : incident);
            case Answer.Contain contain -> contained.add(contain.address().text());
        }
    }

    /** An attack belongs to the incident that told of it last. */
    private void belong(List<FindingId> news, IncidentId incident) {
        for (var id : news) {
            var finding = findings.get(id);
            incidentOf.put(finding.series(), incident);
            latest.put(finding.series(), finding);
        }
    }

    /** Which planted scenes each incident holds, by the addresses it accuses; who guessed at an account beside others is named, not accused. */
    List<Set<String>> scenesByIncident() {
        var scenes = new LinkedHashMap<IncidentId, Set<String>>();
        incidentOf.forEach((series, incident) -> {
            var finding = latest.get(series);
            var held = scenes.computeIfAbsent(incident, none -> new TreeSet<>());
            if (!finding.rule().equals("distributed-brute-force"))
                finding.entities().stream()
                        .filter(entity -> entity.role() == FindingRaised.Entity.Role.ACTOR)
                        .map(entity -> sceneOf.getOrDefault(entity.id(), EVERYDAY))
                        .filter(scene -> !scene.equals(EVERYDAY))
                        .forEach(held::add);
        });
        return List.copyOf(scenes.values());
    }

    /** What was planted: each attack and what it did. */
    Map<String, List<SignIn>> planted() {
        return attempts.values().stream()
                .filter(attempt -> !scene(attempt).equals(EVERYDAY))
                .filter(attempt -> places.containsKey(attempt.address()))
                .collect(Collectors.groupingBy(Rehearsal::scene, TreeMap::new, Collectors.toList()));
    }

    /** Addresses that were to be kept out. */
    Set<String> contained() {
        return contained;
    }

    /** Addresses people sign in from. */
    Set<String> benign() {
        return attempts.values().stream()
                .map(SignIn::address)
                .filter(address -> !places.containsKey(address))
                .collect(Collectors.toSet());
    }

    private static String scene(SignIn attempt) {
        var scene = PLANTED.matcher(attempt.uid());
        return scene.matches() ? scene.group(1) : EVERYDAY;
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Heap implements Memory {
        private final Map<String, Object> states = new HashMap<>();

        @Override
        @SuppressWarnings("unchecked") // A kind's name stands for its type.
        public <S> S recall(Kind<S> kind, String key) {
            return (S) states.getOrDefault(kind.name() + "/" + key, kind.blank());
        }

        @Override
        public <S> void keep(Kind<S> kind, String key, S state) {
            states.put(kind.name() + "/" + key, state);
        }
    }
}
