package io.velvetastro.notary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.notary.ReceiptDesk.Checked;
import io.velvetastro.notary.ReceiptDesk.Standing;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where receipts are given for what was stored or decided, and held against the ledger again. */
@RestController
@RequestMapping("/api/v1/forensics/receipts")
@Tag(name = "forensics")
@ConditionalOnProperty(name = "velvet.store", havingValue = "jdbc", matchIfMissing = true)
class ReceiptsDoor {
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.INCIDENTS_READ + "')";
    private static final int MOST_IDS = 5_000;
    private static final int MOST_BYTES = 64 * 1024;

    private final ReceiptDesk desk;

    ReceiptsDoor(ReceiptDesk desk) {
        this.desk = desk;
    }

    /** Ids of events, or of things that were decided about, such as incidents and rules. */
    record Wanted(@NotNull @Size(min = 1, max = MOST_IDS) List<@NotNull UUID> ids) {}

    record Given(List<String> receipts) {}

    record Kept(@NotNull @Size(min = 1, max = MOST_BYTES) String receipt) {}

    /**
     * What became of a receipt.
     *
     * @param broken how many of its events are changed or gone
     */
    record Verdict(int events, int broken, List<Checked> items) {
        static Verdict of(List<Checked> items) {
            int broken = (int) items.stream()
                    .filter(item -> item.standing() == Standing.CHANGED || item.standing() == Standing.GONE)
                    .count();
            return new Verdict(items.size(), broken, items);
        }
    }

    @PostMapping
    @PreAuthorize(MAY_READ)
    @Operation(
            summary =
                    "Signed receipts (C2SP notes) for stored events, or for everything decided so far about an incident or a rule; at most 10,000 events at once")
    Given give(@AuthenticationPrincipal Caller caller, @Valid @RequestBody Wanted body) {
        var receipts = desk.ofAll(
                caller.tenant(), body.ids().stream().map(UUID::toString).collect(Collectors.toSet()));
        if (receipts.isEmpty()) throw Refused.notFound();
        return new Given(receipts);
    }

    @PostMapping("/verify")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary =
                    "Holds a receipt against the store and the ledger: whether every promised event is still there, unchanged")
    Verdict verify(@AuthenticationPrincipal Caller caller, @Valid @RequestBody Kept body) {
        return Verdict.of(
                desk.check(caller.tenant(), Note.parse(body.receipt())).orElseThrow(Refused::notFound));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMuch(TooMuch tooMuch) {
        return tooMuch.answer();
    }

    @ExceptionHandler(NotProven.class)
    ResponseEntity<ProblemDetail> noReceipt(NotProven why) {
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.UNPROCESSABLE_CONTENT, "This is no receipt of ours: " + why.getMessage());
        problem.setType(java.net.URI.create("https://velvetastro.io/problems/not-proven"));
        problem.setTitle("Understood and declined");
        return ResponseEntity.of(problem).build();
    }
}
