package io.velvetastro.decisions.identity;

import io.swagger.v3.oas.annotations.Hidden;
import io.velvetastro.decisions.post.Postman;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes the setup token and the first account, once; after that there is nothing here. */
@RestController
@Hidden
class SetupDoor {
    private final Setup setup;
    private final PasswordRules rules;
    private final GuessingBrake brake;
    private final Postman postman;
    private final HouseAddress house;

    SetupDoor(Setup setup, PasswordRules rules, GuessingBrake brake, Postman postman, HouseAddress house) {
        this.setup = setup;
        this.rules = rules;
        this.brake = brake;
        this.postman = postman;
        this.house = house;
    }

    record FirstAccount(
            @NotBlank @Size(max = 100) String token,
            @NotBlank @Size(max = 100) String organization,
            @NotBlank @Size(max = 100) String name,
            @NotBlank @Size(max = Email.LONGEST) String email,
            @NotBlank @Size(max = Passwords.LONGEST) String password) {
        @Override
        public String toString() {
            return "FirstAccount";
        }
    }

    record Token(@NotBlank @Size(max = 100) String token) {
        @Override
        public String toString() {
            return "Token";
        }
    }

    /**
     * What whoever runs the house from now on should know.
     *
     * @param letters whether letters leave the house
     * @param address where browsers find it, as far as it was told
     */
    record Begun(boolean letters, String address) {}

    @GetMapping("/setup")
    @PreAuthorize("permitAll()")
    ResponseEntity<Resource> page() {
        if (!setup.isDue()) throw Refused.notFound();
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(new ClassPathResource("setup/setup.html"));
    }

    /** Looks at the token before anything is typed for nothing; it stays good. */
    @PostMapping("/setup/token")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void look(@Valid @RequestBody Token body, HttpServletRequest request) {
        shown(body.token(), request);
    }

    private void shown(String token, HttpServletRequest request) {
        if (!setup.isDue()) throw Refused.notFound();
        var from = Origin.of(request).address();
        try {
            brake.beforeTrying("setup", from);
        } catch (NotNow later) {
            throw Problems.later(
                    HttpStatus.TOO_MANY_REQUESTS, "too-many-tries", "Not now", later.getMessage(), later.retryAfter());
        }
        if (!setup.knows(token)) throw Problems.invalid("token", "is not the one this house has printed");
        brake.succeeded("setup", from);
    }

    @PostMapping("/setup")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.CREATED)
    Begun begin(@Valid @RequestBody FirstAccount body, HttpServletRequest request) {
        shown(body.token(), request);
        if (!Email.isOne(body.email())) throw Problems.invalid("email", "must be an e-mail address");
        var email = new Email(body.email());
        rules.objection(body.password(), email, body.organization(), body.name())
                .ifPresent(why -> {
                    throw Problems.invalid("password", why);
                });
        if (!setup.begin(body.organization(), body.name(), email, body.password())) throw Refused.notFound();
        return new Begun(postman.sends(), house.url().toString());
    }
}
