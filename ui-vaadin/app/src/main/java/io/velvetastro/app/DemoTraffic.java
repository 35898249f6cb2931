package io.velvetastro.app;

import io.velvetastro.app.cli.Failed;
import io.velvetastro.app.cli.House;
import io.velvetastro.app.simulator.Show;
import io.velvetastro.app.simulator.Traffic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The simulated traffic of the demo: enters by the public door like any customer's, first the last day, then what happens. */
@Component
@Profile("demo")
@ConditionalOnProperty(name = "velvet.demo.traffic", havingValue = "true")
class DemoTraffic {
    private static final Logger log = LoggerFactory.getLogger(DemoTraffic.class);
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final long SEED = 1;

    private final Path sentUntil;
    private final double perSecond;
    private final Duration history;
    private final Clock clock;
    private @Nullable Thread player;

    DemoTraffic(
            @Value("${velvet.data}") Path data,
            @Value("${velvet.demo.rate:" + Traffic.USUAL_RATE + "}") double perSecond,
            @Value("${velvet.demo.history:24h}") Duration history,
            Clock clock) {
        this.sentUntil = data.resolve("simulated-until");
        this.perSecond = perSecond;
        this.clock = clock;
        this.history = history.compareTo(REMEMBERED) < 0 ? history : REMEMBERED;
    }

    @EventListener
    void start(ApplicationReadyEvent ready) {
        if (!(ready.getApplicationContext() instanceof WebServerApplicationContext server)
                || server.getWebServer() == null) return;
        var url = URI.create("http://localhost:" + server.getWebServer().getPort());
        player = Thread.ofPlatform().daemon().name("demo-traffic").start(() -> play(url));
    }

    @EventListener
    void stop(ContextClosedEvent closing) {
        if (player != null) player.interrupt();
    }

    private void play(URI url) {
        try {
            var show = new Show(new Traffic(SEED, perSecond), new House(url, Optional.empty(), log::info).enter());
            var now = clock.instant();
            var since = lastSent().filter(now.minus(history)::isBefore).orElse(now.minus(history));
            log.info("Sent {} simulated sign-ins of the time since {}", show.history(since, now), since);
            remember(now);
            show.live(now, Instant.MAX, (sent, until) -> remember(until));
        } catch (Failed refused) {
            if (!Thread.currentThread().isInterrupted()) log.warn("Simulated sign-ins stop: {}", refused.getMessage());
        }
    }

    private Optional<Instant> lastSent() {
        try {
            return Optional.of(Instant.parse(Files.readString(sentUntil)));
        } catch (IOException | DateTimeException never) {
            return Optional.empty();
        }
    }

    private void remember(Instant until) {
        try {
            Files.writeString(sentUntil, until.toString());
        } catch (IOException full) {
            log.debug("Not remembered; the next start sends some sign-ins again, and the house knows them", full);
        }
    }
}
