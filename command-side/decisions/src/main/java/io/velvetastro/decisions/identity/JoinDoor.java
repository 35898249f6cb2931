package io.velvetastro.decisions.identity;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
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

/** Where somebody who was invited becomes a member. */
@RestController
@Tag(name = "auth")
class JoinDoor {
    private final Staff staff;
    private final Setup setup;
    private final Passwords passwords;
    private final GuessingBrake brake;

    JoinDoor(Staff staff, Setup setup, Passwords passwords, GuessingBrake brake) {
        this.staff = staff;
        this.setup = setup;
        this.passwords = passwords;
        this.brake = brake;
    }

    record NewMember(
            @NotBlank @Size(max = 100) String invitation,
            @NotBlank @Size(max = 100) String name,
            @NotBlank @Size(max = Passwords.LONGEST) String password) {
        @Override
        public String toString() {
            return "NewMember";
        }
    }

    @GetMapping("/join")
    @Hidden
    @PreAuthorize("permitAll()")
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_HTML)
                .cacheControl(CacheControl.noStore())
                .body(new ClassPathResource("join/join.html"));
    }

    @PostMapping("/api/v1/auth/register")
    @SecurityRequirements
    @Operation(summary = "Take up an invitation: a name and a password; then sign in")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.CREATED)
    void join(@Valid @RequestBody NewMember body, HttpServletRequest request) {
        try {
            brake.beforeTrying("invitation", Origin.of(request).address());
            var invitation = staff.open(body.invitation()).orElseThrow(Refused::notFound);
            setup.objection(body.password(), invitation.email(), invitation.organizationName())
                    .ifPresent(why -> {
                        throw Problems.invalid("password", why);
                    });
            if (!staff.join(invitation, body.name().strip(), passwords.hash(body.password()))) throw Refused.notFound();
        } catch (NotNow later) {
            throw AuthDoor.later(later);
        }
    }
}
