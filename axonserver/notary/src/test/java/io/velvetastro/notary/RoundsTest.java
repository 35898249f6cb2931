package io.velvetastro.notary;

import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.questions.Monitor.State;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

/** A superuser of the database edits what was signed long ago, in a house that is at work and that nobody asks to look. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"velvet.ledger.sign-every=20ms", "velvet.ledger.audit-every=20ms"})
@DirtiesContext // It never rests.
class RoundsTest extends WithAPast {
    @Autowired
    LedgerHealth health;

    @Autowired
    Rounds rounds;

    @Test
    void whatWasEditedIsOnTheHealthPageUntilItIsPutBack() {
        history.unfold(200);
        untilWitnessed();
        var type = db.queryForObject(
                "SELECT payload_type FROM store.telemetry ORDER BY global_index LIMIT 1", String.class);
        setOldest("io.velvetastro.language.LoginSucceeded");
        until(
                () -> "it is noticed: " + health.health(),
                () -> health.health().state() == State.DOWN
                        && health.health().says().contains("is not what the store holds"));
        setOldest(type);
        until(
                () -> "it is well again: " + health.health(),
                () -> health.health().state() == State.UP);
    }

    @Test
    void aHouseAtWorkIsNeverAccused() {
        for (int round = 0; round < 8; round++) {
            var before = rounds.last().map(Rounds.Last::at).orElse(Instant.MIN);
            history.unfold(60);
            until(
                    "another round",
                    () -> rounds.last()
                            .filter(last -> last.at().isAfter(before))
                            .isPresent());
            assertThat(rounds.last().orElseThrow().first()).isNull();
            assertThat(rounds.last().orElseThrow().failure()).isNull();
        }
    }

    /** An error ends the thread that it comes out of, and an alarm that has ended never rings again. */
    @Test
    void theRoundsGoOnAfterMemoryWasShort() {
        history.unfold(20);
        untilWitnessed();
        until("the house itself has gone round", () -> rounds.last().isPresent());
        var isShort = new AtomicBoolean();
        var outOfMemory = (StoredBytes) Proxy.newProxyInstance(
                StoredBytes.class.getClassLoader(), new Class<?>[] {StoredBytes.class}, (proxy, asked, with) -> {
                    if (isShort.get()) throw new OutOfMemoryError("for the test");
                    return asked.invoke(store, with);
                });
        var troubles = new Troubles();
        try (var ofTheirOwn = new Rounds(
                notary,
                outOfMemory,
                tables,
                keys,
                new AuditBook(tables),
                troubles,
                Clock.systemUTC(),
                Duration.ofMillis(20))) {
            until(
                    "one has nothing to say",
                    () -> ofTheirOwn
                            .last()
                            .filter(last -> last.deviations() == 0)
                            .isPresent());
            isShort.set(true);
            until("a round has failed", () -> "OutOfMemoryError".equals(failureOf(ofTheirOwn)));
            isShort.set(false);
            until("another has not", () -> failureOf(ofTheirOwn) == null);
        }
    }

    private static String failureOf(Rounds rounds) {
        return rounds.last().map(Rounds.Last::failure).orElse(null);
    }

    private void setOldest(String payloadType) {
        db.update(
                "UPDATE store.telemetry SET payload_type = ? WHERE global_index = (SELECT min(global_index) FROM store.telemetry)",
                payloadType);
    }
}
