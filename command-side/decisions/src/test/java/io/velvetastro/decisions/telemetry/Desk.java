package io.velvetastro.decisions.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.decisions.telemetry.Answer.Rejection;
import io.velvetastro.decisions.telemetry.Formats.Reading;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.Personal;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.util.LinkedMultiValueMap;

/** The intake without a web server or a database: a test hands it text and looks at what was recorded. */
final class Desk {
    static final TenantId TENANT = new TenantId(new UUID(0, 7));

    private static final ObjectMapper JSON = new ObjectMapper();

    final MemoryJournal journal = new MemoryJournal();
    final OpenSeals seals = new OpenSeals();
    final List<Rejection> rejections = new ArrayList<>();
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Places places = Places.unknown();
    Duration patience = Duration.ZERO;

    /** @param query such as {@code format=sshd&year=2025} */
    Answer take(String query, String text) {
        return take(query, text.getBytes(StandardCharsets.UTF_8));
    }

    Answer take(String query, byte[] bytes) {
        try {
            return take(query, new ByteArrayInputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Answer take(String query, InputStream in) throws IOException {
        var parameters = new LinkedMultiValueMap<String, String>();
        for (var pair : query.split("&")) parameters.add(pair.split("=", 2)[0], pair.split("=", 2)[1]);
        var format = Formats.of(parameters);
        return run(format.log(), format.open(in, InstantSource.fixed(now)), format.context());
    }

    /** As {@code POST /monitor/events} does. */
    Answer events(String body, boolean lines) {
        try {
            var in = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
            var parser = new Ocsf("ocsf", new Limits(InstantSource.fixed(now)), new Addresses());
            return run("ocsf", new Reading(Elements.of(in, lines), parser), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Answer run(String log, Reading reading, int context) throws IOException {
        var recorder =
                new Recorder(journal, seals, new HashedNames(), places, new Devices(), new Quota(0, System::nanoTime));
        var sender = new Recorder.Sender(TENANT, "member:test", "import");
        var order =
                new Import.Order(sender, new UUID(1, 1), log, reading.pieces(), reading.parser(), context, patience);
        return new Import(order, recorder, new HashedNames(), (tenant, id, rows) -> rejections.addAll(rows)).run();
    }

    List<Attempt> attempts() {
        var attempts = new ArrayList<Attempt>();
        for (var fact : journal.facts.values()) {
            if (fact.payload() instanceof LoginSucceeded login) attempts.add(login.attempt());
            if (fact.payload() instanceof LoginFailed login) attempts.add(login.attempt());
        }
        return attempts;
    }

    List<LoginFailed> failures() {
        return journal.all(LoginFailed.class);
    }

    List<LoginSucceeded> successes() {
        return journal.all(LoginSucceeded.class);
    }

    List<AlertRaised> alerts() {
        return journal.all(AlertRaised.class);
    }

    Personal opened(Sealed sealed) {
        try {
            return JSON.readValue(seals.open(TENANT, sealed).orElseThrow(), Personal.class);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}
