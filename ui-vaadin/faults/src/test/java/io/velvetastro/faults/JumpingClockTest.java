package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F5: the clock jumps, forward and back. */
@Tag("F5")
class JumpingClockTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("short")
    void tokensAndBlocksEndByTheClockTheOrderDoesNotCareAndAttacksAreAnswered() throws Exception {
        var clock = folder.resolve("clock");
        jump(clock, Duration.ZERO);
        try (var house = House.on(folder.resolve("data"), "--velvet.faults.clock=" + clock)) {
            var client = Client.of(house);
            client.events(Logins.attack("before", "203.0.113.10"));
            client.awaitBlockOf("203.0.113.10", SOON);

            var jump = Duration.ofHours(25);
            jump(clock, jump);
            assertThat(client.asked("/api/v1/incidents").status())
                    .as("ten minutes are over")
                    .isEqualTo(401);
            client.signIn();
            assertThat(client.blocks("203.0.113.10")).as("a day is over").isFalse();
            client.events(Logins.attack("ahead", "203.0.113.11", Instant.now().plus(jump)));
            client.awaitBlockOf("203.0.113.11", SOON);

            jump(clock, Duration.ofHours(-2));
            client.signIn();
            assertThat(client.blocks("203.0.113.10"))
                    .as("its day is not over again")
                    .isTrue();
            client.events(Logins.attack("behind", "203.0.113.12", Instant.now().minus(Duration.ofHours(2))));
            client.awaitBlockOf("203.0.113.12", SOON);

            client.awaitReaders();
            Sound.nothingIsTwice(house);
            Sound.everySequenceIsDense(house);
            Sound.effectsAreOnce(house);
            assertThat(
                            house.count(
                                    "SELECT count(*) FROM (SELECT recorded_at < lag(recorded_at) OVER (ORDER BY global_index) AS back FROM store.telemetry) AS steps WHERE back"))
                    .as("the clock did go back, and the order did not")
                    .isPositive();
        }
    }

    /** The control: in a house that does not hear of the jump nothing ends, and the same questions are answered otherwise. */
    @Test
    @Tag("long")
    @Tag("control")
    void aHouseWithAnotherClockIsFoundOut() throws Exception {
        var clock = folder.resolve("clock");
        jump(clock, Duration.ZERO);
        try (var house = House.on(folder.resolve("data"))) {
            var client = Client.of(house);
            client.events(Logins.attack("before", "203.0.113.10"));
            client.awaitBlockOf("203.0.113.10", SOON);
            jump(clock, Duration.ofHours(25));
            assertThat(client.asked("/api/v1/incidents").status())
                    .as("ten minutes are over, and it lets her go on")
                    .isEqualTo(200);
            assertThat(client.blocks("203.0.113.10"))
                    .as("a day is over, and the block stands")
                    .isTrue();
        }
    }

    private static void jump(Path clock, Duration by) throws IOException {
        var next = Files.writeString(clock.resolveSibling("clock.next"), by.toString());
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE); // The house never reads half of it.
    }
}
