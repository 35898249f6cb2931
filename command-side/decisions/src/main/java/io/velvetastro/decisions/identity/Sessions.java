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

/**
 * Who is in, right now. Every request asks here by primary key, so a session that was ended is over at once and not when its token expires. One that is used lasts its time and no longer; one that
 * nobody uses ends sooner.
 */
class Sessions {
    static final Duration BROWSER = Duration.ofHours(12);
    static final Duration API = Duration.ofDays(30);

    /** What says that somebody is there: what they did, or a page that goes on by itself. */
    enum Sign {
        USE,
        LISTENING
    }

    /** Which door it came through. */
    enum Kind {
        API,
        BROWSER
    }

    /** A password alone is not enough for whoever has a second factor, or where the organisation asks for one: a session without it is over the moment that is switched on. A passkey is made inside, and that session goes on; none begins beside it with a password alone. */
    private static final String STANDS = """
            s.expires_at > ? and coalesce(s.last_seen_at, s.started_at) > ?
            and s.ended_at is null and s.epoch = m.epoch and m.disabled_at is null
            and (s.second_factor_at is not null
                 or not exists (select from identity.totp t where t.member = m.id and t.confirmed_at is not null)
                    and not exists (select from identity.passkey p where p.member = m.id and p.created_at <= s.started_at)
                    and not exists (select from identity.organization a where a.id = s.organization and a.second_step_since is not null))""";

    private static final String STANDING = """
            select s.id session, s.member, s.organization, s.second_factor_at is not null second_factor, s.last_seen_at,
                   m.name, m.email, o.name organization_name, o.plan, ms.role, ms.beyond_since
            from identity.session s
            join identity.member m on m.id = s.member
            join identity.organization o on o.id = s.organization
            join identity.membership ms on ms.organization = s.organization and ms.member = s.member
            where s.id = any(?) and """ + " " + STANDS;
    private static final int MOST_TOGETHER = 256;
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final Duration idle;
    private final Duration notedEvery;
    private final Clock clock;
    private final Together<Asked, Optional<SignedIn>> together = new Together<>(MOST_TOGETHER, this::standing);

    Sessions(JdbcClient db, Duration idle, Clock clock) {
        if (!idle.isPositive()) throw new IllegalArgumentException("velvet.session.idle has to be longer than nothing");
        this.db = db;
        this.idle = idle;
        this.notedEvery = shorter(USE_IS_NOTED_EVERY, idle.dividedBy(4));
        this.clock = clock;
    }

    private record Asked(UUID session, Sign sign) {}

