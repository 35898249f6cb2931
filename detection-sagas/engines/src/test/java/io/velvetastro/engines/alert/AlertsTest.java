package io.velvetastro.engines.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.login.Scenario;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsTest {
    private final HeapMemory memory = new HeapMemory();
    private final Alerts alerts = new Alerts(AlertMapping.builtIn());
    private int number;

    @Test
    void theVersionOfAMappingIsAnotherAsSoonAsAWordDiffers() throws Exception {
        var mild = "entries: [{pattern: 'nmap', severity: LOW, stage: RECONNAISSANCE}]";
        var grave = "entries: [{pattern: 'nmap', severity: HIGH, stage: RECONNAISSANCE}]";
        assertThat(version(mild))
                .isEqualTo(version(mild))
                .isNotEqualTo(version(grave))
                .isNotEqualTo(AlertMapping.builtIn().version());
        assertThat(version("entries: []\nunknown: {severity: INFO, stage: DELIVERY}"))
                .isNotEqualTo(version("entries: []"));
        assertThat(version("entries: []")).isEqualTo(AlertMapping.builtIn().version());
    }

    private static String version(String entries) throws Exception {
        var yaml = new java.io.ByteArrayInputStream(entries.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return AlertMapping.builtIn().preferring(yaml).version();
    }

    @Test
    void repeatsOnOneMachineAreOneSeriesThatCounts() {
        var found = raise("Nmap scan", "web-1", 1_000, Duration.ofMillis(10));
        assertThat(found.stream().map(Found::series).distinct()).hasSize(1);
        assertThat(found).hasSizeLessThan(15);
        assertThat(found.getLast().count()).isGreaterThan(500);
        assertThat(found.getLast().evidence()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aFewRepeatsAreEachTold() {
        assertThat(raise("Nmap scan", "web-1", 4, Duration.ofSeconds(1)))
                .extracting(Found::count)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void evidenceNamesTheFirstAndTheNewest() {
        raise("Nmap scan", "web-1", 255, Duration.ofSeconds(1));
        var last = raise("Nmap scan", "web-1", 1, Duration.ZERO, Duration.ofSeconds(255))
                .getLast();
        assertThat(last.evidence().getFirst()).isEqualTo(event(0));
        assertThat(last.evidence().getLast()).isEqualTo(event(255));
    }

    @Test
    void noiseIsToldOnceAndThenOnlyDoubled() {
        assertThat(raise("ET INFO something", "web-1", 100, Duration.ofSeconds(1)))
                .hasSize(7)
                .allMatch(found -> found.severity() == Severity.INFO);
    }

    @Test
    void anAlertOnAnotherMachineIsAnotherSeries() {
        assertThat(raise("Nmap scan", "web-1", 1, Duration.ZERO).getFirst().series())
                .isNotEqualTo(
                        raise("Nmap scan", "web-2", 1, Duration.ZERO).getFirst().series());
    }

    @Test
    void anHourOfSilenceEndsASeries() {
        var first = raise("Nmap scan", "web-1", 1, Duration.ZERO).getFirst();
        assertThat(raise("Nmap scan", "web-1", 1, Duration.ZERO, Duration.ofMinutes(59))
                        .getFirst()
                        .series())
                .isEqualTo(first.series());
        assertThat(raise("Nmap scan", "web-1", 1, Duration.ZERO, Duration.ofHours(3))
                        .getFirst()
                        .series())
                .isNotEqualTo(first.series());
    }

    @Test
    void aSeriesEndsWithItsLastCountEvenWhenThatWasNoDoubling() {
        raise("Nmap scan", "web-1", 21, Duration.ofSeconds(1));
        var found = raise("Nmap scan", "web-1", 1, Duration.ZERO, Duration.ofHours(5));
        assertThat(found).extracting(Found::count).containsExactly(21L, 1L);
    }

    @Test
    void aToolThatNeverStopsBeginsAnewTwiceADay() {
        assertThat(raise("Nmap scan", "web-1", 48, Duration.ofMinutes(30)).stream()
                        .map(Found::series)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void whatIsUsualOnAMachineWeighsLess() {
        for (int day = 0; day < 4; day++) raise("Brute force", "mail", 1, Duration.ZERO, Duration.ofDays(day));
        var usual = raise("Brute force", "mail", 1, Duration.ZERO, Duration.ofDays(4))
                .getFirst();
        var elsewhere = raise("Brute force", "vpn", 1, Duration.ZERO, Duration.ofDays(4))
                .getFirst();
        assertThat(usual.severity()).isEqualTo(Severity.LOW);
        assertThat(elsewhere.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(elsewhere.score()).as("new on that machine").isGreaterThan(0.45);
    }

    @Test
    void onTheFirstDayNothingIsNew() {
        assertThat(raise("Nmap scan", "web-1", 1, Duration.ZERO).getFirst().score())
                .isEqualTo(0.45);
    }

    @Test
    void anEventThatComesTwiceCountsOnce() {
        var alert = alert("Nmap scan", "web-1", Scenario.START, 7, null);
        assertThat(alerts.step(memory, alert)).hasSize(1);
        assertThat(alerts.step(memory, alert)).isEmpty();
    }

    @Test
    void reverseOrderGivesTheSameSeries() {
        var backwards = new ArrayList<AlertRaised>();
        for (int i = 3; i >= 0; i--) backwards.add(alert("Nmap scan", "web-1", Scenario.START.plusSeconds(i), i, null));
        var found = backwards.stream()
                .flatMap(alert -> alerts.step(memory, alert).stream())
                .toList();
        assertThat(found.stream().map(Found::series).distinct()).hasSize(1);
        assertThat(Set.copyOf(found.getLast().evidence())).isEqualTo(Set.of(event(0), event(1), event(2), event(3)));
        assertThat(found.getLast().firstAt()).isEqualTo(Scenario.START);
    }

    @Test
    void oneThatComesDaysLateDoesNotDisturbTheSeriesThatRuns() {
        var running = raise("Nmap scan", "web-1", 1, Duration.ZERO, Duration.ofDays(3))
                .getFirst();
        var late = raise("Nmap scan", "web-1", 1, Duration.ZERO).getFirst();
        assertThat(late.series()).isNotEqualTo(running.series());
        assertThat(raise(
                                "Nmap scan",
                                "web-1",
                                1,
                                Duration.ZERO,
                                Duration.ofDays(3).plusSeconds(1))
                        .getFirst()
                        .series())
                .isEqualTo(running.series());
    }

    @ParameterizedTest
    @CsvSource({
        "Wazuh: First time this IDS alert is generated.,INFO,RECONNAISSANCE",
        "Suricata: Alert - ET INFO Observed DNS Query to .biz TLD,INFO,RECONNAISSANCE",
        "ET SCAN Possible Nmap User-Agent Observed,MEDIUM,RECONNAISSANCE",
        "sshd: brute force trying to get access,MEDIUM,DELIVERY",
        "SQL injection attempt,MEDIUM,DELIVERY",
        "Possible webshell upload,HIGH,INSTALLATION",
        "ET MALWARE CobaltStrike Beacon,HIGH,COMMAND_AND_CONTROL",
        "Successful sudo to ROOT executed.,MEDIUM,INSTALLATION",
        "Ransomware note written,CRITICAL,ACTIONS_ON_OBJECTIVES",
        "Something nobody has heard of,LOW,RECONNAISSANCE"
    })
    void aNameSaysHowGraveAndWhichStage(String name, Severity severity, Stage stage) {
        var meaning = AlertMapping.builtIn().of(name, null);
        assertThat(meaning.severity()).isEqualTo(severity);
        assertThat(meaning.stage()).isEqualTo(stage);
    }

    @Test
    void whereTheNameSaysNothingTheToolsOwnWordCounts() {
        assertThat(AlertMapping.builtIn()
                        .of("Something nobody has heard of", Severity.HIGH)
                        .severity())
                .isEqualTo(Severity.HIGH);
        assertThat(AlertMapping.builtIn()
                        .of("ClamAV database update", Severity.HIGH)
                        .severity())
                .isEqualTo(Severity.INFO);
    }

    @Test
    void ownEntriesAreAskedFirst() throws Exception {
        var own = "entries: [{pattern: 'nmap', severity: CRITICAL, stage: WEAPONIZATION}]";
        var mapping = AlertMapping.builtIn().preferring(new ByteArrayInputStream(own.getBytes()));
        assertThat(mapping.of("Nmap scan", null).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(mapping.of("SQL injection", null).severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void anOwnEntryThatCannotBeReadIsAnError() {
        assertThatThrownBy(() -> AlertMapping.builtIn()
                        .preferring(new ByteArrayInputStream(
                                "entries: [{pattern: '(', severity: LOW, stage: DELIVERY}]".getBytes())))
                .hasMessageContaining("(");
    }

    private List<Found> raise(String name, String host, int times, Duration apart) {
        return raise(name, host, times, apart, Duration.ZERO);
    }

    private List<Found> raise(String name, String host, int times, Duration apart, Duration after) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < times; i++)
            found.addAll(alerts.step(
                    memory, alert(name, host, Scenario.START.plus(after).plus(apart.multipliedBy(i)), number++, null)));
        return found;
    }

    private static EventId event(int number) {
        return new EventId(Scenario.id("event" + number));
    }

    private static AlertRaised alert(String name, String host, Instant at, int number, @Nullable Severity severity) {
        return new AlertRaised(
                event(number),
                Scenario.TENANT,
                at,
                "csv",
                name,
                severity,
                null,
                null,
                null,
                host,
                null,
                new Sealed("x"));
    }
}
