package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.BEYOND_THE_PLAN;
import static io.velvetastro.language.Refused.Why.FORBIDDEN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.AccessEvent.ApiKeyIssued;
import io.velvetastro.language.AccessEvent.ApiKeyRevoked;
import io.velvetastro.language.AccessEvent.ServiceAccountCreated;
import io.velvetastro.language.AccessEvent.ServiceAccountDisabled;
import io.velvetastro.language.ApiKeyId;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.ServiceAccountId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.ServiceAccounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The service accounts of an organisation and their keys. What is somebody else's is missing. */
class Programs implements ServiceAccounts {
    private static final int MOST_LIVE_KEYS = 20;

    /** What is over for longer is no news to anybody; the record has it. */
    private static final Duration SHOWN_AFTER_THE_END = Duration.ofDays(30);

    private final JdbcClient db;
    private final Seats seats;
    private final TransactionTemplate transaction;
    private final FreshProof proof;
    private final AccessRecord record;
    private final Clock clock;

    Programs(
            JdbcClient db,
            Seats seats,
            TransactionTemplate transaction,
            FreshProof proof,
            AccessRecord record,
            Clock clock) {
        this.db = db;
        this.seats = seats;
        this.transaction = transaction;
        this.proof = proof;
        this.record = record;
        this.clock = clock;
    }

    @Override
    public List<AccountRow> list(Caller caller) {
        administers(caller);
        var shown = clock.instant().minus(SHOWN_AFTER_THE_END).atOffset(UTC);
        var keys = db
                .sql("""
                select k.*, k.account from identity.api_key k join identity.service_account a on a.id = k.account
                where a.organization = ? and least(k.revoked_at, k.expires_at) > ?
                order by k.revoked_at is not null, k.expires_at < ?, k.created_at desc, k.id""")
                .params(caller.tenant().value(), shown, clock.instant().atOffset(UTC))
                .query((row, number) -> new Owned(row.getObject("account", UUID.class), key(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Owned::account, Collectors.mapping(Owned::key, Collectors.toUnmodifiableList())));
        return db.sql("""
                select * from identity.service_account where organization = ? and (disabled_at is null or disabled_at > ?)
                order by disabled_at is not null, lower(name), id""")
                .params(caller.tenant().value(), shown)
                .query((row, number) -> new AccountRow(
                        new ServiceAccountId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        sorted(ApiKeys.authorities(row.getArray("authorities"))),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "disabled_at"),
                        Seats.readOnlyFrom(row, "beyond_since"),
                        keys.getOrDefault(row.getObject("id", UUID.class), List.of())))
                .list();
    }

    @Override
    public ServiceAccountId create(Caller caller, String name, Set<Authority> authorities) {
        administers(caller);
        proof.needed();
        if (!authorities.stream().allMatch(Authority::isForPrograms)
                || !caller.authorities().containsAll(authorities))
            throw new Refused(FORBIDDEN, "An account cannot have more than its maker, and never decides who comes in.");
        var id = new ServiceAccountId(UUID.randomUUID());
        var now = clock.instant();
        try {
            transaction.executeWithoutResult(status -> {
                var most = lockAccountsOf(caller.tenant()).serviceAccounts();
                if (count(
                                "identity.service_account where organization = ? and disabled_at is null",
                                caller.tenant().value())
                        >= most)
                    throw new Refused(BEYOND_THE_PLAN, "The plan has room for " + most + " service accounts.");
                db.sql(
                                "insert into identity.service_account (id, organization, name, authorities, created_at, created_by) values (?, ?, ?, ?, ?, ?)")
                        .params(
                                id.value(),
                                caller.tenant().value(),
                                name,
                                texts(authorities),
                                now.atOffset(UTC),
                                caller.member().value())
                        .update();
                record.keep(new ServiceAccountCreated(caller.tenant(), id, sorted(authorities), now));
                seats.settle(caller.tenant());
            });
        } catch (DuplicateKeyException taken) {
            throw standsInTheWay("There is a service account of this name.");
        }
        return id;
    }

    @Override
    public void disable(Caller caller, ServiceAccountId account) {
        administers(caller);
        transaction.executeWithoutResult(status -> {
            var now = clock.instant();
            lockAccountsOf(caller.tenant()); // Before the account, as whoever settles does.
            if (isDisabled(caller.tenant(), account)) return;
            db.sql("update identity.service_account set disabled_at = ? where id = ?")
                    .params(now.atOffset(UTC), account.value())
                    .update();
            record.keep(new ServiceAccountDisabled(caller.tenant(), account, now));
            seats.settle(caller.tenant());
        });
    }

    @Override
    public ShownKey issue(Caller caller, ServiceAccountId account, String name, Set<Authority> scopes, Duration life) {
        administers(caller);
        proof.needed();
        return transaction.execute(status -> {
            if (isDisabled(caller.tenant(), account)) throw standsInTheWay("The service account is disabled.");
            if (!authoritiesOf(account).containsAll(scopes))
                throw new Refused(FORBIDDEN, "A key cannot carry more than its account.");
            return shown(caller.tenant(), account, name, scopes, life, null, null);
        });
    }

