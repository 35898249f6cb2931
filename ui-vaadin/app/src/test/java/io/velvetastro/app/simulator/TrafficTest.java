package io.velvetastro.app.simulator;

import static io.velvetastro.app.simulator.SignIn.Outcome.SUCCESS;
import static io.velvetastro.app.simulator.SignIn.Outcome.UNKNOWN_ACCOUNT;
import static io.velvetastro.app.simulator.SignIn.Outcome.WRONG_PASSWORD;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class TrafficTest {
    private static final Instant MONDAY = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<SignIn> A_DAY = day(new Traffic(1, 1));

    @Test
    void theSameSeedTellsTheSameDay() {
        assertThat(day(new Traffic(1, 1))).isEqualTo(A_DAY);
        assertThat(day(new Traffic(2, 1))).isNotEqualTo(A_DAY);
    }

    @Test
    void noTwoAttemptsHaveTheSameId() {
        assertThat(new HashSet<>(A_DAY.stream().map(SignIn::uid).toList())).hasSameSizeAs(A_DAY);
    }

    @Test
    void theRateIsTheOneAskedFor() {
        assertThat((double) A_DAY.size()).isCloseTo(86_400, within(86_400 * 0.03));
        assertThat((double) day(new Traffic(1, 0.25)).size()).isCloseTo(21_600, within(21_600 * 0.06));
    }

    @Test
    void theEverydayKeepsThePublishedShares() {
        var everyday = A_DAY.stream()
                .filter(attempt -> !attempt.uid().contains("rehearsed"))
                .toList();
        assertThat(share(everyday, SUCCESS)).isCloseTo(Figures.SUCCESS, within(0.01));
        assertThat(share(everyday, UNKNOWN_ACCOUNT)).isCloseTo(Figures.UNKNOWN_ACCOUNT, within(0.01));
    }

    @Test
    void everyAttemptSaysThatItIsSimulated() {
        var json = JsonMapper.shared();
        assertThat(A_DAY.stream().limit(500).map(SignIn::toOcsf).map(json::readTree))
                .allSatisfy(event -> {
                    assertThat(event.at("/metadata/labels/0").asString()).isEqualTo("simulated");
                    assertThat(event.at("/metadata/product/name").asString()).isEqualTo("Velvet Astro Simulator");
                    assertThat(event.path("class_uid").asInt()).isEqualTo(3002);
                });
    }

    @Test
    void everySceneIsRehearsedWithinADay() {
        assertThat(Stream.of(Scene.values()).map(scene -> scene.name().toLowerCase(java.util.Locale.ROOT)))
                .allMatch(scene ->
                        A_DAY.stream().anyMatch(attempt -> attempt.uid().contains(scene)));
    }

    @Test
    void aBruteForceIsOneAddressAndOnePersonAndEndsWithSuccess() {
        var scene = play(Scene.BRUTE_FORCE);
        assertThat(scene.stream().map(SignIn::address))
                .containsOnly(scene.getFirst().address());
        assertThat(scene.stream().map(SignIn::user))
                .containsOnly(scene.getFirst().user());
        assertThat(scene.stream().filter(attempt -> attempt.outcome() == WRONG_PASSWORD))
                .hasSizeGreaterThan(10);
        assertThat(scene.getLast().outcome()).isEqualTo(SUCCESS);
    }

    @Test
    void sprayingIsOneAddressAndManyPeople() {
        var scene = play(Scene.SPRAYING);
        assertThat(scene.stream().map(SignIn::address))
                .containsOnly(scene.getFirst().address());
        assertThat(scene.stream().map(SignIn::user).distinct()).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void stuffingIsManyAddressesAndManyNamesThatWereNeverHere() {
        var scene = play(Scene.STUFFING);
        assertThat(scene.stream().map(SignIn::address).distinct()).hasSizeGreaterThan(5);
        assertThat(share(scene, UNKNOWN_ACCOUNT)).isGreaterThan(0.4);
    }

    @Test
    void impossibleTravelIsOnePersonInTwoCountriesWithinMinutes() {
        var scene = play(Scene.IMPOSSIBLE_TRAVEL);
        assertThat(scene).hasSize(2).allMatch(attempt -> attempt.outcome() == SUCCESS);
        assertThat(scene.getFirst().address()).isNotEqualTo(scene.getLast().address());
        assertThat(Duration.between(scene.getFirst().at(), scene.getLast().at()))
                .isLessThan(Duration.ofMinutes(10));
    }

    @Test
    void aForgottenPasswordHappensAtHome() {
        var scene = play(Scene.FORGOTTEN_PASSWORD);
        assertThat(scene.stream().map(SignIn::address))
                .containsOnly(scene.getFirst().address());
        assertThat(scene.getFirst().outcome()).isEqualTo(SUCCESS);
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void aSceneFitsBetweenTwoScenes(Scene scene) {
        var played = play(scene);
        assertThat(Duration.between(MONDAY, played.getLast().at())).isLessThan(Duration.ofMinutes(15));
    }

    @Test
    void everySceneThatIsWatchedIsPlayedToItsEnd() {
        var traffic = new Traffic(1, Traffic.USUAL_RATE);
        var whole = Stream.iterate(MONDAY, at -> at.plus(Traffic.WATCHED_EVERY))
                .limit(10)
                .flatMap(at -> traffic.watched(at).stream());
        var seen = Stream.iterate(MONDAY, at -> at.plusSeconds(1))
                .limit(3_600)
                .flatMap(now -> traffic.watched(now).stream()
                        .filter(attempt -> !attempt.at().isBefore(now.minusSeconds(1))
                                && attempt.at().isBefore(now)))
                .map(SignIn::uid)
                .toList();
        assertThat(seen)
                .doesNotHaveDuplicates()
                .containsAll(whole.filter(attempt -> !attempt.at().isBefore(MONDAY))
                        .map(SignIn::uid)
                        .toList());
    }

    @Test
    void peopleSleep() {
        var hours = A_DAY.stream().collect(groupingBy(attempt -> attempt.at().truncatedTo(ChronoUnit.HOURS)));
        assertThat(hours.get(MONDAY.plus(10, ChronoUnit.HOURS)).size())
                .isGreaterThan(2 * hours.get(MONDAY.plus(22, ChronoUnit.HOURS)).size());
    }

    private static List<SignIn> play(Scene scene) {
        return scene.played("test", MONDAY, new Cast(1, 1), Dice.of(1, "test", 1));
    }

    private static double share(List<SignIn> attempts, SignIn.Outcome outcome) {
        return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count() / (double) attempts.size();
    }

    private static List<SignIn> day(Traffic traffic) {
        return Stream.iterate(MONDAY, minute -> minute.plus(1, ChronoUnit.MINUTES))
                .limit(24 * 60)
                .flatMap(minute -> traffic.minute(minute).stream())
                .toList();
    }
}
