package io.velvetastro.decisions.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.DeviceRow;
import io.velvetastro.questions.OwnAccount.Enrolment;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import io.velvetastro.questions.OwnAccount.PasskeyRow;
import io.velvetastro.questions.OwnAccount.SecondFactor;
import io.velvetastro.questions.OwnAccount.SessionRow;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Where members look after their own sessions and devices, second factor, passkeys and password. */
@RestController
@RequestMapping("/api/v1/auth")
@PreAuthorize("isAuthenticated()")
@Tag(name = "auth")
class OwnDoor {
    private final OwnAccount own;

    OwnDoor(OwnAccount own) {
        this.own = own;
    }

    record Password(@NotBlank @Size(max = Passwords.LONGEST) String password) {
        @Override
        public String toString() {
            return "Password";
        }
    }

    record Code(@NotBlank @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Code";
        }
    }

    record Both(
            @NotBlank @Size(max = Passwords.LONGEST) String password,
            @NotBlank @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Both";
        }
    }

    /** @param proof a code where there is a second step, the password where there is none */
    record Proof(@NotBlank @Size(max = Passwords.LONGEST) String proof) {
        @Override
        public String toString() {
            return "Proof";
        }
    }

    record NewPassword(
            @NotBlank @Size(max = Passwords.LONGEST) String password,
            @NotBlank @Size(max = Passwords.LONGEST) String fresh) {
        @Override
        public String toString() {
            return "NewPassword";
        }
    }

    record NewName(@NotBlank @Size(max = 100) String name) {}

    /** @param credential what navigator.credentials.create gave, as its toJSON writes it */
    record NewPasskey(
            @NotBlank @Size(max = 60) String label, @NotNull JsonNode credential) {}

    record Page<T>(List<T> items, @Nullable String next) {}

    record Ended(int ended) {}

    record Codes(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "Codes";
        }
    }

    @GetMapping("/sessions")
    @Operation(summary = "Your own sessions that stand, newest first")
    Page<SessionRow> sessions() {
        return new Page<>(own.sessions(), null);
    }

    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End one of your sessions, at once")
    void end(@PathVariable UUID id) {
        own.endSession(id);
    }

    @DeleteMapping("/sessions")
    @Operation(summary = "End all your sessions but this one, at once")
    Ended endOthers() {
        return new Ended(own.endOtherSessions());
    }

    @GetMapping("/devices")
    @Operation(summary = "What is known to your account because you have signed in with it")
    Page<DeviceRow> devices() {
        return new Page<>(own.devices(), null);
    }

    @DeleteMapping("/devices/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Make a device a stranger to your account, and sign it out; takes a fresh proof")
    void forget(@PathVariable UUID id) {
        own.forgetDevice(id);
    }

    @GetMapping("/mfa")
    @Operation(summary = "How your second factor stands")
    SecondFactor secondFactor() {
        return own.secondFactor();
    }

    @PostMapping("/mfa/totp")
    @Operation(summary = "A new secret for your authenticator app, shown this once; it counts once confirmed")
    ResponseEntity<Enrolment> enrol(@Valid @RequestBody Password body) {
        return notKept(own.enrol(body.password()));
    }

    @PostMapping("/mfa/totp/confirm")
    @Operation(
            summary =
                    "Switch the second factor on with its first code; ends your other sessions and shows the recovery codes")
    ResponseEntity<Codes> confirm(@Valid @RequestBody Code body) {
        return notKept(new Codes(own.confirm(body.code())));
    }

    @PostMapping("/mfa/totp/off")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Switch the second factor off")
    void switchOff(@Valid @RequestBody Both body) {
        own.switchOff(body.password(), body.code());
    }

    @PostMapping("/mfa/recovery-codes")
    @Operation(summary = "New recovery codes, shown this once; the old ones are void")
    ResponseEntity<Codes> newRecoveryCodes(@Valid @RequestBody Code body) {
        return notKept(new Codes(own.newRecoveryCodes(body.code())));
    }

    @PostMapping("/step-up")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Prove again that it is you, for what asks for it: a code where there is a second step, else the password")
    void prove(@Valid @RequestBody Proof body) {
        own.prove(body.proof());
    }

    @PostMapping(value = "/step-up/passkey/options", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "What navigator.credentials.get needs to prove it with a passkey; good once and for five minutes")
    ResponseEntity<String> proofOptions() {
        return notKept(own.proofOptions());
    }

    @PostMapping("/step-up/passkey")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Prove again that it is you with a passkey: what navigator.credentials.get gave, as its toJSON writes it")
    void proveByPasskey(@RequestBody JsonNode credential) {
        own.proveByPasskey(credential.toString());
    }

    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Change your password; ends your other sessions")
    void changePassword(@Valid @RequestBody NewPassword body) {
        own.changePassword(body.password(), body.fresh());
    }

    @GetMapping("/passkeys")
    @Operation(summary = "Your passkeys")
    Page<PasskeyRow> passkeys() {
        return new Page<>(own.passkeys(), null);
    }

    @PostMapping(value = "/passkeys/options", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What navigator.credentials.create needs; good once and for five minutes")
    ResponseEntity<String> passkeyOptions() {
        return notKept(own.passkeyOptions());
    }

    @PostMapping("/passkeys")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add the passkey your device has made")
    void addPasskey(@Valid @RequestBody NewPasskey body) {
        own.addPasskey(body.label(), body.credential().toString());
    }

    @DeleteMapping("/passkeys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove one of your passkeys")
    void removePasskey(@PathVariable UUID id) {
        own.removePasskey(id);
    }

    @GetMapping("/notices")
    @Operation(summary = "What you were told about your own way in, newest first, for half a year")
    Page<NoticeRow> notices(@RequestParam(required = false) @Nullable UUID cursor) {
        var page = own.notices(cursor);
        return new Page<>(page.rows(), page.next() == null ? null : page.next().toString());
    }

    @PatchMapping("/me")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Call yourself something else, in all your organisations")
    void rename(@Valid @RequestBody NewName body) {
        own.rename(body.name());
    }

    @GetMapping(value = "/me/export", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Everything the door keeps about you, to take along; takes a fresh proof")
    ResponseEntity<String> export() {
        return notKept(own.export());
    }

    @PostMapping("/notices/{id}/not-me")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Say that it was not you: ends your other sessions and undoes what can be undone; then change your password")
    void notMe(@PathVariable UUID id) {
        own.notMe(id);
    }

    @ExceptionHandler(NotProven.class)
    ErrorResponseException notProven(NotProven wrong) {
        return Problems.invalid(wrong.field(), String.valueOf(wrong.getMessage()));
    }

    @ExceptionHandler(NotNow.class)
    ErrorResponseException notNow(NotNow later) {
        return AuthDoor.later(later);
    }

    private static <T> ResponseEntity<T> notKept(T secret) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(secret);
    }
}
