package io.velvetastro.app.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goes to the doors of a running house and brings back what they said. */
final class Messenger {
    private static final Pattern IDS = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TIMES = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final int port;

    Messenger(int port) {
        this.port = port;
    }

    record Answer(int status, String body, String asked) {
        /** Less what was asked for, and when. */
        Answer withoutIds() {
            var told = IDS.matcher(body.replace(asked, "…")).replaceAll("…");
            return new Answer(status, TIMES.matcher(told).replaceAll("…"), "…");
        }
    }

    Answer ask(String method, String path, @Nullable String body, @Nullable String token) {
        var request = request(path, token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", "application/json");
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            try (var in = answer.body()) {
                var type =
                        answer.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
                var text = type.contains("json") || type.contains("text/plain") ? read(in) : "";
                return new Answer(answer.statusCode(), text, path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The same, and again while the house says that it will know in a moment. */
    Answer askUntilKnown(String method, String path, @Nullable String body, @Nullable String token) {
        return until(() -> ask(method, path, body, token), answer -> answer.status != 503);
    }

    JsonNode made(String path, String body, @Nullable String token) {
        var answer = ask("POST", path, body, token);
        if (answer.status / 100 != 2) throw new IllegalStateException(path + ": " + answer);
        return json.readTree(answer.body);
    }

    void done(String method, String path, @Nullable String body, @Nullable String token) {
        var answer = ask(method, path, body, token);
        if (answer.status / 100 != 2) throw new IllegalStateException(path + ": " + answer);
    }

    JsonNode get(String path, @Nullable String token) {
        var answer = ask("GET", path, null, token);
        if (answer.status != 200) throw new IllegalStateException(path + ": " + answer);
        return json.readTree(answer.body);
    }

    /** What is there once the house has come so far. */
    JsonNode getWhen(String path, String token, Predicate<JsonNode> there) {
        return json.readTree(until(
                        () -> ask("GET", path, null, token),
                        answer -> answer.status == 200 && there.test(json.readTree(answer.body)))
                .body);
    }

    /** What a stream brings, behind the first thing that it tells. */
    InputStream listening(String path, String token) throws IOException, InterruptedException {
        var answer = http.send(request(path, token).build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) throw new IllegalStateException("No stream: " + answer.statusCode());
        while (answer.body().read() != '{') {} // The data of what it tells first.
        return answer.body();
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer until(Supplier<Answer> asked, Predicate<Answer> enough) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var answer = asked.get();
        while (!enough.test(answer)) {
            if (System.nanoTime() > end) throw new AssertionError("Still so after " + PATIENCE + ": " + answer);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = asked.get();
        }
        return answer;
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
