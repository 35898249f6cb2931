package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** What must be true of a house whatever befell it. */
final class Sound {
    private static final Duration ROUND = Duration.ofMinutes(3);

    private Sound() {}

    /** Nothing twice, every sequence dense, each address blocked by one rule and each step told once, and an evidence bundle that verifies. */
    static void is(House house, Client client, Path folder) {
        nothingIsTwice(house);
        everySequenceIsDense(house);
        effectsAreOnce(house);
        evidenceVerifies(house, client, folder);
        everyEventIsALeafAndEveryLeafAnEvent(house, client);
    }

    static void nothingIsTwice(House house) {
        assertThat(house.count("SELECT count(*) - count(DISTINCT (tenant, event_id)) FROM store.telemetry"))
                .isZero();
        assertThat(house.count("SELECT count(*) - count(DISTINCT (tenant, event_id)) FROM store.findings"))
                .isZero();
    }

    static void everySequenceIsDense(House house) {
        assertThat(
                        house.count(
                                "SELECT count(*) FROM (SELECT 1 FROM store.decisions GROUP BY aggregateIdentifier HAVING max(sequenceNumber) + 1 <> count(*)) AS gap"))
                .isZero();
    }

    static void effectsAreOnce(House house) {
        assertThat(
                        house.count(
                                "SELECT count(*) - count(DISTINCT aggregateIdentifier) FROM store.decisions WHERE payloadType LIKE '%NetworkBlocked'"))
                .as("rules that were made twice")
                .isZero();
        assertThat(
                        house.count(
                                "SELECT count(*) - count(DISTINCT convert_from(payload, 'UTF8')::jsonb ->> 'network') FROM store.decisions WHERE payloadType LIKE '%NetworkBlocked'"))
                .as("networks blocked by two rules")
                .isZero();
        assertThat(
                        house.count(
                                "SELECT count(*) - count(DISTINCT aggregateIdentifier) FROM store.decisions WHERE payloadType LIKE '%PlaybookStepCompleted'"))
                .as("steps told twice")
                .isZero();
    }

    /** By the house's own round through all of its store, which names whatever the ledger has not, has otherwise, or has too much. */
    private static void everyEventIsALeafAndEveryLeafAnEvent(House house, Client client) {
        long before = newestRound(client).path("number").asLong(0); // None in a house so young.
        house.execute("DELETE FROM ledger.audits_asked"); // Whoever has just asked would have to wait ten minutes.
        var asked = client.tried("/api/v1/forensics/audits", "application/json", "");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        var round = Patience.until(
                ROUND,
                () -> newestRound(client),
                newest -> newest.path("number").asLong(0) > before
                        && newest.path("asked").asBoolean());
        assertThat(round.path("failure").isMissingNode()
                        || round.path("failure").isNull())
                .as(round.toString())
                .isTrue();
        assertThat(round.path("found").asInt() + round.path("elsewhere").asInt())
                .as(round.toString())
                .isZero();
        assertThat(round.path("events").asLong()).as(round.toString()).isPositive();
    }

    private static JsonNode newestRound(Client client) {
        return client.get("/api/v1/forensics/audits?limit=1").path("items").path(0);
    }

    private static void evidenceVerifies(House house, Client client, Path folder) {
        var from = Instant.now().minus(Duration.ofMinutes(20));
        // The latest hundred or so: a bundle is for people, not for a burst of thousands.
        var question = "{\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(latestBut(house, 100, from), Instant.now().plusSeconds(1));
        assertThat(OfflineProof.of(client, question, folder)).isPositive();
    }

    private static Instant latestBut(House house, int events, Instant otherwise) {
        long millis = house.count(
                "SELECT coalesce((SELECT extract(epoch FROM recorded_at) * 1000 FROM store.telemetry ORDER BY global_index DESC OFFSET %d LIMIT 1), 0)::bigint"
                        .formatted(events));
        return millis == 0 ? otherwise : Instant.ofEpochMilli(millis);
    }
}
