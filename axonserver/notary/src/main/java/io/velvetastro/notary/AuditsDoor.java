package io.velvetastro.notary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.AuditCommand.AskForAudit;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Overloaded;
import io.velvetastro.questions.Forensics;
import io.velvetastro.questions.Forensics.AuditAsked;
import io.velvetastro.questions.Forensics.AuditsAnswer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a round through the whole store is asked for, and what rounds have found. */
@RestController
@RequestMapping(AuditsDoor.PATH)
@Tag(name = "forensics")
class AuditsDoor {
    static final String PATH = "/api/v1/forensics/audits";

    private final Audits audits;
    private final CommandGateway commands;
    private final Clock clock;

    AuditsDoor(Audits audits, CommandGateway commands, Clock clock) {
        this.audits = audits;
        this.commands = commands;
        this.clock = clock;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('" + Authority.Text.ORG_ADMIN + "')")
    @Operation(
            summary =
                    "Asks for a round through the whole store, held against the ledger, at once; look for what came of it at the Location")
    ResponseEntity<AuditAsked> ask(@AuthenticationPrincipal Caller caller) {
        AuditAsked asked = commands.sendAndWait(new AskForAudit(caller.tenant(), clock.instant()));
        if (asked.againInSeconds() > 0)
            throw new Overloaded(
                    "A round that was asked for has just ended; its result is kept",
                    Duration.ofSeconds(asked.againInSeconds()));
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .location(URI.create(PATH))
                .body(asked);
    }

    @GetMapping
    @PreAuthorize("hasAuthority('" + Authority.Text.INCIDENTS_READ + "')")
    @Operation(summary = "What rounds through the whole store have found, and whether one is asked for")
    AuditsAnswer all(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "20") int limit) {
        return audits.answer(new Forensics.Audits(caller.tenant(), limit));
    }
}
