package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.door.Together;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who is in, right now. Every request asks here by primary key, so a session that was ended is over at once and not when its token expires. */
class Sessions {
    static final Duration BROWSER = Duration.ofHours(12);
    static final Duration API = Duration.ofDays(30);

    /** Which door it came through. */
    enum Kind {
        API,
        BROWSER
    }

    private static final String STANDING = """
            select s.id session, s.member, s.organization, m.name, m.email, o.name organization_name, o.plan, ms.role
            from identity.session s
            join identity.member m on m.id = s.member
            join identity.organization o on o.id = s.organization
            join identity.membership ms on ms.organization = s.organization and ms.member = s.member
            where s.id = any(?) and s.ended_at is null and s.expires_at > ? and s.epoch = m.epoch and m.disabled_at is null""";
    private static final int MOST_TOGETHER = 256;

    private final JdbcClient db;
    private final Clock clock;
    private final Together<UUID, Optional<SignedIn>> together = new Together<>(MOST_TOGETHER, this::standing);

    Sessions(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Lets a member into one organisation. */
    SignedIn begin(MemberId member, TenantId organization, Kind kind) {
        var id = UUID.randomUUID();
        var now = clock.instant();
        var lasts = kind == Kind.API ? API : BROWSER;
        db.sql("""
                insert into identity.session (id, member, organization, kind, epoch, started_at, expires_at)
                select ?, m.id, ?, ?, m.epoch, ?, ? from identity.member m where m.id = ?""")
                .params(
                        id,
                        organization.value(),
                        kind.name(),
                        now.atOffset(UTC),
                        now.plus(lasts).atOffset(UTC),
                        member.value())
                .update();
        return standing(id)
                .orElseThrow(() -> new IllegalStateException("a session that has just begun does not stand"));
    }

    /** The member behind a session as they are now, role and all; empty once it is over. */
    Optional<SignedIn> standing(UUID session) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? standing(List.of(session)).getFirst() // What this transaction has just written, only it can see.
                : together.ask(session);
    }

    private List<Optional<SignedIn>> standing(List<UUID> asked) {
        var standing = new HashMap<UUID, SignedIn>();
        db.sql(STANDING)
                .params(
                        asked.stream().distinct().toArray(UUID[]::new),
                        clock.instant().atOffset(UTC))
                .query(Sessions::signedIn)
                .list()
                .forEach(who -> standing.put(who.session(), who));
        return asked.stream()
                .map(session -> Optional.ofNullable(standing.get(session)))
                .toList();
    }

    /** Those of the given sessions that are over. */
    Set<UUID> overAmong(Collection<UUID> sessions) {
        var standing = Set.copyOf(db.sql("""
                select s.id from identity.session s join identity.member m on m.id = s.member
                where s.id = any(?) and s.ended_at is null and s.expires_at > ? and s.epoch = m.epoch and m.disabled_at is null""")
                .params(sessions.toArray(UUID[]::new), clock.instant().atOffset(UTC))
                .query(UUID.class)
                .list());
        return sessions.stream().filter(it -> !standing.contains(it)).collect(Collectors.toSet());
    }

    void end(UUID session, String why) {
        db.sql("update identity.session set ended_at = ?, ended_why = ? where id = ? and ended_at is null")
                .params(clock.instant().atOffset(UTC), why, session)
                .update();
    }

    /** Ends every session of a member by one number: after a new password, a new role, or a lock. */
    void endAll(MemberId member) {
        db.sql("update identity.member set epoch = epoch + 1 where id = ?")
                .param(member.value())
                .update();
    }

    /** Forgets what ended long ago. */
    void forgetBefore(Instant then) {
        db.sql("delete from identity.session where expires_at < ?")
                .param(then.atOffset(UTC))
                .update();
    }

    private static SignedIn signedIn(ResultSet row, int number) throws SQLException {
        var caller = new Caller(
                new TenantId(row.getObject("organization", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                Role.valueOf(row.getString("role")),
                row.getString("name"),
                row.getString("email"),
                row.getString("organization_name"),
                Plan.valueOf(row.getString("plan")));
        return new SignedIn(caller, row.getObject("session", UUID.class));
    }
}
