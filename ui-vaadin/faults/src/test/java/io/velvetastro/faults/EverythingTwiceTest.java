package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F6: every event is delivered twice, and every command too. */
@Tag("F6")
class EverythingTwiceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("short")
    void whatIsShownAndWhatIsDoneAreAsIfOnce() {
        var once = told("once");
        assertThat(told("twice", "--velvet.faults.twice=true")).isEqualTo(once);
    }

    /** The control: orders that are named anew when repeated are found out. */
    @Test
    @Tag("short")
    @Tag("control")
    void ordersWithNewNamesAreFoundOut() {
        var once = told("once");
        assertThat(told("anew", "--velvet.faults.twice=true", "--velvet.faults.renames=true"))
                .isNotEqualTo(once);
    }

    /** All that can be seen of one small history. */
    private List<String> told(String name, String... settings) {
        try (var house = House.on(folder.resolve(name), settings)) {
            var client = Client.of(house);
            client.events(Logins.calm("people", 200));
            client.events(Logins.attack("victim", "203.0.113.10"));
            client.awaitBlockOf("203.0.113.10", SOON);
            client.awaitReaders();
            var incident = client.incidentsOf("203.0.113.10").getFirst();
            var whole = client.get("/api/v1/incidents/" + incident.path("id").asString());
            return List.of(
                    client.incidentsOf("203.0.113.10").size() + " incident",
                    incident.path("findings") + " findings of " + incident.path("events") + " events",
                    whole.path("timeline").size() + " lines, "
                            + whole.path("actions").size() + " actions",
                    client.blocklist().toString(),
                    house.count("SELECT sum(succeeded) FROM views.traffic_minute") - signIns(house) + " sign-ins",
                    house.count("SELECT count(*) FROM store.decisions WHERE payloadType LIKE '%Blocked'") + " blocks",
                    house.count("SELECT count(*) FROM store.decisions WHERE payloadType LIKE '%StepCompleted'")
                            + " steps");
        }
    }

    /** Our own, which depend on how often we asked. */
    private static long signIns(House house) {
        return house.count(
                "SELECT count(*) FROM store.telemetry WHERE payload_type LIKE '%LoginSucceeded' AND convert_from(payload, 'UTF8') NOT LIKE '%portal%'");
    }
}
