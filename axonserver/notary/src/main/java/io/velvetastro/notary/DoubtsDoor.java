package io.velvetastro.notary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.DoubtCommand.AcknowledgeDoubt;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Seals;
import io.velvetastro.questions.Forensics.DoubtList;
import io.velvetastro.questions.Forensics.DoubtsAnswer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the doubts of the ledger are listed, and where an administrator says who has looked at one and why it may stand there. */
@RestController
@RequestMapping("/api/v1/forensics/doubts")
@Tag(name = "forensics")
class DoubtsDoor {
    private static final int MOST_WORDS = 2_000;

    private final DoubtBook book;
    private final DoubtAnswers answers;
    private final CommandGateway commands;
    private final Seals seals;
    private final Clock clock;

    DoubtsDoor(DoubtBook book, DoubtAnswers answers, CommandGateway commands, Seals seals, Clock clock) {
        this.book = book;
        this.answers = answers;
        this.commands = commands;
        this.seals = seals;
        this.clock = clock;
    }

    record Looked(@NotBlank @Size(max = MOST_WORDS) String reason) {}

    @GetMapping
    @PreAuthorize("hasAuthority('" + Authority.Text.INCIDENTS_READ + "')")
    @Operation(
            summary =
                    "Events that had been changed in the store before the ledger had them, and what was said about each")
    DoubtsAnswer all(@AuthenticationPrincipal Caller caller) {
        return answers.answer(new DoubtList(caller.tenant()));
    }

    @PostMapping("/{leaf}/acknowledgement")
    @PreAuthorize("hasAuthority('" + Authority.Text.ORG_ADMIN + "')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Says that the caller has looked at a changed event and why it may stand there; recorded for good, and the doubt stays visible")
    void acknowledge(
            @AuthenticationPrincipal Caller caller, @PathVariable String leaf, @Valid @RequestBody Looked body) {
        var now = clock.instant();
        long index = index(leaf);
        if (!book.has(caller.tenant(), index)) throw Refused.notFound();
        var reason = seals.seal(caller.tenant(), null, now, body.reason().strip());
        commands.sendAndWait(new AcknowledgeDoubt(caller.tenant(), index, reason, now));
    }

    /** Who may not acknowledge anything is told so before anybody looks at what was named. */
    private static long index(String leaf) {
        try {
            return Long.parseLong(leaf);
        } catch (NumberFormatException noLeaf) {
            throw Refused.notFound();
        }
    }
}
