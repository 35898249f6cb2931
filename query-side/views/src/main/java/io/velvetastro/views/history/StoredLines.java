package io.velvetastro.views.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventArchive.StoredEvent;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics.HistoryRow;
import io.velvetastro.views.Clean;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a page's events from the store itself and says each in a line; names are opened for these few and kept nowhere. */
@Component
class StoredLines {
    /** The most telling clear fact of an event, whatever its type. */
    private static final List<String> TELLING = List.of(
            "/title",
            "/story/title",
            "/name",
            "/network",
            "/target",
            "/question",
            "/disposition",
            "/playbook",
            "/cause",
            "/attempt/method",
            "/attempt/sensor",
            "/method",
            "/sensor");

    private static final ObjectMapper JSON = new ObjectMapper();
    private final EventArchive archive;
    private final Seals seals;

    StoredLines(EventArchive archive, Seals seals) {
        this.archive = archive;
        this.seals = seals;
    }

    /** In the order of the ids. */
    List<HistoryRow> read(TenantId tenant, List<EventId> ids) {
        if (ids.isEmpty()) return List.of();
        Map<EventId, StoredEvent> stored = archive.read(tenant, ids).stream()
                .collect(Collectors.toMap(StoredEvent::id, Function.identity(), (first, second) -> first));
        return ids.stream()
                .map(stored::get)
                .filter(Objects::nonNull)
                .map(event -> line(tenant, event))
                .toList();
    }

    private HistoryRow line(TenantId tenant, StoredEvent event) {
        var payload = json(event.payload());
        var envelope = json(event.envelope());
        var telemetry = payload.has("attempt") ? payload.get("attempt") : payload;
        var personal = personal(tenant, telemetry.path("personal"));
        return new HistoryRow(
                event.id(),
                shortName(event.type()),
                event.stream(),
                occurredAt(envelope, event.recordedAt()),
                event.recordedAt(),
                text(personal.path("user")),
                text(personal.path("address")),
                text(telemetry.path("host")),
                says(payload),
                Clean.text(envelope.path(Envelope.ACTOR).asText("unknown")));
    }

    static String shortName(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }

    private static String says(JsonNode payload) {
        for (var pointer : TELLING) {
            var text = text(payload.at(pointer));
            if (text != null) return text;
        }
        return "";
    }

    private JsonNode personal(TenantId tenant, JsonNode sealed) {
        if (!sealed.isTextual()) return MissingNode.getInstance();
        return seals.open(tenant, Sealed.of(sealed.asText()))
                .map(StoredLines::json)
                .orElse(MissingNode.getInstance());
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank() ? Clean.text(node.asText()) : null;
    }

    private static Instant occurredAt(JsonNode envelope, Instant otherwise) {
        try {
            return Instant.parse(envelope.path(Envelope.OCCURRED_AT).asText());
        } catch (DateTimeException unknown) {
            return otherwise;
        }
    }

    /** What somebody has damaged is shown as far as it can be: the proof says the rest. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException damaged) {
            return MissingNode.getInstance();
        }
    }
}
