package io.velvetastro.app.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running house, seen through its public door. Waits when the house asks to, and sends again what got lost: the house stores nothing twice. */
public final class House {
    private static final int TRIES = 8;
    private static final String ONCE =
            " What comes through a pipe is not kept here and cannot be sent again: run the same once more, or import a file. Nothing is stored twice.";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI url;
    private final Optional<String> givenToken;
    private final Consumer<String> notes;
    private @Nullable String token;
    private int triesAllowed = TRIES;

    /** @param notes what a person should know while waiting */
    public House(URI url, Optional<String> givenToken, Consumer<String> notes) {
        this.url = url;
        this.givenToken = givenToken;
        this.notes = notes;
    }

    /** Never gives up on a house that is away or busy: for callers that have all the time in the world. */
    public House patient() {
        triesAllowed = Integer.MAX_VALUE;
        return this;
    }

    /** Signs in before anything large is sent, because a refusal in the middle of a large body gets lost. */
    public House enter() {
        if (givenToken.isPresent()) {
            token = givenToken.get();
        } else if (isThisMachine()) {
            token = tokenIn(send(demoLogin()));
        } else {
            throw Failed.because("VELVET_TOKEN is not set: put an access token of " + url + " there.");
        }
        var me = send(request("/api/v1/auth/me").GET().build());
        if (me.statusCode() != 200) throw refused(me);
        return this;
    }

    private HttpRequest demoLogin() {
        return HttpRequest.newBuilder(url.resolve("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"admin@velvet.com\",\"password\":\"password\"}"))
                .build();
    }

    private String tokenIn(HttpResponse<String> answer) {
        if (answer.statusCode() == 200) return json(answer).path("accessToken").asString();
        throw Failed.because("VELVET_TOKEN is not set, and " + url
                + " is not a demo with the documented login: put an access token there.");
    }

    /** Posts until the house has it; the body is opened again for every try. */
    public JsonNode post(String path, Map<String, String> headers, Supplier<BodyPublisher> body) {
        var justEntered = false;
        for (var tries = 1; ; tries++) {
            try {
                var answer = http.send(post(path, headers, body.get()), BodyHandlers.ofString());
                if (answer.statusCode() < 300) return json(answer);
                if (answer.statusCode() == 401 && givenToken.isEmpty() && !justEntered && tries < triesAllowed) {
                    // Access tokens live shorter than logs grow, and a demo that starts again knows none of them.
                    answer = http.send(demoLogin(), BodyHandlers.ofString());
                    justEntered = !isBusy(answer);
                    if (justEntered) {
                        token = tokenIn(answer);
                        continue;
                    }
                }
                if (!isBusy(answer) || tries >= triesAllowed) throw refused(answer);
                justEntered = false;
                waitFor(retryAfter(answer, tries), "The house is busy");
            } catch (IOException lost) {
                if (tries >= triesAllowed) throw lost(lost, "");
                justEntered = false;
                waitFor(backoff(tries), "The connection was lost");
            } catch (InterruptedException stopped) {
                throw stopped();
            }
        }
    }

    /** Posts what can be read only once: whatever goes wrong is a failure, for a second try would send the rest and leave out what came before. */
    public JsonNode postOnce(String path, Map<String, String> headers, BodyPublisher body) {
        try {
            var answer = http.send(post(path, headers, body), BodyHandlers.ofString());
            if (answer.statusCode() < 300) return json(answer);
            throw isBusy(answer)
                    ? Failed.because("The house was too busy (" + answer.statusCode() + ")." + ONCE)
                    : refused(answer);
        } catch (IOException lost) {
            throw lost(lost, ONCE);
        } catch (InterruptedException stopped) {
            throw stopped();
        }
    }

    private static boolean isBusy(HttpResponse<String> answer) {
        return answer.statusCode() == 429 || answer.statusCode() == 503;
    }

    private Failed lost(IOException lost, String then) {
        return Failed.because("The connection to " + url + " was lost: " + reason(lost) + "." + then);
    }

    /** Asks for a file and writes it down as it comes. */
    public void fetch(String path, Path to) throws IOException {
        try {
            var request = request(path).POST(BodyPublishers.noBody()).build();
            var answer = http.send(
                    request,
                    head -> head.statusCode() == 200
                            ? HttpResponse.BodySubscribers.mapping(
                                    BodyHandlers.ofFile(to).apply(head), file -> "")
                            : BodyHandlers.ofString().apply(head));
            if (answer.statusCode() != 200) throw refused(answer);
        } catch (InterruptedException stopped) {
            throw stopped();
        }
    }

    private HttpRequest post(String path, Map<String, String> headers, BodyPublisher body) {
        var request = request(path).POST(body);
        headers.forEach(request::header);
        return request.build();
    }

    private static Failed stopped() {
        Thread.currentThread().interrupt();
        return Failed.because("Stopped.");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw Failed.because(
                    "Nothing answers at " + url + ": start the house with ./velvet run or name another with --url.");
        } catch (InterruptedException stopped) {
            throw stopped();
        }
    }

    private Failed refused(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 401 -> Failed.because("The house does not accept the token in VELVET_TOKEN.");
            case 403 -> Failed.because("The token in VELVET_TOKEN may not do this.");
            default -> Failed.because("The house answered " + answer.statusCode() + ": " + detail(answer));
        };
    }

    private static String detail(HttpResponse<String> answer) {
        try {
            var problem = JSON.readTree(answer.body());
            return Inert.text(
                    problem.path("detail").asString(problem.path("title").asString("no reason given")));
        } catch (JacksonException notJson) {
            return "no reason given";
        }
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException notJson) {
            throw Failed.because(url + " does not answer like Velvet Astro.");
        }
    }

    private void waitFor(Duration pause, String why) {
        notes.accept(why + "; trying again in " + Math.max(1, pause.toSeconds()) + " s.");
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            throw stopped();
        }
    }

    static Duration retryAfter(HttpResponse<?> answer, int tries) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> Duration.ofSeconds(Math.min(300, Long.parseLong(seconds))))
                .orElseGet(() -> backoff(tries));
    }

    static Duration backoff(int tries) {
        return Duration.ofMillis(Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(tries, 10)));
    }

    private static String reason(IOException lost) {
        return lost.getMessage() == null ? lost.getClass().getSimpleName() : lost.getMessage();
    }

    private boolean isThisMachine() {
        try {
            return InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
