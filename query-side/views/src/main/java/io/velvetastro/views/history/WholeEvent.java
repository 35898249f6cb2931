package io.velvetastro.views.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventArchive.StoredEvent;
import io.velvetastro.language.EventId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics.EventEvidence;
import io.velvetastro.questions.Forensics.Evidence;
import io.velvetastro.questions.Forensics.EvidenceAnswer;
import io.velvetastro.questions.Monitor.RawEvent;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.views.web.Plain;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One stored event from every side: its bytes, what they say once names are opened, and its proof. */
@Component
class WholeEvent {
    private static final long PATIENCE_SECONDS = 5;
    private final EventArchive archive;
    private final QueryGateway queries;

    WholeEvent(EventArchive archive, QueryGateway queries) {
        this.archive = archive;
        this.queries = queries;
    }

    /**
     * What the API tells.
     *
     * @param payload the bytes that are hashed, in Base64
     * @param text the same bytes as text
     * @param envelope everything else that is hashed, as a bundle has it; absent until the ledger has come to the event
     * @param proof a C2SP tlog-proof; absent until then, and where no ledger is kept
     * @param expiredAt when the month of the event ended; what is sealed in it can be opened by nobody since
     * @param opened the event with its personal values, where they can still be opened
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            EventId id,
            String type,
            String stream,
            Instant occurredAt,
            Instant recordedAt,
            String payload,
            String text,
            @Nullable String envelope,
            @Nullable String proof,
            @Nullable Instant expiredAt,
            @JsonRawValue String opened) {}

    Optional<Item> of(TenantId tenant, EventId id) {
        return archive.read(tenant, List.of(id)).stream().findFirst().map(stored -> item(tenant, stored));
    }

    private Item item(TenantId tenant, StoredEvent stored) {
        var evidence = evidence(tenant, stored.id());
        var payload =
                evidence.map(Evidence::payload).orElseGet(() -> stored.payload().getBytes(UTF_8));
        var opened = opened(tenant, stored.id());
        return new Item(
                stored.id(),
                StoredLines.shortName(stored.type()),
                Plain.word(stored.stream()),
                opened.occurredAt(),
                stored.recordedAt(),
                Base64.getEncoder().encodeToString(payload),
                new String(payload, UTF_8),
                evidence.map(Evidence::envelope).map(WholeEvent::text).orElse(null),
                evidence.map(Evidence::proof).map(WholeEvent::text).orElse(null),
                evidence.map(Evidence::expiredAt).orElse(null),
                opened.json());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private Optional<Evidence> evidence(TenantId tenant, EventId id) {
        try {
            return Optional.ofNullable(
                    ask(new EventEvidence(tenant, id), EvidenceAnswer.class).evidence());
        } catch (NoHandlerForQueryException noLedger) {
            return Optional.empty();
        }
    }

    private RawEvent opened(TenantId tenant, EventId id) {
        return ask(new RawEvents(tenant, List.of(id)), RawEventsAnswer.class)
                .events()
                .getFirst();
    }

    private <A> A ask(Object question, Class<A> answer) {
        try {
            return queries.query(question, answer).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Not answered in time", e);
        }
    }
}
