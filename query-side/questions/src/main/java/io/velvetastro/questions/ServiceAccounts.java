package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.ApiKeyId;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.ServiceAccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an organisation's programs get their way in. A port and no message: a key is shown once, to whoever asked for it, and travels nowhere else. The caller must be the one this thread works for;
 * what they may not do is refused.
 */
public interface ServiceAccounts {
    Duration LONGEST_LIFE = Duration.ofDays(366);
    Duration LONGEST_OVERLAP = Duration.ofDays(7);

    /**
     * An account with all its keys, live ones first.
     *
     * @param readOnlyFrom where the plan has no room for it: from then on it reads, and sends what the day's events allow; that may be over
     */
    record AccountRow(
            ServiceAccountId id,
            String name,
            List<Authority> authorities,
            Instant createdAt,
            @Nullable Instant disabledAt,
            @Nullable Instant readOnlyFrom,
            List<KeyRow> keys) {}

    /** What may be known of a key after it was shown. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyRow(
            ApiKeyId id,
            String name,
            String prefix,
            List<Authority> scopes,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt,
            @Nullable ApiKeyId replacedBy) {
        public boolean isLiveAt(Instant now) {
            return revokedAt == null && now.isBefore(expiresAt);
        }
    }

    /** A new key, for this once. */
    record ShownKey(String key, KeyRow row) {
        @Override
        public String toString() {
            return "ShownKey " + row.prefix;
        }
    }

    List<AccountRow> list(Caller caller);

    ServiceAccountId create(Caller caller, String name, Set<Authority> authorities);

    /** At once, with all its keys; a second time is silence. */
    void disable(Caller caller, ServiceAccountId account);

    /** @param scopes what of the account's authorities the key carries */
    ShownKey issue(Caller caller, ServiceAccountId account, String name, Set<Authority> scopes, Duration life);

    /** A successor with the same scopes and life; the old key works on for {@code overlap}. A key has one successor. */
    ShownKey rotate(Caller caller, ServiceAccountId account, ApiKeyId key, Duration overlap);

    /** At once; a second time is silence. */
    void revoke(Caller caller, ServiceAccountId account, ApiKeyId key);
}
