package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger's body is not read into memory because it is large. */
class BodyLimitTest extends Door {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/auth/passkeys/login",
                "/api/v1/auth/login",
                "/api/v1/auth/register",
                "/setup",
                "/setup/token",
                "/%61pi/v1/auth/login"
            })
    void moreThanADoorHasUseForIsRefusedHoweverItComes(String door) throws Exception {
        var large = ("{\"email\":\"" + "a".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(status(door, BodyPublishers.ofByteArray(large)))
                .as("its length said")
                .isEqualTo(413);
        assertThat(status(door, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                .as("in chunks")
                .isEqualTo(413);
        assertThat(status(door, BodyPublishers.ofString("{\"email\":\"a\"}"))).isNotEqualTo(413);
    }

    private int status(String door, BodyPublisher body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + door))
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", "198.51.100.222")
                    .POST(body)
                    .build();
            return http.send(request, BodyHandlers.ofString()).statusCode();
        }
    }
}
