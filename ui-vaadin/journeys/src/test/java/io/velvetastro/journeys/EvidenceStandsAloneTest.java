package io.velvetastro.journeys;

import static io.velvetastro.journeys.Client.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Report;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.ledger.VerifierKey;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EvidenceStandsAloneTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Client client = TheHouse.client();

    @Test
    void anIncidentIsHandedOutWithAllItRestsOnAndProvenWithoutTheHouse() throws Exception {
        var address = "203.0.113.65";
        client.post(SixEvents.ofAnAttack("heidi.65", address));
        await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> list.contains(address));
        var incident = await(SOON, () -> incidentsOf(address), found -> !found.isEmpty())
                .getFirst();

        var report = verify(bundle("{\"incidentId\":\"" + incident.path("id").asString() + "\"}"));

        var types = report.events().stream().map(Report.Proven::type).toList();
        assertThat(types).filteredOn(type -> type.endsWith("LoginFailed")).hasSize(5);
        assertThat(types).anyMatch(type -> type.endsWith("FindingRaised"));
        assertThat(types).anyMatch(type -> type.endsWith("IncidentOpened"));
        assertThat(types).anyMatch(type -> type.endsWith("EvidenceExported"));
        assertThat(report.witnessed()).hasSize(1);
    }

    @Test
    void anAttackIsHandedOutWithTheRuleThatJudgedItAndProvenWithoutTheHouse() throws Exception {
        var address = "203.0.113.66";
        client.post(SixEvents.ofAnAttack("heidi.66", address));
        var attack = await(SOON, () -> attacksOf(address), found -> !found.isEmpty())
                .getFirst()
                .path("id")
                .asString();

        var report = verify(bundle("{\"attackId\":\"" + attack + "\"}"));

        assertThat(report.isComplete(attack)).isTrue();
        assertThat(report.judged()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.isOf(attack)).isTrue();
            assertThat(finding.isWhole()).isTrue();
            assertThat(finding.rule()).endsWith(" version 1");
            assertThat(finding.text().text()).contains("id: " + finding.rule().replace(" version 1", "\nversion: 1\n"));
        });
        assertThat(report.events())
                .filteredOn(event -> event.type().endsWith("LoginFailed"))
                .hasSize(5);
    }

    private List<JsonNode> attacksOf(String address) {
        var items = client.get("/api/v1/threat/attacks?limit=100").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("source").asString("").equals(address))
                .toList();
    }

    private Report verify(Path file) throws IOException {
        var key = VerifierKey.parse(client.text("/api/v1/forensics/key"));
        var witness = VerifierKey.parse(client.text("/api/v1/forensics/witness"));
        try (var bundle = Bundle.open(file)) {
            return Verifier.verify(bundle, Trust.in(key, List.of(witness)));
        }
    }

    private HttpResponse<Path> sent(HttpRequest request) {
        try {
            return client.http().send(request, BodyHandlers.ofFile(folder.resolve("evidence.zip")));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private Path bundle(String question) {
        var request = client.request("/api/v1/forensics/bundles")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question))
                .build();
        // Where the log has grown and was not counted again yet, the house asks to be asked again.
        return await(SOON, () -> sent(request), answer -> answer.statusCode() == 200)
                .body();
    }

    private List<JsonNode> incidentsOf(String address) {
        var items = client.get("/api/v1/incidents?limit=100").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("sources").toString().contains("\"" + address + "\""))
                .toList();
    }
}
