package io.velvetastro.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands where a house would: takes what is sent, says what it was told to say, and remembers both. */
final class HouseOfCards implements AutoCloseable {
    record Received(String path, String authorization, String body) {}

    record Answer(int status, String body, String retryAfter) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    /** What it answers before it goes on as usual; status 0 breaks the connection off. */
    final Deque<Answer> answers = new ArrayDeque<>();

    final Deque<Answer> answersToLogins = new ArrayDeque<>();
    private final HttpServer server;

    HouseOfCards() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/v1/auth/login",
                exchange -> say(
                        exchange,
                        requireNonNullElse(
                                answersToLogins.poll(), new Answer(200, "{\"accessToken\":\"of-the-demo\"}", ""))));
        server.createContext("/api/v1/auth/me", exchange -> say(exchange, new Answer(200, "{}", "")));
        server.createContext("/api/v1/monitor/", this::take);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        received.add(new Received(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body));
        var answer = answers.poll();
        say(
                exchange,
                answer == null ? new Answer(202, "{\"accepted\":" + body.lines().count() + "}", "") : answer);
    }

    private static void say(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        if (!answer.retryAfter().isEmpty()) exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        var bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
