package io.velvetastro.notary;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.notary.Notary.Standing;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerHealthTest {
    private static final long NOW = Duration.ofHours(5).toNanos();

    @Test
    void whoStandsBySaysThatTheHolderHangs() {
        assertThat(LedgerHealth.of(null, new Standing(812, 0, before(31), true), NOW))
                .satisfies(health -> {
                    assertThat(health.state()).isEqualTo(State.DEGRADED);
                    assertThat(health.says()).contains("hangs").contains("31 s ago");
                });
    }

    @Test
    void whatKeepsUpSaysHowOldItsLastCheckpointIs() {
        assertThat(LedgerHealth.of(null, new Standing(812, before(4), before(1), false), NOW))
                .isEqualTo(new Component(
                        "ledger",
                        State.UP,
                        "all proven, last signed 4 s ago",
                        Map.of("checkpoint.size", "812", "checkpoint.ageSeconds", "4")));
    }

    @Test
    void aQuietHouseIsNotLate() {
        assertThat(LedgerHealth.of(null, new Standing(812, before(7_300), before(1), false), NOW))
                .satisfies(ledger -> assertThat(ledger.state()).isEqualTo(State.UP))
                .satisfies(ledger -> assertThat(ledger.says()).endsWith("2 h ago"));
        assertThat(LedgerHealth.of(null, new Standing(812, 0, before(1), false), NOW)
                        .says())
                .isEqualTo("all proven, nothing new since the start");
    }

    @Test
    void whatHasNotCaughtUpForHalfAMinuteIsLate() {
        assertThat(LedgerHealth.of(null, new Standing(812, before(2), before(31), false), NOW))
                .satisfies(ledger -> assertThat(ledger.state()).isEqualTo(State.DEGRADED))
                .satisfies(ledger -> assertThat(ledger.says()).isEqualTo("is late: had proof of everything 31 s ago"));
        assertThat(LedgerHealth.of(null, Standing.UNKNOWN, NOW).state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void aWitnessThatIsAwayLimitsAndAContradictionIsDown() {
        var standing = new Standing(812, before(2), before(1), false);
        assertThat(LedgerHealth.of("The witness is away", standing, NOW).state())
                .isEqualTo(State.DEGRADED);
        assertThat(LedgerHealth.of(Notary.CONTRADICTS + ": a leaf changed", standing, NOW)
                        .state())
                .isEqualTo(State.DOWN);
    }

    private static long before(long seconds) {
        return NOW - Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void whoStandsBySaysSo() {
        assertThat(LedgerHealth.of(null, new Standing(812, 0, before(1), true), NOW))
                .satisfies(health -> assertThat(health.state()).isEqualTo(State.UP))
                .satisfies(health -> assertThat(health.says()).contains("another process keeps the ledger"));
    }

    @Test
    void witnessesThatDoNotKeepUpAreSaid() {
        var well = new Component("ledger", State.UP, "all proven", Map.of());
        assertThat(LedgerHealth.waiting(LogStates.Backlog.NONE, well, NOW)).isEqualTo(well);
        assertThat(LedgerHealth.waiting(new LogStates.Backlog(3, before(2), null), well, NOW))
                .isEqualTo(new Component(
                        "ledger", State.UP, "all proven", Map.of("logs.waiting", "3", "logs.waitingSeconds", "2")));
        assertThat(LedgerHealth.waiting(new LogStates.Backlog(120, before(31), null), well, NOW))
                .isEqualTo(new Component(
                        "ledger",
                        State.DEGRADED,
                        "the witnesses have not seen the newest of 120 organisations, the first of it came 31 s ago; all proven",
                        Map.of("logs.waiting", "120", "logs.waitingSeconds", "31")));
        var down = new Component("ledger", State.DOWN, "contradicts", Map.of());
        assertThat(LedgerHealth.waiting(new LogStates.Backlog(1, before(31), null), down, NOW)
                        .state())
                .isEqualTo(State.DOWN);
    }

    @Test
    void whatStumblesBesideItLimitsAndNamesOneOfSeveral() {
        var troubles = new Troubles();
        var well = new Component("ledger", State.UP, "all proven", Map.of());
        assertThat(troubles.words()).isEmpty();
        troubles.stand("census of one", "could not be counted");
        troubles.stand("census of another", "could not be counted either");
        assertThat(LedgerHealth.troubled(troubles.words().orElseThrow(), well))
                .isEqualTo(new Component(
                        "ledger", State.DEGRADED, "could not be counted either (and 1 other); all proven", Map.of()));
        var down = new Component("ledger", State.DOWN, "contradicts", Map.of());
        assertThat(LedgerHealth.troubled("x", down).state()).isEqualTo(State.DOWN);
        troubles.over("census of one");
        troubles.over("census of another");
        assertThat(troubles.words()).isEmpty();
    }
}
