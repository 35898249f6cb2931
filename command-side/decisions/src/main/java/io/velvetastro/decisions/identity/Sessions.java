package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.door.Together;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.OwnAccount.SessionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    /** A password alone is not enough for whoever has a second factor, or where the organisation asks for one: a session without it is over the moment that is switched on. */
    private static final String STANDS = """
            s.ended_at is null and s.epoch = m.epoch and m.disabled_at is null
            and (s.second_factor_at is not null
                 or not exists (select from identity.totp t where t.member = m.id and t.confirmed_at is not null)
                    and not exists (select from identity.organization a where a.id = s.organization and a.second_step_since is not null))""";

    private static final String STANDING = """
            select s.id session, s.member, s.organization, s.second_factor_at is not null second_factor, s.last_seen_at,
                   m.name, m.email, o.name organization_name, o.plan, ms.role
            from identity.session s
            join identity.member m on m.id = s.member
            join identity.organization o on o.id = s.organization
            join identity.membership ms on ms.organization = s.organization and ms.member = s.member
            where s.id = any(?) and s.expires_at > ? and """ + " " + STANDS;
    private static final int MOST_TOGETHER = 256;
    private static final Duration SEEN_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final Clock clock;
    private final Together<UUID, Optional<SignedIn>> together = new Together<>(MOST_TOGETHER, this::standing);

    Sessions(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * How somebody came: what they will know the session by, and whether they gave more than a password.
     *
     * @param cookie by what the device is known again
     */
    record Coming(
            Kind kind,
            @Nullable String device,
            @Nullable String place,
            @Nullable String cookie,
            boolean withSecondFactor) {
        static Coming by(Kind kind) {
            return new Coming(kind, null, null, null, false);
        }

        @Override
        public String toString() {
            return "Coming";
        }
    }

    /** Lets a member into one organisation. */
    SignedIn begin(MemberId member, TenantId organization, Coming coming) {
        var id = UUID.randomUUID();
        var now = clock.instant();
        var lasts = coming.kind == Kind.API ? API : BROWSER;
        db.sql("""
                insert into identity.session (id, member, organization, kind, epoch, started_at, proved_at, expires_at, device, place, device_hash, second_factor_at)
                select :id, m.id, :organization, :kind, m.epoch, :now, :now, :until, :device, :place, :cookie,
                       case when :second then cast(:now as timestamptz) end
                from identity.member m where m.id = :member""")
                .param("id", id)
                .param("organization", organization.value())
                .param("kind", coming.kind.name())
                .param("now", now.atOffset(UTC))
                .param("until", now.plus(lasts).atOffset(UTC))
                .param("device", coming.device)
                .param("place", coming.place)
                .param("cookie", coming.cookie == null ? null : Secret.sha256(coming.cookie), java.sql.Types.BINARY)
                .param("second", coming.withSecondFactor)
                .param("member", member.value())
                .update();
        return standing(id)
                .orElseThrow(() -> new IllegalStateException("a session that has just begun does not stand"));
    }

    /** One like this, of the same strength and by the same door, in another organisation of its member. */
    SignedIn another(UUID session, TenantId organization) {
        var id = UUID.randomUUID();
        int made = db.sql("""
                insert into identity.session (id, member, organization, kind, epoch, started_at, expires_at, device, place, device_hash, second_factor_at)
                select :id, s.member, :organization, s.kind, s.epoch, :now, s.expires_at, s.device, s.place, s.device_hash, s.second_factor_at
                from identity.session s join identity.organization o on o.id = :organization
                where s.id = :session and s.ended_at is null and (s.second_factor_at is not null or o.second_step_since is null)""")
                .param("id", id)
                .param("organization", organization.value())
                .param("now", clock.instant().atOffset(UTC))
                .param("session", session)
                .update();
        return Optional.of(made)
                .filter(one -> one == 1)
                .flatMap(one -> standing(id))
                .orElseThrow(() -> new Refused(
                        NOT_AS_IT_STANDS,
                        "That organisation asks for a second step: switch yours on, or sign in with it."));
    }

    /** Those of a member that stand, newest first. */
    List<SessionRow> of(MemberId member, UUID current) {
        return db.sql("""
                select s.* from identity.session s join identity.member m on m.id = s.member
                where s.member = ? and s.expires_at > ? and """ + " " + STANDS + " order by s.started_at desc, s.id limit 200")
                .params(member.value(), clock.instant().atOffset(UTC))
                .query((row, number) -> new SessionRow(
                        row.getObject("id", UUID.class),
                        row.getString("kind").toLowerCase(Locale.ROOT),
                        row.getString("device"),
                        row.getString("place"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        instant(row, "last_seen_at"),
                        row.getObject("second_factor_at") != null,
                        row.getObject("id", UUID.class).equals(current)))
                .list();
    }

    /** True for the one call that ended it; somebody else's is left alone. */
    boolean endOwn(MemberId member, UUID session, String why) {
        return db.sql(
                                "update identity.session set ended_at = ?, ended_why = ? where id = ? and member = ? and ended_at is null")
                        .params(clock.instant().atOffset(UTC), why, session, member.value())
                        .update()
                == 1;
    }

    int endOthers(MemberId member, UUID but, String why) {
        return db.sql(
                        "update identity.session set ended_at = ?, ended_why = ? where member = ? and id <> ? and ended_at is null and expires_at > ?")
                .params(
                        clock.instant().atOffset(UTC),
                        why,
                        member.value(),
                        but,
                        clock.instant().atOffset(UTC))
                .update();
    }

    /** For who no longer belongs there; screens that only listen hear it within seconds. */
    void endIn(MemberId member, TenantId organization, String why) {
        db.sql(
                        "update identity.session set ended_at = ?, ended_why = ? where member = ? and organization = ? and ended_at is null")
                .params(clock.instant().atOffset(UTC), why, member.value(), organization.value())
                .update();
    }

    /** Its member has just given the second factor. */
    void strengthen(UUID session) {
        db.sql("update identity.session set second_factor_at = ? where id = ?")
                .params(clock.instant().atOffset(UTC), session)
                .update();
    }

    /** The member behind a session as they are now, role and all; empty once it is over. */
    Optional<SignedIn> standing(UUID session) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? standing(List.of(session)).getFirst() // What this transaction has just written, only it can see.
                : together.ask(session);
    }

    private List<Optional<SignedIn>> standing(List<UUID> asked) {
        var now = clock.instant();
        var standing = new HashMap<UUID, SignedIn>();
        var unseen = new ArrayList<UUID>();
        db.sql(STANDING)
                .params(asked.stream().distinct().toArray(UUID[]::new), now.atOffset(UTC))
                .query((row, number) -> {
                    var who = signedIn(row);
                    standing.put(who.session(), who);
                    var seen = instant(row, "last_seen_at");
                    if (seen == null || !seen.plus(SEEN_IS_NOTED_EVERY).isAfter(now)) unseen.add(who.session());
                    return who;
                })
                .list();
        if (!unseen.isEmpty())
            db.sql("update identity.session set last_seen_at = ? where id = any(?)")
                    .params(now.atOffset(UTC), unseen.toArray(UUID[]::new))
                    .update();
        return asked.stream()
                .map(session -> Optional.ofNullable(standing.get(session)))
                .toList();
    }

    /** Those who are in as they were when they came: their session stands, and their role is the same. */
    Set<SignedIn> unchangedAmong(Collection<SignedIn> listening) {
        var roles = new HashMap<UUID, Role>();
        db.sql("""
                select s.id, ms.role from identity.session s
                join identity.member m on m.id = s.member
                join identity.membership ms on ms.organization = s.organization and ms.member = s.member
                where s.id = any(?) and s.expires_at > ? and """ + " " + STANDS)
                .params(
                        listening.stream().map(SignedIn::session).toArray(UUID[]::new),
                        clock.instant().atOffset(UTC))
                .query(row -> {
                    roles.put(row.getObject("id", UUID.class), Role.valueOf(row.getString("role")));
                });
        return listening.stream()
                .filter(who -> who.getPrincipal().role() == roles.get(who.session()))
                .collect(Collectors.toSet());
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

    private static SignedIn signedIn(ResultSet row) throws SQLException {
        var caller = new Caller(
                new TenantId(row.getObject("organization", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                Role.valueOf(row.getString("role")),
                row.getString("name"),
                row.getString("email"),
                row.getString("organization_name"),
                Plan.valueOf(row.getString("plan")));
        return new SignedIn(caller, row.getObject("session", UUID.class), row.getBoolean("second_factor"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
