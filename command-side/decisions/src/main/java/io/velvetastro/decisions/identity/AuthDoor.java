package io.velvetastro.decisions.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.identity.Sessions.Kind;
import io.velvetastro.decisions.identity.Tokens.Refreshed;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.OwnAccount.Enrolment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where programs sign in, come back, and leave. */
@RestController
@RequestMapping("/api/v1/auth")
@Tag(name = "auth")
class AuthDoor {
    private static final int LONGEST_CREDENTIAL = 16 * 1024;

    private final SignIn signIn;
    private final Tokens tokens;
    private final SignInRecord record;

    AuthDoor(SignIn signIn, Tokens tokens, SignInRecord record) {
        this.signIn = signIn;
        this.tokens = tokens;
        this.record = record;
    }

    /** @param code of the authenticator app or the recovery paper, where it is at hand already */
    record Credentials(
            @NotBlank @Size(max = Email.LONGEST) String email,
            @NotBlank @Size(max = Passwords.LONGEST) String password,
            @Nullable @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    record SecondStep(
            @NotBlank @Size(max = 100) String mfaToken,
            @NotBlank @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "SecondStep";
        }
    }

    record ToBeMade(@NotBlank @Size(max = 100) String mfaToken) {
        @Override
        public String toString() {
            return "ToBeMade";
        }
    }

    record RefreshToken(@NotBlank @Size(max = 100) String refreshToken) {
        @Override
        public String toString() {
            return "RefreshToken";
        }
    }

    /** @param email absent for a program */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Me(MemberId id, @Nullable String email, String name, Organization organization, String role, boolean mfa) {}

    record Organization(TenantId id, String name, String plan) {}

    @PostMapping("/login")
    @SecurityRequirements
    @Operation(summary = "Sign in with a password")
    @PreAuthorize("permitAll()")
    ResponseEntity<Tokens.Pair> login(
            @Valid @RequestBody Credentials body, HttpServletRequest request, HttpServletResponse response) {
        return entered(
                request, response, from -> signIn.with(body.email(), body.password(), body.code(), from, Kind.API));
    }

    @PostMapping("/mfa")
    @SecurityRequirements
    @Operation(summary = "The second step: the mfaToken of the first, and a code of the app or a recovery code")
    @PreAuthorize("permitAll()")
    ResponseEntity<Tokens.Pair> second(
            @Valid @RequestBody SecondStep body, HttpServletRequest request, HttpServletResponse response) {
        return entered(request, response, from -> signIn.second(body.mfaToken(), body.code(), from, Kind.API));
    }

    @PostMapping("/mfa/enrol")
    @SecurityRequirements
    @Operation(
            summary =
                    "Where the organisation asks for a second step and there is none: a secret for the authenticator app; its first code goes to /auth/mfa")
    @PreAuthorize("permitAll()")
    ResponseEntity<Enrolment> enrolment(@Valid @RequestBody ToBeMade body) {
        try {
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(signIn.enrolment(body.mfaToken()));
        } catch (CredentialsExpiredException late) {
            throw Problems.refusal(
                    HttpStatus.UNAUTHORIZED, "wrong-credentials", "Not signed in", String.valueOf(late.getMessage()));
        }
    }

    @PostMapping("/passkeys/login/options")
    @SecurityRequirements
    @Operation(summary = "What navigator.credentials.get needs; good once and for five minutes")
    @PreAuthorize("permitAll()")
    ResponseEntity<Map<String, Object>> passkeyOptions(HttpServletRequest request) {
        try {
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .body(signIn.passkeyRequest(Origin.of(request)));
        } catch (NotNow later) {
            throw later(later);
        }
    }

