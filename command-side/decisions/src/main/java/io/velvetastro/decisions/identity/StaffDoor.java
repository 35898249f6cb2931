package io.velvetastro.decisions.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.InvitationId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.Membership.InvitationRow;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where an administrator lets people in, says what they are, and lets them go. */
@RestController
@RequestMapping("/api/v1/orgs/{organization}")
@PreAuthorize("hasAuthority('" + Authority.Text.ORG_ADMIN + "')")
@Tag(name = "members")
class StaffDoor {
    private final Membership staff;
    private final People people;

    StaffDoor(Membership staff, People people) {
        this.staff = staff;
        this.people = people;
    }

    record Change(@NotBlank @Size(max = 20) String role) {}

    record Invite(
            @NotBlank @Size(max = Email.LONGEST) String email,
            @NotBlank @Size(max = 20) String role) {}

    record Rule(@NotNull Boolean compulsory) {}

    /** @param without ids of members who have no second step yet */
    record SecondStep(boolean compulsory, List<MemberId> without) {}

    record Page<T>(List<T> items, @Nullable String next) {}

    record Disabling(@NotNull Boolean disabled) {}

    /** @param readOnlyFrom where the plan has no room for them; that may be over */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Member(
            MemberId id,
            String name,
            String email,
            String role,
            boolean disabled,
            @Nullable Instant readOnlyFrom) {
        static Member of(MemberRow row, boolean disabled, @Nullable Instant readOnlyFrom) {
            return new Member(row.id(), row.name(), row.email(), word(row.role()), disabled, readOnlyFrom);
        }
    }

    /** @param token for the link {@code /join#token}, in the answer that made it and in no other, and there only where no letter takes it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Invitation(
            InvitationId id,
            String email,
            String role,
            Instant invitedAt,
            Instant expiresAt,
            @Nullable String token) {
        static Invitation of(InvitationRow row, @Nullable String token) {
            return new Invitation(row.id(), row.email(), word(row.role()), row.invitedAt(), row.expiresAt(), token);
        }

        @Override
        public String toString() {
            return "Invitation " + id;
        }
    }

    @GetMapping("/members")
    @Operation(summary = "Who belongs to the organisation")
    Page<Member> members(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        var beyond = staff.readOnlyFrom(caller);
        var in = people.of(organization).stream().map(row -> Member.of(row, false, beyond.get(row.id())));
        var out = staff.disabled(caller).stream().map(row -> Member.of(row, true, null));
        return new Page<>(Stream.concat(in, out).toList(), null);
    }

    @PutMapping("/members/{member}/disabled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Close a member's account, at once and for everything it opened, or open it again; for who runs the house in any organisation")
    void disable(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable MemberId member,
            @Valid @RequestBody Disabling body) {
        if (body.disabled()) staff.disable(caller, organization, member);
        else staff.enable(caller, organization, member);
    }

    @PatchMapping("/members/{member}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Give a member another role; it counts at their next request")
    void give(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable MemberId member,
            @Valid @RequestBody Change body) {
        own(caller, organization);
        staff.giveRole(caller, member, role(body.role()));
    }

    @DeleteMapping("/members/{member}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a member, at once")
    void remove(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable MemberId member) {
        own(caller, organization);
        staff.remove(caller, member);
    }

    @GetMapping("/second-step")
    @Operation(summary = "Whether everybody needs a second step, and who has none")
    SecondStep secondStep(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        var rule = staff.secondStep(caller);
        return new SecondStep(
                rule.compulsory(),
                rule.without().stream()
                        .sorted(Comparator.comparing(MemberId::toString))
                        .toList());
    }

    @PutMapping("/second-step")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ask everybody for a second step, or leave it to each; sessions without one end at once")
    void demandSecondStep(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @Valid @RequestBody Rule body) {
        own(caller, organization);
        staff.demandSecondStep(caller, body.compulsory());
    }

    @DeleteMapping("/members/{member}/second-step")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Reset the second step of a member who has lost it; ends their sessions and tells them; for who runs the house in any organisation")
    void resetSecondStep(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable MemberId member) {
        staff.resetSecondStep(caller, organization, member);
    }

    record Domains(@NotNull @Size(max = 50) List<@NotBlank @Size(max = 189) String> domains) {}

    @GetMapping("/invitation-domains")
    @Operation(summary = "Whose mailboxes may be invited; anybody's where there are none")
    Domains domains(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        return new Domains(staff.invitationDomains(caller));
    }

    @PutMapping("/invitation-domains")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Invite mailboxes of these domains alone; withdraws what is open for others")
    void inviteOnly(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @Valid @RequestBody Domains body) {
        own(caller, organization);
        if (!body.domains().stream().allMatch(domain -> Email.isOne("x@" + domain) && !domain.contains("@")))
            throw Problems.invalid("domains", "must be what stands behind the @, such as acme.example");
        staff.inviteOnly(caller, body.domains());
    }

    @GetMapping("/invitations")
    @Operation(summary = "Who was invited and has not come yet")
    Page<Invitation> invitations(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        return new Page<>(
                staff.invitations(caller).stream()
                        .map(row -> Invitation.of(row, null))
                        .toList(),
                null);
    }

    @PostMapping("/invitations")
    @Operation(
            summary =
                    "Invite somebody; good for seven days; where the house sends letters the token is in the letter alone, otherwise it is shown this once")
    ResponseEntity<Invitation> invite(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @Valid @RequestBody Invite body) {
        own(caller, organization);
        if (!Email.isOne(body.email())) throw Problems.invalid("email", "must be an e-mail address");
        var made = staff.invite(caller, body.email(), role(body.role()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(Invitation.of(made.row(), made.token()));
    }

    @DeleteMapping("/invitations/{invitation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Withdraw an invitation, at once")
    void withdraw(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable InvitationId invitation) {
        own(caller, organization);
        staff.withdraw(caller, invitation);
    }

    private static void own(Caller caller, TenantId organization) {
        if (!caller.tenant().equals(organization)) throw Refused.notFound();
    }

    private static Role role(String text) {
        return Stream.of(Role.values())
                .filter(each -> each != Role.SERVICE && word(each).equals(text))
                .findFirst()
                .orElseThrow(() -> Problems.invalid("role", "must be super_admin, org_admin, it_security or employee"));
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
