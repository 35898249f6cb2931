package io.velvetastro.screens.testing;

import io.velvetastro.language.ApiKeyId;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.language.ServiceAccountId;
import io.velvetastro.questions.ServiceAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The programs of Mira's organisation, in memory; the name {@code taken} is taken. */
public final class FakeServiceAccounts implements ServiceAccounts {
    public static final String KEY = "va_ZyXwVuTs0123456789ZyXwVuTs0123456789ZyXwVu";
    private final Instant now;
    private final List<AccountRow> accounts = new ArrayList<>();

    public FakeServiceAccounts(Instant now) {
        this.now = now;
        var id = new ServiceAccountId(UUID.randomUUID());
        accounts.add(new AccountRow(
                id,
                "log shipper",
                List.of(Authority.MONITOR_WRITE),
                now.minusSeconds(900_000),
                null,
                now.plusSeconds(500_000),
                List.of(
                        key("web-1", now.plusSeconds(4_000_000), now.minusSeconds(40), null),
                        key("web-2", now.plusSeconds(60_000), null, now.minusSeconds(5_000)))));
        accounts.add(new AccountRow(
                new ServiceAccountId(UUID.randomUUID()),
                "old firewall",
                List.of(Authority.DEFENSE_READ),
                now.minusSeconds(9_000_000),
                now.minusSeconds(100_000),
                null,
                List.of()));
    }

    private KeyRow key(
            String name,
            Instant until,
            @org.jspecify.annotations.Nullable Instant used,
            @org.jspecify.annotations.Nullable Instant revoked) {
        return new KeyRow(
                new ApiKeyId(UUID.randomUUID()),
                name,
                KEY.substring(0, 11),
                List.of(Authority.MONITOR_WRITE),
                now.minusSeconds(900_000),
                until,
                used,
                revoked,
                null);
    }

    @Override
    public List<AccountRow> list(Caller caller) {
        return List.copyOf(accounts);
    }

    @Override
    public ServiceAccountId create(Caller caller, String name, Set<Authority> authorities) {
        if (name.equals("taken")) throw new Refused(Refused.Why.NOT_AS_IT_STANDS, "There is one of this name.");
        var id = new ServiceAccountId(UUID.randomUUID());
        accounts.add(new AccountRow(id, name, List.copyOf(authorities), now, null, null, List.of()));
        return id;
    }

    @Override
    public void disable(Caller caller, ServiceAccountId account) {
        accounts.replaceAll(each -> each.id().equals(account)
                ? new AccountRow(each.id(), each.name(), each.authorities(), each.createdAt(), now, null, each.keys())
                : each);
    }

    @Override
    public ShownKey issue(Caller caller, ServiceAccountId account, String name, Set<Authority> scopes, Duration life) {
        return new ShownKey(KEY, key(name, now.plus(life), null, null));
    }

    @Override
    public ShownKey rotate(Caller caller, ServiceAccountId account, ApiKeyId key, Duration overlap) {
        return new ShownKey(KEY, key("next", now.plusSeconds(9_000_000), null, null));
    }

    @Override
    public void revoke(Caller caller, ServiceAccountId account, ApiKeyId key) {
        accounts.replaceAll(each -> new AccountRow(
                each.id(),
                each.name(),
                each.authorities(),
                each.createdAt(),
                each.disabledAt(),
                each.readOnlyFrom(),
                each.keys().stream().filter(it -> !it.id().equals(key)).toList()));
    }
}
