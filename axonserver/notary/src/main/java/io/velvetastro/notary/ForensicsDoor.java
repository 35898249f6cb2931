package io.velvetastro.notary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Tile;
import io.velvetastro.notary.LedgerTables.Log;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where auditors get what they need: the public state of the ledger, and proofs and bundles of their own organisation. */
@RestController
@RequestMapping("/api/v1/forensics")
@Tag(name = "forensics")
class ForensicsDoor {
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, java.nio.charset.StandardCharsets.UTF_8);
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.INCIDENTS_READ + "')";
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Proofs proofs;
    private final Bundles bundles;
    private final LedgerTables tables;
    private final LedgerKeys keys;
    private final StoredBytes store;
    private final Seals seals;
    private final Clock clock;

    ForensicsDoor(
            Proofs proofs,
            Bundles bundles,
            LedgerTables tables,
            LedgerKeys keys,
            StoredBytes store,
            Seals seals,
            Clock clock) {
        this.proofs = proofs;
        this.bundles = bundles;
        this.tables = tables;
        this.keys = keys;
        this.store = store;
        this.seals = seals;
        this.clock = clock;
    }

    /** Exactly one of the five ways to ask; {@code reason} is for the chain of custody; {@code disclose} names the sealed values that are to travel in clear, none unless asked; {@code since} is how many leaves the log had in a bundle that was kept, to which this one shall lead back. */
    record BundleRequest(
            @Nullable IncidentId incidentId,
            @Nullable PrincipalId userId,
            @Nullable SeriesId attackId,
            @Nullable FindingId findingId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable @Size(max = 500) String reason,
            @Nullable Set<@Pattern(regexp = "user|address|target|userAgent|line") String> disclose,
            @Nullable @Min(1) Long since) {
        @AssertTrue(message = "name incidentId, or userId, or attackId, or findingId, or from and a later to")
        boolean isQuestion() {
            boolean time = from != null && to != null && from.isBefore(to);
            boolean half = (from == null) != (to == null);
            return !half
                    && Stream.of(incidentId != null, userId != null, attackId != null, findingId != null, time)
                                    .filter(it -> it)
                                    .count()
                            == 1;
        }

        Question asQuestion() {
            if (incidentId != null) return new Question.OfIncident(incidentId);
            if (userId != null) return new Question.OfPrincipal(userId);
            if (attackId != null) return new Question.OfAttack(attackId);
            if (findingId != null) return new Question.OfFinding(findingId);
            return new Question.OfTime(Objects.requireNonNull(from), Objects.requireNonNull(to));
        }
    }

    /** One organisation's log as the newest witnessed checkpoint has it. */
    record LogState(String log, long size, String root, long platformSize) {}

    @GetMapping("/checkpoint")
    @PreAuthorize("permitAll()")
    @Operation(summary = "The platform log's newest witnessed checkpoint, a C2SP signed note")
    ResponseEntity<String> checkpoint() {
        return proofs.checkpoint()
                .map(note -> ResponseEntity.ok()
                        .contentType(TEXT)
                        .cacheControl(CacheControl.noCache())
                        .body(note.toString()))
                .orElseThrow(Refused::notFound);
    }

    @GetMapping("/key")
    @PreAuthorize("permitAll()")
    @Operation(summary = "The log's verifier key, a C2SP vkey")
    ResponseEntity<String> key() {
        return ResponseEntity.ok().contentType(TEXT).body(keys.verifier().toString());
    }

    @GetMapping("/witness")
    @PreAuthorize("permitAll()")
    @Operation(summary = "The witnesses' verifier keys, one C2SP vkey a line")
    ResponseEntity<String> witness() {
        var lines = keys.witnesses().stream()
                .map(witness -> witness.verifier().toString())
                .collect(Collectors.joining("\n"));
        return ResponseEntity.ok().contentType(TEXT).body(lines);
    }

    @GetMapping("/tile/{*path}")
    @PreAuthorize("permitAll()")
    @Operation(summary = "A tile of the platform's log (C2SP tlog-tiles)")
    ResponseEntity<byte[]> tile(@PathVariable String path) {
        return tile(tables.platformIfAny().orElseThrow(Refused::notFound), path);
    }

    @GetMapping("/logs/{name}/tile/{*path}")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "A tile of the caller's own log")
    ResponseEntity<byte[]> tile(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, @PathVariable String path) {
        return tile(
                tables.find(caller.tenant())
                        .filter(log -> log.name().equals(name))
                        .orElseThrow(Refused::notFound),
                path);
    }

    private ResponseEntity<byte[]> tile(Log log, String path) {
        try {
            var tile = Tile.parse("tile" + path);
            if (!tile.existsAt(tables.size(log.number()))) throw Refused.notFound();
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
                    .body(tables.tile(log.number(), tile));
        } catch (NotProven noTile) {
            throw Refused.notFound();
        }
    }

    @GetMapping("/log")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "The state of the caller's own log under the newest witnessed checkpoint")
    LogState log(@AuthenticationPrincipal Caller caller) {
        var state = proofs.state(caller.tenant()).orElseThrow(Refused::notFound);
        return new LogState(
                state.log().name(),
                state.anchored().size(),
                state.anchored().root().base64(),
                state.platformSize());
    }

    @GetMapping("/events/{id}/proof")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "A stored event's proof, a C2SP tlog-proof")
    ResponseEntity<String> proof(@AuthenticationPrincipal Caller caller, @PathVariable EventId id) {
        var position = store.positions(caller.tenant(), List.of(id.toString())).get(id.toString());
        if (position == null) throw Refused.notFound();
        var proof = proofs.proof(caller.tenant(), position)
                .orElseThrow(() -> new Overloaded("The ledger has not come to this event yet", SOON));
        return ResponseEntity.ok().contentType(TEXT).body(proof.text());
    }

    @PostMapping("/bundles")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary = "Evidence of an incident, a user or a time range that verifies offline; the export is recorded")
    ResponseEntity<InputStreamResource> bundle(
            @AuthenticationPrincipal Caller caller, @Valid @RequestBody BundleRequest body) throws IOException {
        var file = bundles.make(
                caller,
                body.asQuestion(),
                sealed(caller, body.reason()),
                Objects.requireNonNullElse(body.disclose(), Set.of()),
                body.since());
        long length = Files.size(file);
        var bytes = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .contentLength(length)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("evidence.zip")
                                .build()
                                .toString())
                .cacheControl(CacheControl.noStore())
                .body(new InputStreamResource(bytes));
    }

    private @Nullable Sealed sealed(Caller caller, @Nullable String reason) {
        if (reason == null || reason.isBlank()) return null;
        return seals.seal(caller.tenant(), null, clock.instant(), reason.strip());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMuch(TooMuch tooMuch) {
        return tooMuch.answer();
    }
}