    /** For so long a session stands that nobody uses. */
    Duration idle() {
        return idle;
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

    /** Lets a member into one organisation. Coming in proves who they are, but for whoever has a passkey and came with the password alone. */
    SignedIn begin(MemberId member, TenantId organization, Coming coming) {
        var id = UUID.randomUUID();
        var now = clock.instant();
        var lasts = coming.kind == Kind.API ? API : BROWSER;
        db.sql("""
                insert into identity.session (id, origin, member, organization, kind, epoch, started_at, last_seen_at, proved_at, expires_at, device, place, device_hash, second_factor_at)
                select :id, :id, m.id, :organization, :kind, m.epoch, :now, :now,
                       case when :second or not exists (select from identity.passkey p where p.member = m.id) then cast(:now as timestamptz) end,
                       :until, :device, :place, :cookie, case when :second then cast(:now as timestamptz) end
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

    /**
     * One like this, of the same strength and by the same door, in another organisation of its member. It is of the same sign-in, takes the place of the one that was there before, and lasts half a day
     * at most. Where that was the first of the sign-in, the one it was switched from is the first now.
     */
    SignedIn another(UUID session, TenantId organization, @Nullable Coming seen) {
        var id = UUID.randomUUID();
        var now = clock.instant();
        var origin = originOf(session);
        mayGoOn(session, organization);
        var replaced = db.sql(
                        "delete from identity.session where origin = ? and organization = ? and id <> ? returning id")
                .params(origin, organization.value(), session)
                .query(UUID.class)
                .list();
        if (replaced.contains(origin))
            db.sql("update identity.session set origin = ? where origin = ?")
                    .params(session, origin)
                    .update();
        db.sql("""
                insert into identity.session (id, origin, member, organization, kind, epoch, started_at, expires_at, device, place, device_hash, second_factor_at)
                select :id, s.origin, s.member, :organization, s.kind, s.epoch, :now, least(s.expires_at, cast(:until as timestamptz)),
                       case when :seen then :device else s.device end, case when :seen then :place else s.place end, s.device_hash, s.second_factor_at
                from identity.session s where s.id = :session and s.ended_at is null""")
                .param("id", id)
                .param("organization", organization.value())
                .param("now", now.atOffset(UTC))
                .param("until", now.plus(BROWSER).atOffset(UTC))
                .param("session", session)
                .param("seen", seen != null)
                .param("device", seen == null ? null : seen.device)
                .param("place", seen == null ? null : seen.place)
                .update();
        return standing(id)
                .orElseThrow(() -> new Refused(NOT_AS_IT_STANDS, "Your session has ended meanwhile. Sign in again."));
    }

    /** With what sign-in it began. Whoever switches twice at once switches one after the other. */
    private UUID originOf(UUID session) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("one session gives way to another, or neither does");
        db.sql(
                        "select m.id from identity.member m join identity.session s on s.member = m.id where s.id = ? for no key update of m")
                .param(session)
                .query(UUID.class)
                .optional();
        return db.sql("select origin from identity.session where id = ?")
                .param(session)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new Refused(NOT_AS_IT_STANDS, "Your session has ended meanwhile. Sign in again."));
    }

    /** A password alone goes on nowhere where more is asked for, whether by the organisation or by whose passkey it is. */
    private void mayGoOn(UUID session, TenantId organization) {
        var refusal = db.sql("""
                select case
                    when s.second_factor_at is not null then null
                    when exists (select from identity.passkey p where p.member = s.member)
                        then 'You came with your password alone, and have a passkey now: sign in with it first.'
                    when exists (select from identity.organization o where o.id = ? and o.second_step_since is not null)
                        then 'That organisation asks for a second step: switch yours on, or sign in with it.' end
                from identity.session s where s.id = ?""")
                .params(organization.value(), session)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single();
        refusal.ifPresent(why -> {
            throw new Refused(NOT_AS_IT_STANDS, why);
        });
    }

    /** Those of a member that stand, newest first. */
    List<SessionRow> of(MemberId member, UUID current) {
        return db.sql("""
                select s.* from identity.session s join identity.member m on m.id = s.member
                where s.member = ? and """ + " " + STANDS + " order by s.started_at desc, s.id limit 200")
                .params(member.value(), clock.instant().atOffset(UTC), unusedSince(clock.instant()))
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

    /** How many ended: it, and what was switched to from it; none for who comes late, and somebody else's is left alone. */
    int endOwn(MemberId member, UUID session, String why) {
        return db.sql("""
                update identity.session set ended_at = :now, ended_why = :why
                where member = :member and ended_at is null and (id = :id
                    or origin = (select first.id from identity.session first where first.id = :id and first.ended_at is null))""")
                .param("now", clock.instant().atOffset(UTC))
                .param("why", why)
                .param("member", member.value())
                .param("id", session)
                .update();
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

    /** Those that came with one device, but for the one that says so. */
    int endOf(MemberId member, byte[] device, UUID but, String why) {
        return db.sql("""
                update identity.session set ended_at = :now, ended_why = :why
                where member = :member and device_hash = :device and id <> :but and ended_at is null and expires_at > :now""")
                .param("now", clock.instant().atOffset(UTC))
                .param("why", why)
                .param("member", member.value())
                .param("device", device)
                .param("but", but)
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

    /** The member behind a session as they are now, role and all; empty once it is over. This is use of it. */
    Optional<SignedIn> standing(UUID session) {
        return standing(session, Sign.USE);
    }

    Optional<SignedIn> standing(UUID session, Sign sign) {
        var asked = new Asked(session, sign);
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? standing(List.of(asked)).getFirst() // What this transaction has just written, only it can see.
                : together.ask(asked);
    }

    /** Whether they are in as they were when they came: a new role is a new session, and so is to read only, or no longer. */
    boolean standsUnchanged(SignedIn who, Sign sign) {
        return asTheyAreNow(who, sign).isPresent();
    }

    /** As they are now, by whatever name and plan; empty once it is over, in another role, or to read only. */
    Optional<SignedIn> asTheyAreNow(SignedIn who, Sign sign) {
        return standing(who.session(), sign).filter(now -> Standing.of(now).equals(Standing.of(who)));
    }

    private List<Optional<SignedIn>> standing(List<Asked> asked) {
        var now = clock.instant();
        var used = asked.stream()
                .filter(each -> each.sign == Sign.USE)
                .map(Asked::session)
                .collect(Collectors.toSet());
        var standing = new HashMap<UUID, SignedIn>();
        var toBeNoted = new ArrayList<UUID>();
        db.sql(STANDING)
                .params(
                        asked.stream().map(Asked::session).distinct().toArray(UUID[]::new),
                        now.atOffset(UTC),
                        unusedSince(now))
                .query((row, number) -> {
                    var who = signedIn(row, now);
                    standing.put(who.session(), who);
                    if (used.contains(who.session()) && isNotedAgain(row, now)) toBeNoted.add(who.session());
                    return who;
                })
                .list();
        if (!toBeNoted.isEmpty())
            db.sql("update identity.session set last_seen_at = ? where id = any(?)")
                    .params(now.atOffset(UTC), toBeNoted.toArray(UUID[]::new))
                    .update();
        return asked.stream()
                .map(each -> Optional.ofNullable(standing.get(each.session)))
                .toList();
    }

    private boolean isNotedAgain(ResultSet row, Instant now) throws SQLException {
        var seen = instant(row, "last_seen_at");
        return seen == null || !seen.plus(notedEvery).isAfter(now);
    }

    /** Use is noted now and then, and nobody is out before their time: so a little later than that. */
    private OffsetDateTime unusedSince(Instant now) {
        return now.minus(idle).minus(notedEvery).atOffset(UTC);
    }

    /**
     * Whether it is over for no other reason than that nobody has used it. Said once, it stays so. With it ends all of its sign-in, also what is in use: who comes back to a session that was left alone ends what
     * was begun from it meanwhile, which may be somebody else's doing.
     */
    boolean endUnused(UUID session) {
        var now = clock.instant();
        boolean unused = db.sql("""
                        update identity.session set ended_at = ?, ended_why = 'not used'
                        where id = ? and ended_at is null and expires_at > ? and coalesce(last_seen_at, started_at) <= ?""")
                        .params(now.atOffset(UTC), session, now.atOffset(UTC), unusedSince(now))
                        .update()
                == 1;
        if (unused) endSignIn(session, "another of its sign-in was not used");
        return unused;
    }

    /** What may change under whoever is in. */
    private record Standing(Role role, boolean readsOnly) {
        static Standing of(SignedIn who) {
            return new Standing(who.getPrincipal().role(), who.getPrincipal().readsOnly());
        }
    }

    /** Those who are in as they were when they came: their session stands, and they may the same. */
    Set<SignedIn> unchangedAmong(Collection<SignedIn> listening) {
        var now = clock.instant();
        var standing = new HashMap<UUID, Standing>();
        db.sql("""
                select s.id, ms.role, ms.beyond_since from identity.session s
                join identity.member m on m.id = s.member
                join identity.membership ms on ms.organization = s.organization and ms.member = s.member
                where s.id = any(?) and """ + " " + STANDS)
                .params(
                        listening.stream().map(SignedIn::session).toArray(UUID[]::new),
                        now.atOffset(UTC),
                        unusedSince(now))
                .query(row -> {
                    standing.put(
                            row.getObject("id", UUID.class),
                            new Standing(Role.valueOf(row.getString("role")), Seats.isReadOnly(row, now)));
                });
        return listening.stream()
                .filter(who -> Standing.of(who).equals(standing.get(who.session())))
                .collect(Collectors.toSet());
    }

    void end(UUID session, String why) {
        db.sql("update identity.session set ended_at = ?, ended_why = ? where id = ? and ended_at is null")
                .params(clock.instant().atOffset(UTC), why, session)
                .update();
    }

    /** It and all that began with the same sign-in, in whatever organisation. */
    void endSignIn(UUID session, String why) {
        db.sql("""
                update identity.session set ended_at = ?, ended_why = ?
                where origin = (select one.origin from identity.session one where one.id = ?) and ended_at is null""").params(clock.instant().atOffset(UTC), why, session).update();
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

    private static SignedIn signedIn(ResultSet row, Instant now) throws SQLException {
        var caller = new Caller(
                new TenantId(row.getObject("organization", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                Role.valueOf(row.getString("role")),
                row.getString("name"),
                row.getString("email"),
                row.getString("organization_name"),
                Plan.valueOf(row.getString("plan")),
                Seats.isReadOnly(row, now));
        return new SignedIn(caller, row.getObject("session", UUID.class), row.getBoolean("second_factor"));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
