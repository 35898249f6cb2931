package io.velvetastro.journeys;

import static io.velvetastro.journeys.Client.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OneLoginTravelsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Client client = TheHouse.client();

    @Test
    void fiveFailuresAndASuccessFromANewAddressAreOneIncidentAndABlock() {
        var address = "203.0.113.41";
        var answer = client.post(SixEvents.ofAnAttack("grace.41", address));
        assertThat(answer.path("accepted").asInt()).isEqualTo(6);

        await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> list.contains(address));
        var incident = await(
                        SOON,
                        () -> incidentsOf(address),
                        found -> found.size() == 1
                                && found.getFirst().path("findings").asInt() > 0)
                .getFirst();
        assertThat(incident.path("users").toString()).contains("grace.41");

        var whole = await(
                SOON,
                () -> client.get("/api/v1/incidents/" + incident.path("id").asString()),
                told -> evidence(told).size() == 6 && !told.path("actions").isEmpty());
        assertThat(whole.path("killChain").findValuesAsString("stage")).containsExactly("delivery", "exploitation");
        assertThat(whole.path("timeline").toString()).contains("brute-force", "success-after-failures");
        assertThat(whole.path("actions")).singleElement().asString().contains(address);
        assertThat(incidentsOf(address)).hasSize(1);
    }

    @Test
    void theSameEventsAgainStoreNothing() {
        var events = SixEvents.ofAnAttack("grace.42", "203.0.113.42");
        client.post(events);
        var again = client.post(events);
        assertThat(again.path("accepted").asInt()).isZero();
        assertThat(again.path("duplicates").asInt()).isEqualTo(6);
    }

    @Test
    void anAddressTheUserHasUsedBeforeBlocksNobody() {
        var address = "203.0.113.43";
        client.post(SixEvents.success("grace.43", address, Instant.now().minus(Duration.ofDays(2))));
        client.post(SixEvents.ofAnAttack("grace.43", address));
        nothingIsBlocked(address);
    }

    @Test
    void anAddressThatThreeUsersShareBlocksNobody() {
        var address = "203.0.113.44";
        var before = Instant.now().minus(Duration.ofHours(3));
        client.post(Stream.of("ines.44", "olav.44", "uma.44")
                .map(user -> SixEvents.success(user, address, before))
                .collect(Collectors.joining("\n")));
        client.post(SixEvents.ofAnAttack("grace.44", address));
        nothingIsBlocked(address);
    }

    /** A later attack that is answered proves that the earlier events have been read. */
    private void nothingIsBlocked(String address) {
        var attacker = "198.51.100." + address.substring(address.lastIndexOf('.') + 1);
        client.post(SixEvents.ofAnAttack("marker." + attacker, attacker));
        var list = await(SOON, () -> client.text("/api/v1/defense/blocklist"), blocked -> blocked.contains(attacker));
        assertThat(list).doesNotContain(address);
    }

    private java.util.List<JsonNode> incidentsOf(String address) {
        var items = client.get("/api/v1/incidents?limit=100").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("sources").toString().contains("\"" + address + "\""))
                .toList();
    }

    private static java.util.Set<String> evidence(JsonNode incident) {
        return StreamSupport.stream(incident.path("evidence").spliterator(), false)
                .map(piece -> piece.path("eventId").asString())
                .collect(Collectors.toSet());
    }
}
