package io.velvetastro.notary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.DrillCommand.RunTamperDrill;
import io.velvetastro.language.DrillId;
import io.velvetastro.questions.Forensics.DrillReport;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a tamper drill is ordered. */
@RestController
@RequestMapping("/api/v1/forensics/drills")
@Tag(name = "forensics")
class DrillDoor {
    private final CommandGateway commands;
    private final Clock clock;

    DrillDoor(CommandGateway commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /** How many of the newest events to copy, and how many changes to make to the copy; never more than one for two events. */
    record DrillRequest(
            @Nullable @Min(2) @Max(Drills.MOST_EVENTS) Integer events,
            @Nullable @Min(1) @Max(Drills.MOST_EDITS) Integer edits) {}

    @PostMapping
    @PreAuthorize("hasAuthority('" + Authority.Text.INCIDENTS_WRITE + "')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary =
                    "Damages a copy of the newest events at random and says, change by change, whether the audit found it; the store is never touched")
    DrillReport run(@AuthenticationPrincipal Caller caller, @Valid @RequestBody DrillRequest body) {
        return commands.sendAndWait(new RunTamperDrill(
                new DrillId(UUID.randomUUID()),
                caller.tenant(),
                body.events() == null ? 1_000 : body.events(),
                body.edits() == null ? 50 : body.edits(),
                clock.instant()));
    }
}
