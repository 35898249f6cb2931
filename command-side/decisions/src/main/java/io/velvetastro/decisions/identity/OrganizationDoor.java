package io.velvetastro.decisions.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Organizations.AccountRow;
import io.velvetastro.questions.Organizations.BeyondPlan;
import io.velvetastro.questions.Organizations.Meter;
import io.velvetastro.questions.Organizations.OrganizationRow;
import io.velvetastro.questions.Organizations.TenantRow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where members see their organisations, go from one to another, and learn what their plan has left. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "organisations")
class OrganizationDoor {
    private static final String ADMINISTERS = "hasAuthority('" + Authority.Text.ORG_ADMIN + "')";
    private static final String RUNS_THE_HOUSE = "hasAuthority('" + Authority.Text.PLATFORM_ADMIN + "')";
    private static final String PEOPLE = "isAuthenticated() and principal.role().name() != 'SERVICE'";

    private final Tenancy tenancy;
    private final Tokens tokens;
    private final SignIn signIn;

    OrganizationDoor(Tenancy tenancy, Tokens tokens, SignIn signIn) {
        this.tenancy = tenancy;
        this.tokens = tokens;
        this.signIn = signIn;
    }

    record Name(
            @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}<>]*", message = "must be plain text")
            String name) {}

    record Switch(@NotNull TenantId organization) {}

    record Acceptance(@NotBlank @Size(max = 100) String invitation) {
        @Override
        public String toString() {
            return "Acceptance";
        }
    }

    record Subscription(@NotBlank @Size(max = 20) String plan) {}

    record Page<T>(List<T> items, @Nullable String next) {}

    record Made(TenantId id) {}

    record Organization(TenantId id, String name, String plan, String role, Instant since, boolean current) {
        static Organization of(OrganizationRow row, Caller caller) {
            return new Organization(
                    row.id(),
                    row.name(),
                    word(row.plan()),
                    word(row.role()),
                    row.since(),
                    row.id().equals(caller.tenant()));
        }
    }

    record Tenant(TenantId id, String name, String plan, Instant createdAt, long members, long eventsToday) {
        static Tenant of(TenantRow row) {
            return new Tenant(
                    row.id(), row.name(), word(row.plan()), row.createdAt(), row.members(), row.eventsToday());
        }
    }

    /** @param limit absent where there is none; state is fine, soon, full or over */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    /** @param refuses whether more than the limit is refused */
    record Use(String what, long used, @Nullable Long limit, String state, boolean refuses) {
        static Use of(Meter meter) {
            return new Use(meter.what(), meter.used(), meter.limit(), word(meter.state()), meter.refuses());
        }
    }

    record Address(@NotBlank @Size(max = Email.LONGEST) String email) {
        @Override
        public String toString() {
            return "Address";
        }
    }

    record Belongs(TenantId organization, String name, String role) {}

    record Account(MemberId member, boolean disabled, boolean secondStep, List<Belongs> belongsTo) {
        static Account of(AccountRow row) {
            return new Account(
                    row.member(),
                    row.disabled(),
                    row.secondStep(),
                    row.belongsTo().stream()
                            .map(each -> new Belongs(each.organization(), each.name(), word(each.role())))
                            .toList());
        }
    }

    /** @param beyond absent where there is room for all; {@code readOnlyFrom} is when the first of it only reads */
    record PlanAnswer(
            String plan,
            List<Use> meters,
            @Nullable Long keepsMonths,
            boolean auditExport,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BeyondPlan beyond) {}

    @GetMapping("/orgs")
    @PreAuthorize(PEOPLE)
    @Operation(summary = "The organisations one belongs to")
    Page<Organization> mine(@AuthenticationPrincipal Caller caller) {
        return new Page<>(
                tenancy.mine(caller).stream()
                        .map(row -> Organization.of(row, caller))
                        .toList(),
                null);
    }

    @PostMapping("/orgs")
    @PreAuthorize(ADMINISTERS)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make another organisation, and be its administrator")
    Made create(@AuthenticationPrincipal Caller caller, @Valid @RequestBody Name body) {
        isAName(body);
        return new Made(tenancy.create(caller, body.name().strip()));
    }

    @GetMapping("/orgs/{organization}")
    @PreAuthorize(PEOPLE)
    @Operation(summary = "One of the organisations one belongs to")
    Organization one(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        return tenancy.mine(caller).stream()
                .filter(row -> row.id().equals(organization))
                .findFirst()
                .map(row -> Organization.of(row, caller))
                .orElseThrow(Refused::notFound);
    }

    @PatchMapping("/orgs/{organization}")
    @PreAuthorize(ADMINISTERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Call one's organisation something else")
    void rename(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @Valid @RequestBody Name body) {
        isAName(body);
        if (!caller.tenant().equals(organization)) throw Refused.notFound();
        tenancy.rename(caller, body.name().strip());
    }

    @PostMapping("/auth/switch")
    @PreAuthorize(PEOPLE)
    @Operation(
            summary =
                    "A pair of tokens for another of one's organisations, with a fresh proof; the ones at hand go on, those of the same sign-in for that organisation give way, and all end together")
    ResponseEntity<Tokens.Pair> enter(
            @AuthenticationPrincipal Caller caller,
            @Parameter(hidden = true) Authentication who,
            @Valid @RequestBody Switch body,
            HttpServletRequest request) {
        var me = (SignedIn) who;
        var seen = signIn.coming(Origin.of(request), Sessions.Kind.API, me.withSecondFactor());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(tenancy.begin(me, body.organization(), seen, tokens::first));
    }

    @PostMapping("/auth/invitations")
    @PreAuthorize(PEOPLE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Take up an invitation with the account one has")
    Organization accept(@AuthenticationPrincipal Caller caller, @Valid @RequestBody Acceptance body) {
        return Organization.of(tenancy.accept(caller, body.invitation()), caller);
    }

    @GetMapping("/orgs/{organization}/plan")
    @PreAuthorize(ADMINISTERS)
    @Operation(summary = "What the plan has, and what is used of it")
    PlanAnswer plan(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        var state = tenancy.plan(caller, organization);
        return new PlanAnswer(
                word(state.plan()),
                state.meters().stream().map(Use::of).toList(),
                state.keepsMonths(),
                state.auditExport(),
                state.beyond());
    }

    @PutMapping("/orgs/{organization}/plan")
    @PreAuthorize(RUNS_THE_HOUSE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Give an organisation another plan; what is beyond a smaller one stays, none is added, and after thirty days the newest only read")
    void subscribe(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @Valid @RequestBody Subscription body) {
        var plan = Stream.of(Plan.values())
                .filter(each -> word(each).equals(body.plan()))
                .findFirst()
                .orElseThrow(() -> Problems.invalid("plan", "must be free, pro or enterprise"));
        tenancy.subscribe(caller, organization, plan);
    }

    @GetMapping("/platform/organizations")
    @PreAuthorize(RUNS_THE_HOUSE)
    @Operation(summary = "The organisations of the house by name, or by part of it; figures alone")
    Page<Tenant> all(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "") @Size(max = 100) String name,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        var page = tenancy.all(caller, name.strip(), cursor == null ? null : cursor(cursor), limit);
        return new Page<>(page.items().stream().map(Tenant::of).toList(), page.next());
    }

    private static String cursor(String text) {
        try {
            return TenantId.of(text).toString();
        } catch (IllegalArgumentException unread) {
            throw Problems.invalid("cursor", "must be what the page before said");
        }
    }

    @PostMapping("/platform/accounts")
    @PreAuthorize(RUNS_THE_HOUSE)
    @Operation(
            summary =
                    "Whose account an address is, by ids and roles, for who runs the house and is asked for help; nothing is changed")
    Account account(@AuthenticationPrincipal Caller caller, @Valid @RequestBody Address body) {
        return tenancy.account(caller, body.email()).map(Account::of).orElseThrow(Refused::notFound);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void isAName(Name body) {
        if (!LetterWords.areAName(body.name())) throw Problems.invalid("name", "must be a name");
    }
}
