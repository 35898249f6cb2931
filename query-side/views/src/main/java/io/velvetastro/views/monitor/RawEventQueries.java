package io.velvetastro.views.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Monitor.RawEvent;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.views.web.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Answers what the store itself holds, with personal values opened for those who may see them. */
@Component
public class RawEventQueries {
    private static final int MOST = 200;
    private static final String PERSONAL = "personal";
    private static final ObjectMapper JSON_FORM = new ObjectMapper();
    private final EventArchive archive;
    private final Seals seals;

    RawEventQueries(EventArchive archive, Seals seals) {
        this.archive = archive;
        this.seals = seals;
    }

    @QueryHandler
    RawEventsAnswer answer(RawEvents asked) {
        var ids = new HashSet<>(asked.ids());
        if (ids.size() > MOST) throw new Unreadable("ids", "are more than " + MOST);
        return new RawEventsAnswer(archive.read(asked.tenant(), ids).stream()
                .map(event -> opened(asked.tenant(), event))
                .toList());
    }

    private RawEvent opened(TenantId tenant, EventArchive.StoredEvent event) {
        try {
            var payload = JSON_FORM.readTree(event.payload());
            open(tenant, payload);
            var occurredAt = JSON_FORM
                    .readTree(event.envelope())
                    .path(Envelope.OCCURRED_AT)
                    .asText();
            return new RawEvent(
                    event.id(),
                    event.type(),
                    occurredAt(occurredAt, event.recordedAt()),
                    event.recordedAt(),
                    JSON_FORM.writeValueAsString(payload));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store holds an event that is no JSON", e);
        }
    }

    /** The personal part of an event is one sealed text at a known name, at the top or within its attempt. */
    private void open(TenantId tenant, JsonNode node) throws JsonProcessingException {
        if (!(node instanceof ObjectNode object)) return;
        if (object.path(PERSONAL).isTextual()) {
            var clear = seals.open(tenant, Sealed.of(object.get(PERSONAL).asText()));
            if (clear.isPresent()) object.set(PERSONAL, JSON_FORM.readTree(clear.get()));
            else object.put(PERSONAL, "erased");
        }
        if (object.has("attempt")) open(tenant, object.get("attempt"));
    }

    private static Instant occurredAt(String text, Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unknown) {
            return otherwise;
        }
    }
}
