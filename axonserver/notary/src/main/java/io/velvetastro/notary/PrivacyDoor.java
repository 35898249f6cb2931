package io.velvetastro.notary;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.HoldId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand.ErasePerson;
import io.velvetastro.language.PrivacyCommand.FinishErasure;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Shredder;
import io.velvetastro.questions.Kept.Ending;
import io.velvetastro.questions.Kept.HowLongKept;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where an organisation's administrator has people forgotten, and says what must be kept. */
@RestController
@RequestMapping("/api/v1/forensics")
@Tag(name = "forensics")
class PrivacyDoor {
    private static final String MAY_DECIDE = "hasAuthority('" + Authority.Text.ORG_ADMIN + "')";
    private static final int MOST_MONTHS = 240;
    private static final int MOST_WORDS = 2_000;

    private final CommandGateway commands;
    private final Seals seals;
    private final PrivacyBook book;
    private final Shredder shredder;
    private final KeptAnswers kept;
    private final Clock clock;

    PrivacyDoor(
            CommandGateway commands, Seals seals, PrivacyBook book, Shredder shredder, KeptAnswers kept, Clock clock) {
        this.book = book;
        this.kept = kept;
        this.shredder = shredder;
        this.commands = commands;
        this.seals = seals;
        this.clock = clock;
    }

    /** Whom to forget. */
    record ErasureRequest(
            @NotNull PrincipalId userId,
            @Nullable @Size(max = MOST_WORDS) String reason) {}

    /** That it was done. */
    record Erased(PrincipalId userId, Instant at) {}

    /** What must be kept: everything about one user, or without one everything. */
    record HoldRequest(
            @Nullable PrincipalId userId,
            @Nullable @Size(max = MOST_WORDS) String reason) {}

    record Held(HoldId id, Instant at) {}

    record RetentionRequest(@Min(1) @Max(MOST_MONTHS) int months) {}

    @PostMapping("/erasures")
    @PreAuthorize(MAY_DECIDE)
    @Operation(
            summary =
                    "Forgets a user for good: destroys the keys of everything that was sealed about them; every proof still verifies. Doing it again changes nothing")
    Erased erase(@AuthenticationPrincipal Caller caller, @Valid @RequestBody ErasureRequest body) {
        var now = clock.instant();
        commands.sendAndWait(new ErasePerson(caller.tenant(), body.userId(), sealed(caller, body.reason(), now), now));
        commands.sendAndWait(new FinishErasure(caller.tenant(), body.userId(), now));
        return new Erased(body.userId(), now);
    }

    @PostMapping("/holds")
    @PreAuthorize(MAY_DECIDE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Places a legal hold: nobody it covers is erased and no month ends until it is lifted")
    Held hold(@AuthenticationPrincipal Caller caller, @Valid @RequestBody HoldRequest body) {
        var now = clock.instant();
        var hold = new HoldId(UUID.randomUUID());
        commands.sendAndWait(
                new PlaceHold(caller.tenant(), hold, body.userId(), sealed(caller, body.reason(), now), now));
        return new Held(hold, now);
    }

    /** A hold that stands. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hold(
            HoldId id,
            @Nullable PrincipalId userId,
            @Nullable String reason,
            Instant at) {}

    record Holds(List<Hold> items) {}

    @GetMapping("/holds")
    @PreAuthorize(MAY_DECIDE)
    @Operation(summary = "The legal holds that stand, the oldest first")
    Holds holds(@AuthenticationPrincipal Caller caller) {
        return new Holds(book.of(caller.tenant()).holds().stream()
                .map(hold -> new Hold(hold.hold(), hold.person(), opened(caller, hold.reason()), hold.at()))
                .toList());
    }

    private @Nullable String opened(Caller caller, @Nullable Sealed reason) {
        return reason == null ? null : seals.open(caller.tenant(), reason).orElse(null);
    }

    /** A month that has ended. */
    record Ended(String month, Instant at) {}

    /**
     * How long months are kept.
     *
     * @param months by the organisation's own rule; 0 for ever
     * @param plan what its plan keeps
     * @param living the months of which something can still be opened
     * @param ending those of them whose end is known, unless a legal hold stands then
     * @param ended the months of which nothing can that was stored before they ended
     */
    record Retention(int months, ByPlan plan, List<String> living, List<Ending> ending, List<Ended> ended) {}

    /** @param from from when on, where that is still to come */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ByPlan(int months, @Nullable Instant from) {}

    @GetMapping("/retention")
    @PreAuthorize(MAY_DECIDE)
    @Operation(
            summary =
                    "How long months are kept, by one's own rule and by the plan; which live, which will end when, and which have ended")
    Retention retention(@AuthenticationPrincipal Caller caller) {
        var page = book.of(caller.tenant());
        var living = shredder.months().getOrDefault(caller.tenant(), Set.of()).stream()
                .map(YearMonth::toString)
                .sorted()
                .toList();
        var ended = page.ended().entrySet().stream()
                .map(end -> new Ended(end.getKey(), end.getValue()))
                .toList();
        var kept = this.kept.answer(new HowLongKept(caller.tenant()));
        return new Retention(
                kept.ownMonths(), new ByPlan(kept.planMonths(), kept.planFrom()), living, kept.ending(), ended);
    }

    @DeleteMapping("/holds/{id}")
    @PreAuthorize(MAY_DECIDE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Lifts a legal hold")
    void lift(@AuthenticationPrincipal Caller caller, @PathVariable HoldId id) {
        commands.sendAndWait(new LiftHold(caller.tenant(), id, clock.instant()));
    }

    @PutMapping("/retention")
    @PreAuthorize(MAY_DECIDE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Says after how many months what is sealed about people can be opened no more")
    void keep(@AuthenticationPrincipal Caller caller, @Valid @RequestBody RetentionRequest body) {
        commands.sendAndWait(new KeepMonths(caller.tenant(), body.months(), clock.instant()));
    }

    private @Nullable Sealed sealed(Caller caller, @Nullable String reason, Instant now) {
        return reason == null || reason.isBlank() ? null : seals.seal(caller.tenant(), null, now, reason);
    }
}
