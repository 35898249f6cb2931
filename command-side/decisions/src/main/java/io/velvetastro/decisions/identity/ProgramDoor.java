package io.velvetastro.decisions.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.ApiKeyId;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.language.ServiceAccountId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.ServiceAccounts;
import io.velvetastro.questions.ServiceAccounts.AccountRow;
import io.velvetastro.questions.ServiceAccounts.KeyRow;
import io.velvetastro.questions.ServiceAccounts.ShownKey;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where an administrator lets programs in. Repeating a write that shows a key makes another key: an answer that holds a secret is kept nowhere, not even for an Idempotency-Key. */
@RestController
@RequestMapping("/api/v1/orgs/{organization}/service-accounts")
@PreAuthorize("hasAuthority('" + Authority.Text.ORG_ADMIN + "')")
@Tag(name = "service-accounts")
class ProgramDoor {
    private static final String ONE_LINE = "[^\\p{Cntrl}]*";

    private final ServiceAccounts accounts;

    ProgramDoor(ServiceAccounts accounts) {
        this.accounts = accounts;
    }

    record NewAccount(
            @NotBlank @Size(max = 60) @Pattern(regexp = ONE_LINE, message = "must be one line")
            String name,

            @NotEmpty @Size(max = 20) List<String> authorities) {}

    /** @param scopes absent: all that the account may */
    record NewKey(
            @NotBlank @Size(max = 60) @Pattern(regexp = ONE_LINE, message = "must be one line")
            String name,

            @Nullable @Size(min = 1, max = 20) List<String> scopes,
            @Nullable @Min(1) @Max(366) Integer expiresInDays) {}

    record Rotation(@Nullable @Min(0) @Max(168) Integer overlapHours) {}

    record Made(ServiceAccountId id) {}

    record Page<T>(List<T> items, @Nullable String next) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Account(
            ServiceAccountId id,
            String name,
            List<String> authorities,
            Instant createdAt,
            @Nullable Instant disabledAt,
            @Nullable Instant readOnlyFrom,
            List<Key> keys) {
        static Account of(AccountRow row) {
            return new Account(
                    row.id(),
                    row.name(),
                    texts(row.authorities()),
                    row.createdAt(),
                    row.disabledAt(),
                    row.readOnlyFrom(),
                    row.keys().stream().map(key -> Key.of(key, null)).toList());
        }
    }

    /** @param key the key itself, in the answer that made it and in no other */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Key(
            ApiKeyId id,
            String name,
            String prefix,
            List<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt,
            @Nullable ApiKeyId replacedBy,
            @Nullable String key) {
        static Key of(KeyRow row, @Nullable String secret) {
            return new Key(
                    row.id(),
                    row.name(),
                    row.prefix(),
                    texts(row.scopes()),
                    row.createdAt(),
                    row.expiresAt(),
                    row.lastUsedAt(),
                    row.revokedAt(),
                    row.replacedBy(),
                    secret);
        }

        @Override
        public String toString() {
            return "Key " + prefix;
        }
    }

    @GetMapping
    @Operation(summary = "The service accounts and what may be known of their keys")
    Page<Account> list(@AuthenticationPrincipal Caller caller, @PathVariable TenantId organization) {
        own(caller, organization);
        return new Page<>(accounts.list(caller).stream().map(Account::of).toList(), null);
    }

    @PostMapping
    @Operation(summary = "Make an account for a program; authorities such as monitor:write")
    ResponseEntity<Made> create(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @Valid @RequestBody NewAccount body) {
        own(caller, organization);
        var id = accounts.create(caller, body.name().strip(), authorities("authorities", body.authorities()));
        return ResponseEntity.created(URI.create("/api/v1/orgs/" + organization + "/service-accounts/" + id))
                .body(new Made(id));
    }

    @DeleteMapping("/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Disable an account and all its keys, at once")
    void disable(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable ServiceAccountId account) {
        own(caller, organization);
        accounts.disable(caller, account);
    }

    @PostMapping("/{account}/keys")
    @Operation(summary = "A new key, shown this once; it lasts 90 days unless said otherwise, and 366 at most")
    ResponseEntity<Key> issue(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable ServiceAccountId account,
            @Valid @RequestBody NewKey body) {
        own(caller, organization);
        var scopes = body.scopes() == null ? all(caller, account) : authorities("scopes", body.scopes());
        var life = Duration.ofDays(body.expiresInDays() == null ? 90 : body.expiresInDays());
        return shown(accounts.issue(caller, account, body.name().strip(), scopes, life));
    }

    @PostMapping("/{account}/keys/{key}/rotate")
    @Operation(
            summary =
                    "A successor with the same scopes, shown this once; the old key works on for a day unless said otherwise")
    ResponseEntity<Key> rotate(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable ServiceAccountId account,
            @PathVariable ApiKeyId key,
            @Valid @RequestBody(required = false) @Nullable Rotation body) {
        own(caller, organization);
        var overlap = Duration.ofHours(body == null || body.overlapHours() == null ? 24 : body.overlapHours());
        return shown(accounts.rotate(caller, account, key, overlap));
    }

    @DeleteMapping("/{account}/keys/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke a key, at once")
    void revoke(
            @AuthenticationPrincipal Caller caller,
            @PathVariable TenantId organization,
            @PathVariable ServiceAccountId account,
            @PathVariable ApiKeyId key) {
        own(caller, organization);
        accounts.revoke(caller, account, key);
    }

    private Set<Authority> all(Caller caller, ServiceAccountId account) {
        return accounts.list(caller).stream()
                .filter(each -> each.id().equals(account))
                .findFirst()
                .map(each -> Set.copyOf(each.authorities()))
                .orElseThrow(Refused::notFound);
    }

    private static void own(Caller caller, TenantId organization) {
        if (!caller.tenant().equals(organization)) throw Refused.notFound();
    }

    private static Set<Authority> authorities(String field, List<String> texts) {
        var known = EnumSet.noneOf(Authority.class);
        for (var text : texts)
            known.add(Authority.of(text)
                    .filter(Authority::isForPrograms)
                    .orElseThrow(() ->
                            Problems.invalid(field, "must each be one a program may have, such as monitor:write")));
        return known;
    }

    private static List<String> texts(List<Authority> authorities) {
        return authorities.stream().map(Authority::text).toList();
    }

    private static ResponseEntity<Key> shown(ShownKey made) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(Key.of(made.row(), made.key()));
    }
}
