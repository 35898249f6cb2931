package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.door.Together;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which program a key stands for, right now. Every request asks here by primary key, together with those that ask at the same moment, so a key that was revoked opens nothing from then on. */
class ApiKeys {
    static final String MARK = "va_";
    static final int PREFIX = MARK.length() + 8;
    private static final Pattern SHAPE = Pattern.compile(MARK + "[A-Za-z0-9_-]{" + Secret.LENGTH + "}");
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);
    private static final int MOST_TOGETHER = 256;
    private static final String STANDING = """
            select k.hash, k.id, k.scopes, k.last_used_at, a.id account, a.name, a.authorities, a.beyond_since,
                   o.id organization, o.name organization_name, o.plan
            from identity.api_key k
            join identity.service_account a on a.id = k.account
            join identity.organization o on o.id = a.organization
            where k.hash = any(?) and k.revoked_at is null and k.expires_at > ? and a.disabled_at is null""";

    private final JdbcClient db;
    private final Clock clock;
    private final Together<Hash, Optional<Program>> together = new Together<>(MOST_TOGETHER, this::standing);

    ApiKeys(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    static boolean looksLikeOne(String token) {
        return token.startsWith(MARK);
    }

    static String fresh() {
        return MARK + Secret.fresh();
    }

    Optional<Program> standing(String key) {
        return SHAPE.matcher(key).matches() ? together.ask(new Hash(Secret.sha256(key))) : Optional.empty();
    }

    private List<Optional<Program>> standing(List<Hash> asked) {
        var now = clock.instant();
        var standing = new HashMap<Hash, Program>();
        var noted = new HashMap<UUID, Hash>();
        db.sql(STANDING)
                .params(asked.stream().distinct().map(Hash::bytes).toArray(byte[][]::new), now.atOffset(UTC))
                .query((row, number) -> {
                    var hash = new Hash(row.getBytes("hash"));
                    standing.put(hash, program(row, now));
                    if (isDue(row, now)) noted.put(row.getObject("id", UUID.class), hash);
                    return hash;
                })
                .list();
        if (!noted.isEmpty())
            db.sql("update identity.api_key set last_used_at = ? where id = any(?)")
                    .params(now.atOffset(UTC), noted.keySet().toArray(UUID[]::new))
                    .update();
        return asked.stream()
                .map(hash -> Optional.ofNullable(standing.get(hash)))
                .toList();
    }

    /** Those whose key stands and opens what it opened when they came; to ask is no use of it. */
    Set<Program> unchangedAmong(Collection<Program> listening) {
        var now = clock.instant();
        var may = new HashMap<UUID, Set<Authority>>();
        db.sql("""
                select k.id, k.scopes, a.authorities, a.beyond_since from identity.api_key k
                join identity.service_account a on a.id = k.account
                where k.id = any(?) and k.revoked_at is null and k.expires_at > ? and a.disabled_at is null""")
                .params(listening.stream().map(Program::key).toArray(UUID[]::new), now.atOffset(UTC))
                .query(row -> {
                    may.put(row.getObject("id", UUID.class), rights(row, now));
                });
        return listening.stream()
                .filter(program -> program.may().equals(may.get(program.key())))
                .collect(Collectors.toSet());
    }

    private static boolean isDue(ResultSet row, Instant now) throws SQLException {
        var last = row.getObject("last_used_at", OffsetDateTime.class);
        return last == null || !last.toInstant().plus(USE_IS_NOTED_EVERY).isAfter(now);
    }

    private static Program program(ResultSet row, Instant now) throws SQLException {
        var caller = new Caller(
                new TenantId(row.getObject("organization", UUID.class)),
                new MemberId(row.getObject("account", UUID.class)),
                Role.SERVICE,
                row.getString("name"),
                "",
                row.getString("organization_name"),
                Plan.valueOf(row.getString("plan")),
                Seats.isReadOnly(row, now));
        return new Program(caller, row.getObject("id", UUID.class), rights(row, now));
    }

    /** Taken from the account, gone from its keys. */
    private static Set<Authority> rights(ResultSet row, Instant now) throws SQLException {
        var may = authorities(row.getArray("scopes"));
        may.retainAll(authorities(row.getArray("authorities")));
        if (Seats.isReadOnly(row, now)) may.removeIf(each -> !Role.SERVICE.keepsBeyondThePlan(each));
        return may;
    }

    /** Those that programs may have; whatever else stands in a row counts for nothing. */
    static Set<Authority> authorities(Array column) throws SQLException {
        var known = EnumSet.noneOf(Authority.class);
        Arrays.stream((String[]) column.getArray())
                .flatMap(text -> Authority.of(text).stream())
                .filter(Authority::isForPrograms)
                .forEach(known::add);
        return known;
    }

    /** Bytes that can be a key of a map. */
    private record Hash(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
