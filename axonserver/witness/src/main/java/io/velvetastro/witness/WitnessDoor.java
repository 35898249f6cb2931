package io.velvetastro.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.velvetastro.ledger.AddCheckpoint;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The witness over HTTP, as C2SP tlog-witness has it; besides, whoever asks is told its key and what it saw last. */
final class WitnessDoor implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    /** What a 409 carries: the size to prove from. */
    static final String SIZE = "text/x.tlog.size";

    private final Witness witness;
    private final Clock clock;
    private final HttpServer server;

    private record Answer(int status, String type, String body) {
        static Answer refused(int status, @Nullable String why) {
            return new Answer(status, TEXT, why + "\n");
        }
    }

    WitnessDoor(Witness witness, Clock clock, InetSocketAddress at) throws IOException {
        this.witness = witness;
        this.clock = clock;
        server = HttpServer.create(at, 16);
        server.setExecutor(
                Executors.newFixedThreadPool(4, Thread.ofPlatform().daemon().factory()));
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        var at = server.getAddress();
        var host = at.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange);
            var body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        var asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        try {
            return switch (asked) {
                case "POST /add-checkpoint" -> add(exchange.getRequestBody().readNBytes(AddCheckpoint.MOST_BYTES + 1));
                case "GET /checkpoint" ->
                    witness.last(witness.origin())
                            .map(seen -> new Answer(200, TEXT, seen.text()))
                            .orElse(Answer.refused(404, "Nothing was seen yet."));
                case "GET /key" -> new Answer(200, TEXT, witness.verifier() + "\n");
                default -> Answer.refused(404, "There is only POST /add-checkpoint, GET /checkpoint and GET /key.");
            };
        } catch (UncheckedIOException noMemory) {
            return Answer.refused(500, "The witness cannot write down what it saw.");
        }
    }

    private Answer add(byte[] body) {
        AddCheckpoint request;
        Checkpoint next;
        try {
            request = AddCheckpoint.parse(body);
            next = witness.trusted(request.note());
        } catch (NotProven refused) {
            return Answer.refused(statusOf(refused), refused.getMessage());
        }
        if (request.old() > next.size()) return Answer.refused(400, "A log does not shrink.");
        long seen = witness.seen(next.origin());
        boolean fork = request.old() == next.size()
                && witness.last(next.origin())
                        .filter(last -> !last.root().equals(next.root()))
                        .isPresent();
        if (request.old() != seen || fork) return new Answer(409, SIZE, seen + "\n");
        try {
            var line = witness.cosign(request.note(), request.proof(next.size()), clock.instant());
            return new Answer(200, TEXT, line.toString());
        } catch (NotProven refused) {
            return Answer.refused(422, refused.getMessage());
        }
    }

    private static int statusOf(NotProven refused) {
        return switch (refused.reason()) {
            case WRONG_ORIGIN -> 404;
            case UNSIGNED, FORGED -> 403;
            default -> 400;
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
