package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F7: an event that nobody can read stops its own organisation's sequence and nobody else, and loses nothing. */
@Tag("F7")
class PoisonTest {
    private static final UUID OTHERS = UUID.fromString("00000000-0000-4000-8000-0000000000f7");
    private static final UUID POISON = UUID.fromString("00000000-0000-4000-8000-00000000bad1");
    private static final String SUCCEEDED =
            "SELECT coalesce(sum(succeeded), 0) FROM views.traffic_minute WHERE tenant = '%s'".formatted(OTHERS);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("short")
    void itsSequenceWaitsTheOthersGoOnAndMendedItIsReadInOrder() {
        try (var house = House.on(folder.resolve("data"))) {
            var client = Client.of(house);
            poison(house, client);

            client.events(Logins.attack("victim", "203.0.113.10"));
            client.awaitBlockOf("203.0.113.10", Duration.ofSeconds(30));
            Patience.until(Duration.ofSeconds(30), () -> parked(house, "traffic"), count -> count == 3);
            Patience.until(Duration.ofSeconds(30), () -> parked(house, "detection"), count -> count == 3);
            assertThat(house.count(SUCCEEDED))
                    .as("what comes after a parked event waits behind it")
                    .isZero();

            mend(house);
            Patience.until(
                    Duration.ofSeconds(100),
                    () -> house.count("SELECT count(*) FROM store.dead_letters"),
                    count -> count == 0);
            assertThat(house.count(SUCCEEDED)).isEqualTo(3);
        }
    }

    /** The control: a reader that logs and goes on, as the framework does unless told otherwise, loses the event for good. */
    @Test
    @Tag("short")
    @Tag("control")
    void aReaderThatSkipsWhatItCannotReadIsFoundOut() {
        try (var house = House.on(folder.resolve("data"), "--velvet.faults.skips=true")) {
            var client = Client.of(house);
            poison(house, client);
            Patience.until(Duration.ofSeconds(30), () -> house.count(SUCCEEDED), count -> count == 2);
            mend(house);
            assertThat(parked(house, "traffic")).isZero();
            assertThat(house.count(SUCCEEDED)).isEqualTo(2);
        }
    }

    /** Three events of another organisation, the first of them unreadable. */
    private static void poison(House house, Client client) {
        client.events(Logins.calm("pattern", 3));
        client.awaitReaders();
        var copy = """
                INSERT INTO store.telemetry (tenant, event_id, recorded_at, payload_type, revision, payload, envelope)
                SELECT '%1$s', CASE WHEN number = 1 THEN '%2$s'::uuid ELSE gen_random_uuid() END, recorded_at, payload_type, revision,
                    CASE WHEN number = 1 THEN 'not json' ELSE payload END,
                    convert_to(replace(convert_from(envelope, 'UTF8'), tenant::text, '%1$s'), 'UTF8')
                FROM (SELECT tenant, recorded_at, payload_type, revision, envelope, row_number() OVER (ORDER BY global_index DESC) AS number,
                    convert_to(replace(convert_from(payload, 'UTF8'), tenant::text, '%1$s'), 'UTF8') AS payload
                    FROM store.telemetry WHERE payload_type LIKE '%%LoginSucceeded' ORDER BY global_index DESC LIMIT 3) AS latest
                ORDER BY number""".formatted(OTHERS, POISON);
        house.execute(copy);
    }

    private static void mend(House house) {
        house.execute(
                "UPDATE store.telemetry SET payload = (SELECT payload FROM store.telemetry WHERE tenant = '%s' AND event_id <> '%s' LIMIT 1) WHERE event_id = '%s'"
                        .formatted(OTHERS, POISON, POISON));
    }

    private static long parked(House house, String follower) {
        return house.count("SELECT count(*) FROM store.dead_letters WHERE follower = '%s'".formatted(follower));
    }
}
