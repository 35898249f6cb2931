package io.velvetastro.views.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.EventId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.Forensics.EventHistory;
import io.velvetastro.questions.Forensics.HistoryFilter;
import io.velvetastro.questions.Forensics.HistoryRow;
import io.velvetastro.views.web.Asked;
import io.velvetastro.views.web.Page;
import io.velvetastro.views.web.Plain;
import io.velvetastro.views.web.ViewProblems;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The event history to search in. */
@RestController
@RequestMapping("/api/v1/forensics")
@Tag(name = "forensics")
class HistoryController {
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.INCIDENTS_READ + "')";
    private final HistoryQueries history;
    private final WholeEvent whole;

    HistoryController(HistoryQueries history, WholeEvent whole) {
        this.history = history;
        this.whole = whole;
    }

    @GetMapping("/events")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary =
                    "Stored events of every kind, latest occurrence first, by whole user name, whole address, opaque principal, incident, type and time")
    Page<Item> events(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String user,
            @RequestParam(required = false) @Nullable String address,
            @RequestParam(required = false) @Nullable String principal,
            @RequestParam(required = false) @Nullable String incident,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var known = Asked.id("incident", incident);
        var filter = new HistoryFilter(
                Asked.time("from", from),
                Asked.time("to", to),
                types(type),
                Asked.text("user", user),
                Asked.text("address", address),
                Asked.text("principal", principal),
                known == null ? null : new IncidentId(known));
        var page = history.answer(new EventHistory(caller.tenant(), filter, cursor, limit));
        return new Page<>(page.items().stream().map(Item::of).toList(), page.next());
    }

    @GetMapping("/events/{id}")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary =
                    "One stored event: its bytes as they are hashed, the same with names opened, and its proof once the ledger has come to it")
    WholeEvent.Item event(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
        return whole.of(caller.tenant(), new EventId(id))
                .orElseThrow(() -> ViewProblems.notFound("There is no such event."));
    }

    private static Set<String> types(@Nullable List<String> texts) {
        var types = new LinkedHashSet<String>();
        if (texts != null)
            for (var text : texts)
                for (var word : text.split(",", -1)) {
                    var type = Asked.text("type", word);
                    if (type != null) types.add(type);
                }
        return types;
    }

    /** A line of the history as the API tells it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            EventId id,
            String type,
            String stream,
            Instant occurredAt,
            Instant recordedAt,
            @Nullable String user,
            @Nullable String address,
            @Nullable String host,
            String says,
            String actor) {
        static Item of(HistoryRow row) {
            return new Item(
                    row.id(),
                    row.type(),
                    Plain.word(row.stream()),
                    row.occurredAt(),
                    row.recordedAt(),
                    row.user(),
                    row.address(),
                    row.host(),
                    row.says(),
                    row.actor());
        }
    }
}
