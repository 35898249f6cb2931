package io.velvetastro.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Fills a house in bulk and as fast as it takes it. */
final class Feed {
    private Feed() {}

    static void calm(House house, int events) throws Exception {
        send(house, events, House::calmLogin);
    }

    /** Six tries on somebody new from somewhere new, again and again: five wrong passwords and the right one. */
    static void attacks(House house, int takeovers) throws Exception {
        send(
                house,
                takeovers * 6,
                number -> House.login(
                        Instant.now(),
                        "victim" + number / 6,
                        "198.18." + number / 6 / 250 + "." + (1 + number / 6 % 250),
                        number % 6 == 5));
    }

    private static void send(House house, int events, LongFunction<String> login) throws Exception {
        try (var wire = new Wire(house.port())) {
            for (int sent = 0; sent < events; ) {
                var body = new StringBuilder(1000 * 320);
                for (int i = 0; i < 1000; i++)
                    body.append(login.apply(sent + i)).append('\n');
                var answer = wire.send(
                        "POST",
                        "/api/v1/monitor/events",
                        "application/x-ndjson",
                        house.token(),
                        body.toString().getBytes(StandardCharsets.UTF_8));
                switch (answer.status()) {
                    case 202 -> sent += 1000;
                    case 429, 503 -> TimeUnit.MILLISECONDS.sleep(200);
                    default -> throw new IOException("events were answered " + answer.status() + ": " + answer.body());
                }
            }
        }
    }
}
