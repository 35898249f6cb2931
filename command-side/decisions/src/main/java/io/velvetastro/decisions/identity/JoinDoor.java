package io.velvetastro.decisions.identity;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where people without an account get one, and those who forgot their password a new one: by invitation or by a link in a letter. */
@RestController
@Tag(name = "auth")
class JoinDoor {
    private final Staff staff;
    private final Errands errands;
    private final Newcomers newcomers;
    private final Links links;
    private final PasswordRules rules;
    private final Passwords passwords;
    private final GuessingBrake brake;
    private final boolean open;

    JoinDoor(
            Staff staff,
            Errands errands,
            Newcomers newcomers,
            Links links,
            PasswordRules rules,
            Passwords passwords,
            GuessingBrake brake,
            @Value("${velvet.registration.open:${velvet.demo.enabled:false}}") boolean open) {
        this.staff = staff;
        this.errands = errands;
        this.newcomers = newcomers;
        this.links = links;
        this.rules = rules;
        this.passwords = passwords;
        this.brake = brake;
        this.open = open;
    }

    /**
     * With an invitation: it and a password. Without: an e-mail address and the name of the organisation; the password is
     * chosen with the link in the letter.
     */
    record Newcomer(
            @Nullable @Size(max = 100) String invitation,
            @NotBlank @Size(max = 100) String name,
            @Nullable @Size(max = Passwords.LONGEST) String password,
            @Nullable @Size(max = Email.LONGEST) String email,
            @Nullable @Size(max = 100) String organization) {
        @Override
        public String toString() {
            return "Newcomer";
        }
    }

    /** What stands behind the # of the link, and the password that is to be. */
    record Chosen(
            @NotBlank @Size(max = 100) String token,
            @NotBlank @Size(max = Passwords.LONGEST) String password) {
        @Override
        public String toString() {
            return "Chosen";
        }
    }

    record Denied(@NotBlank @Size(max = 100) String token) {
        @Override
        public String toString() {
            return "Denied";
        }
    }

    /** @param resetToken for {@code /auth/password/reset}, or the page {@code /reset#token} */
    record WayBack(String resetToken) {
        @Override
        public String toString() {
            return "WayBack";
        }
    }

    record Forgot(@NotBlank @Size(max = Email.LONGEST) String email) {
        @Override
        public String toString() {
            return "Forgot";
        }
    }

    @GetMapping("/join")
    @Hidden
    @PreAuthorize("permitAll()")
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(new ClassPathResource("join/join.html"));
    }

    @PostMapping("/api/v1/auth/register")
    @SecurityRequirements
    @Operation(
            summary =
                    "Take up an invitation (201), or ask for an organisation of your own (202: the rest is in a letter, whoever has that address)")
    @PreAuthorize("permitAll()")
    ResponseEntity<Void> register(@Valid @RequestBody Newcomer body, HttpServletRequest request) {
        if (body.invitation() != null) join(body, body.invitation(), request);
        else ask(body, request);
        return ResponseEntity.status(body.invitation() != null ? HttpStatus.CREATED : HttpStatus.ACCEPTED)
                .build();
    }

    private void join(Newcomer body, String token, HttpServletRequest request) {
        brake.beforeTrying("invitation", Origin.of(request).address());
        var invitation = staff.open(token).orElseThrow(Refused::notFound);
        var password = required("password", body.password());
        acceptable(password, invitation.email(), body.name(), invitation.organizationName());
        if (!staff.join(invitation, body.name().strip(), passwords.hash(invitation.email(), password)))
            throw Refused.notFound();
        brake.succeeded("invitation", Origin.of(request).address());
    }

    private void ask(Newcomer body, HttpServletRequest request) {
        if (!open)
            throw Problems.refusal(
                    HttpStatus.FORBIDDEN,
                    "registration-closed",
                    "Not allowed",
                    "This house takes new members by invitation only.");
        if (body.password() != null)
            throw Problems.invalid("password", "is chosen with the link in the letter, by who reads it");
        var email = address(required("email", body.email()));
        var organization = plain("organization", required("organization", body.organization()));
        var name = plain("name", body.name());
        brake.beforeAskingForALetter(Origin.of(request).address());
        errands.register(email, name, organization);
    }

    @PostMapping("/api/v1/auth/verify")
    @SecurityRequirements
    @Operation(summary = "Finish a registration: what the letter's link holds, and a password; then sign in")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.CREATED)
    void verify(@Valid @RequestBody Chosen body, HttpServletRequest request) {
        var meant = chosen(Links.Kind.REGISTER, body, request);
        if (!newcomers.found(body.token(), meant, passwords.hash(meant.email(), body.password())))
            throw Refused.notFound();
        brake.succeeded("link", Origin.of(request).address()); // A whole office may read its letters at once.
    }

    @PostMapping("/api/v1/auth/password/forgot")
    @SecurityRequirements
    @Operation(summary = "Ask for a new password; the answer is the same whoever has that address")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void forgot(@Valid @RequestBody Forgot body, HttpServletRequest request) {
        var email = address(body.email());
        brake.beforeAskingForALetter(Origin.of(request).address());
        errands.reset(email);
    }

    @PostMapping("/api/v1/auth/password/reset")
    @SecurityRequirements
    @Operation(summary = "Choose a new password with what the letter's link holds; ends every session")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(@Valid @RequestBody Chosen body, HttpServletRequest request, HttpServletResponse response) {
        var meant = chosen(Links.Kind.RESET, body, request);
        var from = Origin.of(request);
        if (!newcomers.reset(body.token(), meant, passwords.hash(meant.email(), body.password()), from))
            throw Refused.notFound();
        brake.succeeded("link", from.address());
        DeviceCookie.give(request, response, from.device());
    }

    @PostMapping("/api/v1/auth/not-me")
    @SecurityRequirements
    @Operation(
            summary =
                    "Say with a notice's link that it was not you: ends every session, voids the password, and answers the way to a new one")
    @PreAuthorize("permitAll()")
    ResponseEntity<WayBack> notMe(@Valid @RequestBody Denied body, HttpServletRequest request) {
        brake.beforeTrying("link", Origin.of(request).address());
        var meant = links.of(Links.Kind.NOT_ME, body.token()).orElseThrow(Refused::notFound);
        var token = newcomers.notMe(body.token(), meant).orElseThrow(Refused::notFound);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new WayBack(token));
    }

    private Links.Meant chosen(Links.Kind kind, Chosen body, HttpServletRequest request) {
        brake.beforeTrying("link", Origin.of(request).address());
        var meant = links.of(kind, body.token()).orElseThrow(Refused::notFound);
        acceptable(body.password(), meant.email(), meant.name(), meant.organization());
        return meant;
    }

    private void acceptable(String password, Email email, String... about) {
        rules.objection(password, email, about).ifPresent(why -> {
            throw Problems.invalid("password", why);
        });
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) throw Problems.invalid(field, "must not be blank");
        return value;
    }

    /** It will stand in a letter to somebody who did not write it. */
    private static String plain(String field, String value) {
        var words = value.strip();
        if (!LetterWords.areAName(words)) throw Problems.invalid(field, "must be a name");
        return words;
    }

    private static Email address(String typed) {
        if (!Email.isOne(typed)) throw Problems.invalid("email", "must be an e-mail address");
        return new Email(typed);
    }

    @ExceptionHandler(NotNow.class)
    ErrorResponseException notNow(NotNow later) {
        return AuthDoor.later(later);
    }
}
