package io.velvetastro.decisions.telemetry;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.velvetastro.decisions.telemetry.Answer.Rejection;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where logs and events come in. Bodies are read as they flow; 202 means that every accepted event is on disk. */
@RestController
@RequestMapping("/api/v1/monitor")
class IntakeController {
    private static final int MOST_A_PAGE = 1000;
    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static final Duration PATIENCE_OF_AN_IMPORT = Duration.ofMinutes(1);

    private static final String RECEIPT = "true: the answer carries signed receipts for its first 10,000 events";

    private final Intake intake;
    private final Rejections rejections;
    private final InstantSource clock;
    private final Turnstile requests;
    private final Turnstile imports;
    private final Answers answers;
    private final Quota quota;

    IntakeController(
            Intake intake,
            Rejections rejections,
            Answers answers,
            Quota quota,
            InstantSource clock,
            IntakeSettings settings) {
        this.intake = intake;
        this.rejections = rejections;
        this.answers = answers;
        this.quota = quota;
        this.clock = clock;
        requests = new Turnstile(settings.requestsPerTenant(), Duration.ofSeconds(1));
        imports = new Turnstile(settings.importsPerTenant(), Duration.ofSeconds(5));
    }

    @Operation(summary = "Take OCSF events: a JSON array, or one event a line")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(type = "array")),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
            })
    @PostMapping("/events")
    @PreAuthorize("hasAuthority('monitor:write')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer events(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(description = RECEIPT) @RequestParam(defaultValue = "false") boolean receipt,
            HttpServletRequest request) {
        quota.check(caller.tenant()); // Before a body is read: to refuse is to be cheap.
        try (var pass = requests.enter(caller.tenant())) {
            var body = Body.open(request, Body.EVENTS);
            return answers.once(caller, receipt ? "events?receipt" : "events", key, body, in -> {
                var parser = new Ocsf("ocsf", new Limits(clock), new Addresses());
                var reading = new Formats.Reading(Elements.of(in, Body.isLines(request)), parser);
                return intake.take(caller, "ocsf", reading, 0, NO_PATIENCE, receipt);
            });
        } catch (IOException unreadable) {
            throw unreadable();
        }
    }

    @Operation(summary = "Take a raw log: format sshd, cowrie, ocsf or csv")
    @RequestBody(
            content = {
                @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
                @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))
            })
    @PostMapping("/import")
    @PreAuthorize("hasAuthority('monitor:write')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer raw(
            @AuthenticationPrincipal Caller caller,
            @Parameter(description = "format, log, realm, context, and what the format needs") @RequestParam
                    MultiValueMap<String, String> parameters,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(description = RECEIPT) @RequestParam(defaultValue = "false") boolean receipt,
            HttpServletRequest request) {
        try (var pass = imports.enter(caller.tenant())) {
            var body = Body.open(request, Body.LOGS);
            var format = Formats.of(parameters);
            return answers.once(
                    caller,
                    "import?" + request.getQueryString(),
                    key,
                    body,
                    in -> intake.take(
                            caller,
                            format.log(),
                            format.open(in, clock),
                            format.context(),
                            PATIENCE_OF_AN_IMPORT,
                            receipt));
        } catch (IOException unreadable) {
            throw unreadable();
        }
    }

    @GetMapping("/imports/{id}/rejected")
    @PreAuthorize("hasAuthority('monitor:write')")
    RejectedPage rejected(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MOST_A_PAGE) throw Problems.invalid("limit", "is not from 1 to " + MOST_A_PAGE);
        if (cursor != null && !cursor.matches("\\d{1,18}")) throw Problems.invalid("cursor", "is not one of ours");
        if (!intake.isImportOf(caller.tenant(), id))
            throw new Refused(Refused.Why.NOT_FOUND, "There is no such import.");
        var items = rejections.page(caller.tenant(), id, cursor == null ? -1 : Long.parseLong(cursor), limit + 1);
        if (items.size() <= limit) return new RejectedPage(items, null);
        var page = items.subList(0, limit);
        return new RejectedPage(page, Long.toString(page.getLast().index()));
    }

    /** Before a first line was read; {@link Intake} answers for what breaks off later. Said here and not by a handler of exceptions: that one would also take a broken connection to the database for a broken body. */
    private static RuntimeException unreadable() {
        return Problems.refusal(
                HttpStatus.BAD_REQUEST,
                "broken-off",
                "Broken off",
                "The body breaks off or is packed wrongly; nothing is stored.");
    }

    /** A page of lines that were not taken. */
    record RejectedPage(List<Rejection> items, @Nullable String next) {}
}
