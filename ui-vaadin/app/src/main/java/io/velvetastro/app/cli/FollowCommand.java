package io.velvetastro.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sends a log while it grows, through its rotations. What was sent is remembered in a small file, so that a restart goes on where it stopped. */
final class FollowCommand {
    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(500);

    private final PrintStream out;
    private final PrintStream err;

    FollowCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> typed, Map<String, String> environment) {
        var arguments = new Arguments(typed, Set.of("format", "url", "state", "from"));
        var file = Path.of(arguments.file()).toAbsolutePath().normalize();
        var format = arguments.required("format");
        if (!Files.isReadable(file)) throw Failed.because("Cannot read " + file + ".");
        var house = CommandLine.house(arguments, environment, err).patient().enter();
        var bookmark = new Bookmark(arguments
                .option("state")
                .map(Path::of)
                .orElseGet(() -> Bookmark.usualPlace(file, arguments.url(), environment)));
        try (var log = new GrowingLog(file, bookmark.read(), fromEnd(arguments), err::println)) {
            out.println("Following " + file + "; Ctrl-C stops, and the next start goes on from there.");
            follow(log, bookmark, house, format, arguments.params());
        } catch (IOException unreadable) {
            throw Failed.because("Cannot follow " + file + ": " + unreadable.getMessage() + ".");
        }
        return 0;
    }

    private static boolean fromEnd(Arguments arguments) {
        var from = arguments.option("from").orElse("start");
        if (!from.equals("start") && !from.equals("end"))
            throw Failed.misused("--from wants start or end, not " + from + ".");
        return from.equals("end");
    }

    private void follow(GrowingLog log, Bookmark bookmark, House house, String format, Map<String, String> params)
            throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            var piece = log.next();
            if (piece.isEmpty()) {
                if (!pause()) return;
                continue;
            }
            var outcome = send(house, format, params, log, piece);
            bookmark.write(log.position());
            out.println(outcome);
        }
    }

    /** A piece arrives with the lines of the last minutes that it repeats, so that the house numbers identical lines as if it had read the whole file. */
    private Outcome send(House house, String format, Map<String, String> params, GrowingLog log, GrowingLog.Piece piece)
            throws IOException {
        var body = new ByteArrayOutputStream();
        var query = new LinkedHashMap<>(params);
        var bringsItsHeader = format.equals("csv") && piece.fromTheTop();
        if (format.equals("csv") && !bringsItsHeader) body.writeBytes(log.header());
        if (!bringsItsHeader && !piece.seenBefore().isEmpty()) {
            for (var line : piece.seenBefore()) body.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            query.put("context", String.valueOf(piece.seenBefore().size()));
        }
        body.writeBytes(piece.bytes());
        var answer = house.post(
                ImportCommand.path(format, query),
                Map.of("Content-Type", "application/octet-stream"),
                () -> BodyPublishers.ofByteArray(body.toByteArray()));
        Outcome.explainRejections(answer, err);
        return Outcome.of(answer);
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOKS_AGAIN_AFTER);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