    /** JSON alone: what a form of another site can send as well would give its visitors a device that is not theirs. */
    @PostMapping(value = "/passkeys/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    @SecurityRequirements
    @Operation(summary = "Sign in with a passkey: what navigator.credentials.get gave, as its toJSON writes it")
    @PreAuthorize("permitAll()")
    ResponseEntity<Tokens.Pair> passkey(
            @RequestBody String credential, HttpServletRequest request, HttpServletResponse response) {
        if (credential.length() > LONGEST_CREDENTIAL)
            throw Problems.refusal(
                    HttpStatus.CONTENT_TOO_LARGE, "too-large", "Too large", "No device answers at such length.");
        return entered(request, response, from -> signIn.withPasskey(credential, from, Kind.API));
    }

    private ResponseEntity<Tokens.Pair> entered(
            HttpServletRequest request, HttpServletResponse response, Function<Origin, SignedIn> step) {
        try {
            var from = Origin.of(request);
            var pair = tokens.first(step.apply(from));
            DeviceCookie.give(request, response, from.device());
            return notKept(pair);
        } catch (SecondStepDue due) {
            var problem = due.toBeMade()
                    ? Problems.of(
                            HttpStatus.UNAUTHORIZED,
                            "mfa-enrolment-required",
                            "A second step has to be made",
                            "Your organisation asks for it: /api/v1/auth/mfa/enrol gives the secret, and its first code goes to /api/v1/auth/mfa.")
                    : Problems.of(
                            HttpStatus.UNAUTHORIZED,
                            "mfa-required",
                            "A code is needed too",
                            "Send it to /api/v1/auth/mfa.");
            problem.setProperty("mfaToken", due.token());
            throw Problems.refusal(problem);
        } catch (PasskeyDue due) {
            throw Problems.refusal(
                    HttpStatus.UNAUTHORIZED,
                    "passkey-required",
                    "Your passkey is needed",
                    "Your second step is a passkey: /api/v1/auth/passkeys/login takes it. An app can be added inside.");
        } catch (BadCredentialsException | CredentialsExpiredException wrong) {
            throw Problems.refusal(
                    HttpStatus.UNAUTHORIZED, "wrong-credentials", "Not signed in", String.valueOf(wrong.getMessage()));
        } catch (NotNow later) {
            throw later(later);
        }
    }

    @PostMapping("/refresh")
    @SecurityRequirements
    @Operation(summary = "Come back with a refresh token; it works once")
    @PreAuthorize("permitAll()")
    ResponseEntity<Tokens.Pair> refresh(@Valid @RequestBody RefreshToken body, HttpServletRequest request) {
        return switch (tokens.refresh(body.refreshToken())) {
            case Refreshed.Renewed renewed -> notKept(renewed.pair());
            case Refreshed.Unknown _ -> throw ended();
            case Refreshed.Reused reused -> {
                record.failed(
                        reused.whose().tenant(), reused.whose().email(), Origin.of(request), "refresh-token-reused");
                throw ended();
            }
        };
    }

    @PostMapping("/logout")
    @Operation(summary = "End this session at once")
    @PreAuthorize("isAuthenticated()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(@Parameter(hidden = true) Authentication who) {
        if (!(who instanceof SignedIn member))
            throw Problems.refusal(
                    HttpStatus.CONFLICT, "no-session", "Not as it stands", "A key has no session to end. Revoke it.");
        signIn.out(member.session());
    }

    @GetMapping("/me")
    @Operation(summary = "Who this token stands for")
    @PreAuthorize("isAuthenticated()")
    Me me(@AuthenticationPrincipal Caller caller, @Parameter(hidden = true) Authentication how) {
        return new Me(
                caller.member(),
                caller.email().isEmpty() ? null : caller.email(),
                caller.name(),
                new Organization(caller.tenant(), caller.organization(), word(caller.plan())),
                word(caller.role()),
                how instanceof SignedIn member && member.withSecondFactor());
    }

    /** As the other answers write words. */
    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ErrorResponseException ended() {
        return Problems.refusal(
                HttpStatus.UNAUTHORIZED, "session-ended", "Not signed in", "This session has ended. Sign in again.");
    }

    private static ResponseEntity<Tokens.Pair> notKept(Tokens.Pair pair) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(pair);
    }

    static ErrorResponseException later(NotNow later) {
        return switch (later.because()) {
            case TOO_MANY_TRIES ->
                Problems.later(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-tries",
                        "Not now",
                        later.getMessage(),
                        later.retryAfter());
            case BUSY ->
                Problems.later(
                        HttpStatus.SERVICE_UNAVAILABLE, "busy", "Not now", later.getMessage(), later.retryAfter());
        };
    }
}
