package io.velvetastro.decisions.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.push.Reachable;
import io.velvetastro.decisions.push.Receiver;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.RecordPush;
import io.velvetastro.questions.RecordPush.PushState;
import io.velvetastro.questions.RecordPush.ShownSecret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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

/** Where an administrator says to whom the record is sent. Repeating a write that shows a secret makes another one: an answer that holds a secret is kept nowhere, not even for an Idempotency-Key. */
@RestController
@RequestMapping("/api/v1/orgs/{organization}/record-push")
@PreAuthorize("hasAuthority('" + Authority.Text.ORG_ADMIN + "')")
@Tag(name = "audit")
class RecordPushDoor {
    private final RecordPush push;
    private final Reachable reachable;

    RecordPushDoor(RecordPush push, Reachable reachable) {
        this.push = push;
        this.reachable = reachable;
    }

    record Wanted(@NotBlank @Size(max = 2_000) String url) {
        @Override
        public String toString() {
            return "Wanted";
        }
    }

    @GetMapping
    @Operation(summary = "To whom the record is sent, and how far it has come there")
    PushState state(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        return push.state(caller);
    }

    @PutMapping
    @Operation(
            summary =
                    "Send every entry of the record to an https address from now on, signed as Standard Webhooks say; the secret is shown this once, and is another one each time; needs a fresh proof and a plan that has it")
    ResponseEntity<ShownSecret> set(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @Valid @RequestBody Wanted body) {
        own(caller, organization);
        try {
            Receiver.of(body.url(), reachable);
        } catch (Receiver.Unfit unfit) {
            throw Problems.invalid("url", unfit.getMessage());
        }
        return shown(push.set(caller, body.url()));
    }

    @PostMapping("/secret")
    @Operation(summary = "Another secret, shown this once; for a day both sign")
    ResponseEntity<ShownSecret> renew(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        return shown(push.renew(caller));
    }

    @PostMapping("/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send a trial there, soon; the state says what came of it, and one that is taken ends a pause")
    void tryOut(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        push.tryOut(caller);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Send it nowhere any more; needs a fresh proof")
    void remove(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        push.remove(caller);
    }

    private static void own(Caller caller, TenantId organization) {
        if (!caller.tenant().equals(organization)) throw Refused.notFound();
    }

    private static ResponseEntity<ShownSecret> shown(ShownSecret secret) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(secret);
    }
}
