package io.velvetastro.views.incidents;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Incidents.Filter;
import io.velvetastro.questions.Incidents.IncidentById;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.views.web.Asked;
import io.velvetastro.views.web.Page;
import io.velvetastro.views.web.ViewProblems;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents to read; what can be ordered about them is the command side's. */
@RestController
@RequestMapping("/api/v1/incidents")
@Tag(
        name = "Incidents",
        description =
                "Statuses are open, in_progress, contained, resolved, merged; action states standing, ended, undone, withheld, refused.")
class IncidentController {
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.INCIDENTS_READ + "')";
    private final IncidentQueries incidents;

    IncidentController(IncidentQueries incidents) {
        this.incidents = incidents;
    }

    @GetMapping
    @PreAuthorize(MAY_READ)
    @Operation(summary = "Incidents, latest activity first")
    Page<IncidentItem> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable List<String> severity,
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable List<String> stage,
            @RequestParam(required = false) @Nullable String assignee,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var member = Asked.id("assignee", assignee);
        var filter = new Filter(
                Asked.choices("severity", Severity.class, severity),
                Asked.choices("status", Status.class, status),
                Asked.choices("stage", Stage.class, stage),
                member == null ? null : new MemberId(member),
                Asked.text("q", q),
                Asked.time("from", from),
                Asked.time("to", to));
        var page = incidents.page(new IncidentList(caller.tenant(), filter, cursor, limit));
        return new Page<>(page.items().stream().map(IncidentItem::of).toList(), page.next());
    }

    @GetMapping("/{id}")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary =
                    "One incident with its timeline, kill chain, evidence and actions; its ETag is what If-Match wants")
    ResponseEntity<IncidentItem.Whole> incident(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
        var found = incidents.answer(new IncidentById(caller.tenant(), new IncidentId(id)));
        if (found.isEmpty()) throw ViewProblems.notFound("There is no such incident.");
        var whole = IncidentItem.Whole.of(found.getFirst());
        return ResponseEntity.ok()
                .eTag(Long.toString(whole.incident().version()))
                .body(whole);
    }
}
