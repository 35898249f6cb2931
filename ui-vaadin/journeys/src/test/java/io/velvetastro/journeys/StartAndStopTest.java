package io.velvetastro.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class StartAndStopTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aHouseStartsOnNothingStopsWhenAskedAndSurvivesBeingKilled() {
        var data = folder.resolve("data");
        try (var house = RunningHouse.on(data)) {
            house.url();
            assertThat(house.said()).anyMatch(line -> line.contains("admin@velvet.com"));

            try (var second = RunningHouse.on(data)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.said()).singleElement().asString().contains(data.toString());
            }
            assertThat(house.stop()).isZero();
            assertThat(house.said()).last().asString().contains("has stopped");
        }
        assertThat(RunningHouse.log(data))
                .doesNotContain("terminating connection")
                .doesNotContain(" ERROR ");

        var beforeTheKill = Client.of(data);
        beforeTheKill.post(SixEvents.ofAnAttack("ada", "203.0.113.77"));
        beforeTheKill.house().kill();
        try (var again = RunningHouse.on(data)) {
            var client = new Client(again, again.url()).signIn();
            assertThat(client.post(SixEvents.ofAnAttack("ada", "203.0.113.77"))
                            .path("duplicates")
                            .asInt())
                    .isEqualTo(6);
        }
    }

    @Test
    void aPortInUseIsOneLine() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var house = RunningHouse.on(folder.resolve("data"), "--server.port=" + other.getLocalPort())) {
            assertThat(house.exitCode()).isEqualTo(1);
            assertThat(house.said()).singleElement().asString().contains("Port " + other.getLocalPort() + " is in use");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneLine() throws IOException {
        var file = Files.writeString(folder.resolve("data"), "a file, not a folder");
        try (var house = RunningHouse.on(file)) {
            assertThat(house.exitCode()).isEqualTo(1);
            assertThat(house.said()).singleElement().asString().contains("Cannot write to the data folder " + file);
        }
    }

    @Test
    void aDemoThatIsToListenBeyondThisMachineIsWrongUsage() {
        try (var house = RunningHouse.on(folder.resolve("data"), "--server.address=0.0.0.0")) {
            assertThat(house.exitCode()).isEqualTo(2);
            assertThat(house.said()).singleElement().asString().contains("this machine only");
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsOneLine() {
        try (var house =
                RunningHouse.on(folder.resolve("data"), "--velvet.db.url=jdbc:postgresql://127.0.0.1:1/velvet")) {
            assertThat(house.exitCode()).isEqualTo(1);
            assertThat(house.said()).singleElement().asString().contains("VELVET_DB_URL");
        }
    }
}
