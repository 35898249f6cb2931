package io.velvetastro.views.attacks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Engine;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.AttackDetails;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackOrigins;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.OriginRow;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.views.web.Asked;
import io.velvetastro.views.web.Page;
import io.velvetastro.views.web.Plain;
import io.velvetastro.views.web.ViewProblems;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What attacks us: the feed, one attack, the live stream and the map. Words of closed lists are lower case. */
@RestController
@RequestMapping("/api/v1/threat")
@Tag(
        name = "Threat",
        description =
                "Severities are info, low, medium, high, critical; stages reconnaissance to actions_on_objectives; outcomes blocked, watching, needs_you, resolved.")
class ThreatController {
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.INCIDENTS_READ + "')";

    /** It tells of rules too. */
    private static final String MAY_LISTEN = MAY_READ + " and hasAuthority('" + Authority.Text.DEFENSE_READ + "')";

    private final AttackQueries attacks;
    private final MapQueries map;
    private final ThreatStream stream;

    ThreatController(AttackQueries attacks, MapQueries map, ThreatStream stream) {
        this.attacks = attacks;
        this.map = map;
        this.stream = stream;
    }

    @GetMapping("/attacks")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "Attacks, latest activity first")
    Page<AttackItem> feed(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable List<String> severity,
            @RequestParam(required = false) @Nullable List<String> stage,
            @RequestParam(required = false) @Nullable List<String> engine,
            @RequestParam(required = false) @Nullable List<String> outcome,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String user,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String incident,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var incidentId = Asked.id("incident", incident);
        var filter = new Filter(
                Asked.time("from", from),
                Asked.time("to", to),
                Asked.choices("severity", Severity.class, severity),
                Asked.choices("stage", Stage.class, stage),
                Asked.choices("engine", Engine.class, engine),
                Asked.choices("outcome", Outcome.class, outcome),
                Asked.text("source", source),
                Asked.text("user", user),
                Asked.text("q", q),
                incidentId == null ? null : new IncidentId(incidentId));
        var page = attacks.page(new AttackFeed(caller.tenant(), filter, cursor, limit));
        return new Page<>(page.items().stream().map(AttackItem::of).toList(), page.next());
    }

    @GetMapping("/attacks/{id}")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "One attack with its explanation and evidence")
    AttackItem.Whole attack(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
        return attacks.answer(new AttackDetails(caller.tenant(), new SeriesId(id))).stream()
                .findFirst()
                .map(AttackItem.Whole::of)
                .orElseThrow(() -> ViewProblems.notFound("There is no such attack."));
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @PreAuthorize(MAY_LISTEN)
    @Operation(
            summary =
                    "Attacks, incidents and defence rules as they change; resumes behind Last-Event-ID, and ends when its reader's session, key or role does")
    SseEmitter stream(
            @AuthenticationPrincipal Caller caller,
            Principal who,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return stream.open(caller.tenant(), who, lastEventId);
    }

    @GetMapping("/map")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary = "Where attacks come from, most first; one item without a place for those whose place is unknown")
    Page<Origin> map(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable List<String> severity,
            @RequestParam(required = false) @Nullable List<String> stage,
            @RequestParam(defaultValue = "200") int limit) {
        return Page.all(map
                .answer(new AttackOrigins(
                        caller.tenant(),
                        Asked.time("from", from),
                        Asked.time("to", to),
                        Asked.choices("severity", Severity.class, severity),
                        Asked.choices("stage", Stage.class, stage),
                        limit))
                .stream()
                .map(Origin::of)
                .toList());
    }

    /** A place attacks come from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Origin(
            @Nullable String country,
            @Nullable String city,
            @Nullable Double lat,
            @Nullable Double lon,
            @Nullable Long asn,
            @Nullable String asOrganization,
            long attacks,
            long events,
            String severity,
            String topTitle,
            @Nullable String topSource,
            Instant lastAt,
            @Nullable IncidentId incident) {
        static Origin of(OriginRow row) {
            return new Origin(
                    row.country(),
                    row.city(),
                    row.latitude(),
                    row.longitude(),
                    row.asn(),
                    row.asOrganization(),
                    row.attacks(),
                    row.events(),
                    Plain.word(row.severity()),
                    row.topTitle(),
                    row.topSource(),
                    row.lastAt(),
                    row.incident());
        }
    }
}
