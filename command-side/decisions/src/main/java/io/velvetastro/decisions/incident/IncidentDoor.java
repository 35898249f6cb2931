package io.velvetastro.decisions.incident;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.defense.BlockRequest;
import io.velvetastro.decisions.door.Orders;
import io.velvetastro.decisions.playbook.PlaybookRun;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.language.IncidentCommand.CommentOnIncident;
import io.velvetastro.language.IncidentCommand.ReopenIncident;
import io.velvetastro.language.IncidentCommand.ResolveIncident;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.PlaybookCommand.UndoStep;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where analysts work on an incident: take it, say something, act, close it. */
@RestController
@RequestMapping("/api/v1/incidents/{id}")
@Tag(name = "incidents")
class IncidentDoor {
    private static final int LONGEST_TEXT = 10_000;

    private final Orders orders;
    private final Seals seals;

    IncidentDoor(Orders orders, Seals seals) {
        this.orders = orders;
        this.seals = seals;
    }

    /** Nobody gives it back. */
    record Assignment(@Nullable MemberId assignee) {}

    record Comment(@NotBlank @Size(max = LONGEST_TEXT) String text) {}

    record Resolution(
            @NotNull Disposition disposition,
            @Nullable @Size(max = LONGEST_TEXT) String note) {}

    record Reopening(@Nullable @Size(max = LONGEST_TEXT) String note) {}

    record Undoing(@Nullable @Size(max = 500) String reason) {}

    record Made(RuleId id) {}

    @PostMapping("/assign")
    @PreAuthorize("hasAuthority('" + Authority.Text.INCIDENTS_WRITE + "')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Give an incident to a member, or to nobody")
    void assign(
            @AuthenticationPrincipal Caller caller,
            @PathVariable IncidentId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Assignment body) {
        give(new AssignIncident(id, caller.tenant(), body.assignee(), orders.now()), ifMatch);
    }

    @PostMapping("/comment")
    @PreAuthorize("hasAuthority('" + Authority.Text.INCIDENTS_WRITE + "')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say something about an incident")
    void comment(
            @AuthenticationPrincipal Caller caller, @PathVariable IncidentId id, @Valid @RequestBody Comment body) {
        var now = orders.now();
        orders.give(
                new CommentOnIncident(id, caller.tenant(), seals.seal(caller.tenant(), null, now, body.text()), now));
    }

    @PostMapping("/resolve")
    @PreAuthorize("hasAuthority('" + Authority.Text.INCIDENTS_WRITE + "')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Close an incident with what it turned out to be")
    void resolve(
            @AuthenticationPrincipal Caller caller,
            @PathVariable IncidentId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Resolution body) {
        var now = orders.now();
        give(
                new ResolveIncident(id, caller.tenant(), body.disposition(), sealed(caller, body.note(), now), now),
                ifMatch);
    }

    @PostMapping("/reopen")
    @PreAuthorize("hasAuthority('" + Authority.Text.INCIDENTS_WRITE + "')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Open a resolved incident again")
    void reopen(
            @AuthenticationPrincipal Caller caller,
            @PathVariable IncidentId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable Reopening body) {
        var now = orders.now();
        give(
                new ReopenIncident(id, caller.tenant(), sealed(caller, body == null ? null : body.note(), now), now),
                ifMatch);
    }

    @PostMapping("/actions")
    @PreAuthorize("hasAuthority('" + Authority.Text.DEFENSE_WRITE + "')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Block a network because of an incident; DELETE /defense/rules/{id} takes it back")
    Made block(
            @AuthenticationPrincipal Caller caller,
            @PathVariable IncidentId id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody BlockRequest body) {
        var rule = new RuleId(orders.idFor(caller, key));
        orders.give(body.asCommand(rule, caller, id, orders.now()));
        return new Made(rule);
    }

    @PostMapping("/actions/{run}/{step}/undo")
    @PreAuthorize("hasAuthority('" + Authority.Text.DEFENSE_WRITE + "')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take back what a playbook did")
    void undo(
            @AuthenticationPrincipal Caller caller,
            @PathVariable IncidentId id,
            @PathVariable RunId run,
            @PathVariable @Size(max = 100) String step,
            @Valid @RequestBody(required = false) @Nullable Undoing body) {
        var reason = body == null || body.reason() == null || body.reason().isBlank()
                ? "undone by hand"
                : body.reason().strip();
        var undo = new UndoStep(run, caller.tenant(), step, reason, orders.now());
        orders.give(new GenericCommandMessage<>(undo, Map.of(PlaybookRun.ABOUT, id.toString())));
    }

    private void give(Object command, @Nullable String ifMatch) {
        var expected = expected(ifMatch);
        orders.give(
                expected == null
                        ? command
                        : new GenericCommandMessage<>(command, Map.of(ExpectedVersion.KEY, expected)));
    }

    private static @Nullable Long expected(@Nullable String ifMatch) {
        try {
            return ExpectedVersion.of(ifMatch);
        } catch (IllegalArgumentException unreadable) {
            throw Problems.invalid(HttpHeaders.IF_MATCH, "must be the version of the incident, such as \"7\"");
        }
    }

    private @Nullable Sealed sealed(Caller caller, @Nullable String note, Instant now) {
        return note == null || note.isBlank() ? null : seals.seal(caller.tenant(), null, now, note);
    }
}
