package io.velvetastro.app.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated attacks whose truth is known: as many incidents as there were attackers who got in, and nobody blocked who works here. Synthetic traffic, a first morning on which nothing is familiar yet. */
class SeparateAttacksTest {
    private static final Instant MORNING = Instant.parse("2026-06-01T07:00:00Z");
    private static final Duration MOMENT = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyAttackThatGotInAndEveryWaveIsOneIncident(long seed) {
        var morning = Rehearsal.of(seed, Traffic.USUAL_RATE, MORNING, Duration.ofHours(2), true);
        for (var attack : serious(morning)) {
            var held = morning.scenesByIncident().stream()
                    .filter(scenes -> scenes.stream().anyMatch(attack::contains))
                    .toList();
            assertThat(held)
                    .as("incidents that hold " + attack)
                    .singleElement()
                    .satisfies(scenes -> assertThat(attack).containsAll(scenes));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allLoudGuessingThatGotNobodyInIsOneIncidentAtMost(long seed) {
        var morning = Rehearsal.of(seed, Traffic.USUAL_RATE, MORNING, Duration.ofHours(2), true);
        int attacks = serious(morning).size();
        assertThat(morning.scenesByIncident()).hasSizeBetween(attacks, attacks + 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Traffic.USUAL_RATE, 0.3, 2})
    void nobodyIsBlockedWhoWorksHere(double perSecond) {
        var morning = Rehearsal.of(6, perSecond, MORNING, Duration.ofHours(2), true);
        assertThat(morning.contained()).isNotEmpty().doesNotContainAnyElementsOf(morning.benign());
    }

    @Test
    void anHourInWhichNobodyAttacksHasNoIncident() {
        var quiet = Rehearsal.of(7, 2, MORNING, Duration.ofHours(1), false);
        assertThat(quiet.planted()).isEmpty();
        assertThat(quiet.scenesByIncident()).isEmpty();
    }

    /** The attacks that got in and the waves; those are one that took the same account, and waves at the same time. */
    private static Set<Set<String>> serious(Rehearsal morning) {
        var groups = new HashSet<Set<String>>();
        var planted = morning.planted();
        planted.forEach((scene, attempts) -> {
            if (!scene.contains("stuffing") && taken(attempts).isEmpty()) return;
            var group = new TreeSet<>(Set.of(scene));
            for (var other : List.copyOf(groups)) {
                if (other.stream().noneMatch(one -> areOne(attempts, planted.get(one)))) continue;
                groups.remove(other);
                group.addAll(other);
            }
            groups.add(group);
        });
        // On the first day of an account nobody knows how it travels.
        groups.removeIf(group -> group.stream().allMatch(scene -> scene.contains("travel")));
        return groups;
    }

    private static boolean areOne(List<SignIn> one, List<SignIn> other) {
        var shared = taken(one);
        shared.retainAll(taken(other));
        return !shared.isEmpty() || areWavesAtOnce(one, other);
    }

    private static boolean areWavesAtOnce(List<SignIn> one, List<SignIn> other) {
        return one.getFirst().uid().contains("stuffing")
                && other.getFirst().uid().contains("stuffing")
                && Duration.between(one.getFirst().at(), other.getFirst().at())
                                .abs()
                                .compareTo(MOMENT)
                        < 0;
    }

    private static Set<String> taken(List<SignIn> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.outcome() == SignIn.Outcome.SUCCESS)
                .map(SignIn::user)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
