package io.velvetastro.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program of a customer: signs in and speaks to the public door. */
record Client(
        RunningHouse house,
        URI url,
        HttpClient http,
        @Nullable Pass pass) {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** A token lives ten minutes, and all journeys together longer. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(8);

    /** What opens the door, renewed before it grows old. */
    static final class Pass {
        private final Supplier<String> signingIn;
        private String token;
        private long since;

        Pass(Supplier<String> signingIn) {
            this.signingIn = signingIn;
            token = signingIn.get();
            since = System.nanoTime();
        }

        synchronized String token() {
            if (System.nanoTime() - since > GOOD_FOR.toNanos()) {
                token = signingIn.get();
                since = System.nanoTime();
            }
            return token;
        }
    }

    Client(RunningHouse house, URI url) {
        this(house, url, HttpClient.newHttpClient(), null);
    }

    /** A house on the folder, and a program that has signed in to it. */
    static Client of(Path data) {
        var house = RunningHouse.on(data);
        return new Client(house, house.url()).signIn();
    }

    Client signIn() {
        return new Client(house, url, http, new Pass(this::freshToken));
    }

    private String freshToken() {
        var answer = send(HttpRequest.newBuilder(url.resolve("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"admin@velvet.com\",\"password\":\"password\"}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("accessToken").asString();
    }

    /** Posts NDJSON to the intake and answers what became of it. */
    JsonNode post(String events) {
        var answer = send(request("/api/v1/monitor/events")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(events)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body());
    }

    JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        var answer = send(request(path).GET());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(30));
        return pass == null ? request : request.header("Authorization", "Bearer " + pass.token());
    }

    /** Asks until the answer is as wished, and gives up by showing the last one. */
    static <T> T await(Duration longest, Supplier<T> question, Predicate<T> wished) {
        var deadline = System.nanoTime() + longest.toNanos();
        var answer = question.get();
        while (!wished.test(answer)) {
            if (System.nanoTime() > deadline) throw new AssertionError("Not within " + longest + ": " + answer);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            answer = question.get();
        }
        return answer;
    }
}