    @Override
    public ShownKey rotate(Caller caller, ServiceAccountId account, ApiKeyId key, Duration overlap) {
        administers(caller);
        proof.needed();
        return transaction.execute(status -> {
            if (isDisabled(caller.tenant(), account)) throw standsInTheWay("The service account is disabled.");
            var now = clock.instant();
            var old = held(account, key);
            if (old.replacedBy() != null) throw standsInTheWay("The key was rotated before.");
            if (!old.isLiveAt(now)) throw standsInTheWay("The key opens nothing any more.");
            var until = now.plus(overlap).isBefore(old.expiresAt()) ? now.plus(overlap) : old.expiresAt();
            var life = Duration.between(old.createdAt(), old.expiresAt());
            var next = shown(caller.tenant(), account, old.name(), Set.copyOf(old.scopes()), life, key, until);
            db.sql("update identity.api_key set replaced_by = ?, expires_at = ? where id = ?")
                    .params(next.row().id().value(), until.atOffset(UTC), key.value())
                    .update();
            return next;
        });
    }

    @Override
    public void revoke(Caller caller, ServiceAccountId account, ApiKeyId key) {
        administers(caller);
        transaction.executeWithoutResult(status -> {
            isDisabled(caller.tenant(), account); // Either way; but it must be theirs.
            if (held(account, key).revokedAt() != null) return;
            var now = clock.instant();
            db.sql("update identity.api_key set revoked_at = ? where id = ?")
                    .params(now.atOffset(UTC), key.value())
                    .update();
            record.keep(new ApiKeyRevoked(caller.tenant(), account, key, now));
        });
    }

    private ShownKey shown(
            TenantId tenant,
            ServiceAccountId account,
            String name,
            Set<Authority> scopes,
            Duration life,
            @Nullable ApiKeyId replaces,
            @Nullable Instant overlapsUntil) {
        var now = clock.instant();
        if (count(
                        "identity.api_key where account = ? and revoked_at is null and expires_at > ?",
                        account.value(),
                        now.atOffset(UTC))
                >= MOST_LIVE_KEYS)
            throw standsInTheWay("An account has at most " + MOST_LIVE_KEYS + " keys at a time.");
        var secret = ApiKeys.fresh();
        var row = new KeyRow(
                new ApiKeyId(UUID.randomUUID()),
                name,
                secret.substring(0, ApiKeys.PREFIX),
                sorted(scopes),
                now,
                now.plus(life),
                null,
                null,
                null);
        db.sql(
                        "insert into identity.api_key (hash, id, account, name, prefix, scopes, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        Secret.sha256(secret),
                        row.id().value(),
                        account.value(),
                        name,
                        row.prefix(),
                        texts(scopes),
                        now.atOffset(UTC),
                        row.expiresAt().atOffset(UTC))
                .update();
        record.keep(new ApiKeyIssued(
                tenant, account, row.id(), row.scopes(), row.expiresAt(), replaces, overlapsUntil, now));
        return new ShownKey(secret, row);
    }

    /** Holds the account's row, so that whatever is done to its keys is done one after the other. */
    private boolean isDisabled(TenantId tenant, ServiceAccountId account) {
        return db.sql(
                        "select disabled_at is not null from identity.service_account where id = ? and organization = ? for update")
                .params(account.value(), tenant.value())
                .query(Boolean.class)
                .optional()
                .orElseThrow(Refused::notFound);
    }

    /** So that no two add the last one; answers what the organisation has subscribed to. */
    private Plan lockAccountsOf(TenantId tenant) {
        return db.sql("select plan from identity.organization where id = ? for update")
                .param(tenant.value())
                .query((row, number) -> Plan.valueOf(row.getString(1)))
                .single();
    }

    private Set<Authority> authoritiesOf(ServiceAccountId account) {
        return db.sql("select authorities from identity.service_account where id = ?")
                .param(account.value())
                .query((row, number) -> ApiKeys.authorities(row.getArray("authorities")))
                .single();
    }

    private KeyRow held(ServiceAccountId account, ApiKeyId key) {
        return db.sql("select * from identity.api_key where id = ? and account = ?")
                .params(key.value(), account.value())
                .query((row, number) -> key(row))
                .optional()
                .orElseThrow(Refused::notFound);
    }

    private int count(String what, Object... params) {
        return db.sql("select count(*) from " + what)
                .params(params)
                .query(Integer.class)
                .single();
    }

    private static KeyRow key(ResultSet row) throws SQLException {
        var next = row.getObject("replaced_by", UUID.class);
        return new KeyRow(
                new ApiKeyId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("prefix"),
                sorted(ApiKeys.authorities(row.getArray("scopes"))),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instant(row, "last_used_at"),
                instant(row, "revoked_at"),
                next == null ? null : new ApiKeyId(next));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static void administers(Caller caller) {
        if (!caller.may(Authority.ORG_ADMIN))
            throw new Refused(FORBIDDEN, "This takes an administrator of the organisation.");
    }

    private static Refused standsInTheWay(String what) {
        return new Refused(NOT_AS_IT_STANDS, what);
    }

    private static List<Authority> sorted(Collection<Authority> authorities) {
        return authorities.stream().sorted().toList();
    }

    private static String[] texts(Collection<Authority> authorities) {
        return authorities.stream().sorted().map(Authority::text).toArray(String[]::new);
    }

    private record Owned(UUID account, KeyRow key) {}
}
