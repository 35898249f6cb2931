package io.velvetastro.decisions.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody's receiver on this machine: keeps what comes, and answers as a test likes. */
final class Inbox implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Delivery> came = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile Map<String, String> headers = Map.of();
    private volatile Runnable before = () -> {};

    record Delivery(String id, String timestamp, String signature, String body) {
        JsonNode json() {
            return new JsonMapper().readTree(body);
        }

        List<String> says() {
            return json().path("data").path("items").findValuesAsString("says");
        }

        /** Whenever it was sent. */
        boolean isSignedWith(String secret) {
            try {
                return List.of(signature.split(" "))
                        .contains(new Webhook(secret).sign(id, Long.parseLong(timestamp), body));
            } catch (WebhookSigningException noSecret) {
                throw new IllegalArgumentException(noSecret);
            }
        }

        /** As the public library of the standard sees it, which looks at the clock of this machine too. */
        boolean isTakenWith(String secret) {
            var headers = HttpHeaders.of(
                    Map.of(
                            "webhook-id", List.of(id),
                            "webhook-timestamp", List.of(timestamp),
                            "webhook-signature", List.of(signature)),
                    (name, value) -> true);
            try {
                new Webhook(secret).verify(body, headers);
                return true;
            } catch (WebhookVerificationException forged) {
                return false;
            }
        }
    }

    Inbox() {
        this(null);
    }

    Inbox(@Nullable SSLContext tls) {
        try {
            var here = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
            if (tls == null) server = HttpServer.create(here, 0);
            else {
                var secure = HttpsServer.create(here, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            var heads = exchange.getRequestHeaders();
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            came.add(new Delivery(
                    String.valueOf(heads.getFirst("webhook-id")),
                    String.valueOf(heads.getFirst("webhook-timestamp")),
                    String.valueOf(heads.getFirst("webhook-signature")),
                    body));
            before.run();
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    Inbox answers(int status, String... headers) {
        this.status = status;
        this.headers = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        return this;
    }

    /** Does that before it answers. */
    void before(Runnable deed) {
        before = deed;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/in?token=planted-token";
    }

    List<Delivery> came() {
        return came;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
