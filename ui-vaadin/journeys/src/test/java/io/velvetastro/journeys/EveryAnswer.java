package io.velvetastro.journeys;

import static io.velvetastro.journeys.Client.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a house everything that its own description says can be asked of it, about everything there is, and keeps each answer as a file. */
final class EveryAnswer {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String STREAM = "/api/v1/threat/stream";

    private final Client client;
    private final Path folder;
    private final String lastOnTheStream;
    private final List<String> imports;
    private int answers;

    private EveryAnswer(Client client, Path folder, String lastOnTheStream, List<String> imports) {
        this.client = client;
        this.folder = folder;
        this.lastOnTheStream = lastOnTheStream;
        this.imports = imports;
    }

    /**
     * The folder with the answers, each named by its question.
     *
     * @param lastOnTheStream a word with which a stream is read from its beginning to its present end
     */
    static Path of(Client client, Path folder, String lastOnTheStream, List<String> imports) throws IOException {
        var every = new EveryAnswer(client, Files.createDirectory(folder), lastOnTheStream, imports);
        for (var path : client.get("/v3/api-docs").path("paths").properties())
            if (path.getValue().has("get")) every.ask(path.getKey());
        return folder;
    }

    private void ask(String described) throws IOException {
        var questions = filled(described);
        assertThat(questions).as("something to ask of " + described).isNotEmpty();
        for (var question : questions) keep(question, question.equals(STREAM) ? streamed() : answered(question));
    }

    private void keep(String question, byte[] answer) throws IOException {
        var name = question.replaceAll("[^A-Za-z0-9.-]", "_");
        Files.write(folder.resolve(answers++ + name.substring(0, Math.min(120, name.length()))), answer);
    }

    /** What is not proven yet is asked again. */
    private byte[] answered(String path) {
        return await(SOON, () -> asked(path), answer -> answer.statusCode() == 200)
                .body();
    }

    private HttpResponse<byte[]> asked(String path) {
        try {
            return client.http().send(client.request(path).GET().build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private byte[] streamed() throws IOException {
        var heard = new StringBuffer();
        try (var lines = lines()) {
            CompletableFuture.runAsync(
                    () -> lines.forEach(line -> heard.append(line).append('\n')));
            await(SOON, heard::toString, text -> text.contains(lastOnTheStream));
        }
        return heard.toString().getBytes(UTF_8);
    }

    private Stream<String> lines() throws IOException {
        try {
            return client.http()
                    .send(
                            client.request(STREAM)
                                    .header("Last-Event-ID", "0")
                                    .GET()
                                    .build(),
                            BodyHandlers.ofLines())
                    .body();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** Whoever describes a new question about a single thing says here which things there are. */
    private List<String> filled(String described) {
        if (!described.contains("{")) return pages(described);
        var prefix = described.substring(0, described.indexOf('{'));
        var rest = described.substring(described.indexOf('}') + 1);
        return switch (prefix) {
            case "/api/v1/orgs/" -> with(prefix, rest, ids("/api/v1/orgs"));
            case "/api/v1/monitor/imports/" -> with(prefix, rest, imports);
            case "/api/v1/threat/attacks/" -> with(prefix, rest, ids("/api/v1/threat/attacks?limit=500"));
            case "/api/v1/incidents/" -> with(prefix, rest, ids("/api/v1/incidents?limit=200"));
            case "/api/v1/forensics/events/" ->
                with(
                        prefix,
                        rest,
                        pages("/api/v1/forensics/events").stream()
                                .flatMap(page -> ids(page).stream())
                                .toList());
            case "/api/v1/forensics/tile/" -> with(prefix, rest, List.of("0/000.p/1"));
            case "/api/v1/forensics/logs/" ->
                List.of(prefix + client.get("/api/v1/forensics/log").path("log").asString() + "/tile/0/000.p/1");
            case "/api/v1/outbox/" -> with(prefix, rest, ids("/api/v1/outbox"));
            case "/api/v1/platform/views/" -> with(prefix, rest, List.of("story", "history"));
            default -> throw new AssertionError("Nobody says which " + described + " there are");
        };
    }

    private static List<String> with(String prefix, String rest, List<String> ids) {
        return ids.stream().map(id -> prefix + id + rest).toList();
    }

    /** A list to its end. */
    private List<String> pages(String path) {
        var pages = new ArrayList<>(List.of(path));
        if (path.equals(STREAM)) return pages;
        for (var next = next(path); !next.isEmpty(); next = next(pages.getLast()))
            pages.add(path + "?cursor=" + URLEncoder.encode(next, UTF_8));
        return pages;
    }

    private String next(String path) {
        var answer = asked(path);
        var type = answer.headers().firstValue("content-type").orElse("");
        if (answer.statusCode() != 200 || !type.startsWith("application/json")) return "";
        return JsonMapper.shared().readTree(answer.body()).path("next").asString("");
    }

    private List<String> ids(String path) {
        var answer = client.get(path);
        var items = answer.isArray() ? answer : answer.path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map((JsonNode item) -> item.path("id").asString())
                .toList();
    }
}
