package io.velvetastro.app.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** Sends a log that exists, from its first to its last line, in one stream. */
final class ImportCommand {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    ImportCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    int run(List<String> typed, Map<String, String> environment) {
        var arguments = new Arguments(typed, Set.of("format", "url"));
        var file = arguments.file();
        var format = arguments.required("format");
        if (!file.equals("-") && !Files.isReadable(Path.of(file))) throw Failed.because("Cannot read " + file + ".");
        var house = CommandLine.house(arguments, environment, err).enter();
        var progress = new Progress(err, file.equals("-") ? 0 : size(Path.of(file)));
        var answer = send(house, path(format, arguments.params()), file, progress);
        progress.finished();
        var outcome = Outcome.of(answer);
        out.println(outcome);
        Outcome.explainRejections(answer, err);
        return outcome.isNothingButRejections() ? 1 : 0;
    }

    private JsonNode send(House house, String path, String file, Progress progress) {
        var headers = Map.of("Content-Type", "application/octet-stream");
        if (file.equals("-")) {
            var unread = new ArrayDeque<>(List.of(open(in, progress)));
            // The client may ask for a body again by itself: there is none any more.
            return house.postOnce(path, headers, BodyPublishers.ofInputStream(unread::poll));
        }
        return house.post(
                path, headers, () -> BodyPublishers.ofInputStream(() -> open(stream(Path.of(file)), progress)));
    }

    static String path(String format, Map<String, String> params) {
        var query = new LinkedHashMap<String, String>();
        query.put("format", format);
        query.putAll(params);
        return "/api/v1/monitor/import?"
                + query.entrySet().stream()
                        .map(param -> encoded(param.getKey()) + "=" + encoded(param.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static InputStream stream(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Counts what is read from the disk; what is compressed there is sent plain. */
    static InputStream open(InputStream file, Progress progress) {
        try {
            var counted = new BufferedInputStream(progress.watching(file), 1 << 16);
            counted.mark(2);
            var isGzip = counted.read() == 0x1f && counted.read() == 0x8b;
            counted.reset();
            return isGzip ? new GZIPInputStream(counted, 1 << 16) : counted;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
