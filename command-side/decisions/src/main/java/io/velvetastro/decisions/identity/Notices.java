package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.language.AccessEvent;
import io.velvetastro.language.AccessEvent.NoticeDenied;
import io.velvetastro.language.AccessEvent.PasskeyRemoved;
import io.velvetastro.language.AccessEvent.SecondFactorSwitchedOff;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells members what happened to their way in, by letter and in their account, and undoes it where they say it was not them. */
class Notices {
    private static final int MOST_LETTERS = 10;
    private static final int SHOWN = 30;

    /** What was added later than this has a letter of its own: an old one is no way around a second step. */
    private static final Duration UNDONE_BY_LETTER = Duration.ofDays(1);

    private final JdbcClient db;
    private final People people;
    private final Links links;
    private final Letters letters;
    private final Outbox outbox;
    private final Sessions sessions;
    private final SecondSteps steps;
    private final SecondFactors factors;
    private final RecoveryCodes recovery;
    private final Passkeys passkeys;
    private final Devices devices;
    private final AccessRecord record;
    private final Clock clock;

    Notices(
            JdbcClient db,
            People people,
            Links links,
            Letters letters,
            Outbox outbox,
            Sessions sessions,
            SecondSteps steps,
            SecondFactors factors,
            RecoveryCodes recovery,
            Passkeys passkeys,
            Devices devices,
            AccessRecord record,
            Clock clock) {
        this.db = db;
        this.people = people;
        this.links = links;
        this.letters = letters;
        this.outbox = outbox;
        this.sessions = sessions;
        this.steps = steps;
        this.factors = factors;
        this.recovery = recovery;
        this.passkeys = passkeys;
        this.devices = devices;
        this.record = record;
        this.clock = clock;
    }

    void tell(MemberId member, NoticeKind kind) {
        tell(member, kind, null, null);
    }

    /** In the transaction of what it tells of. A row always; a letter unless there were many this hour. */
    void tell(MemberId member, NoticeKind kind, @Nullable String device, @Nullable String place) {
        var who = people.about(member).orElseThrow();
        var notice = UUID.randomUUID();
        var now = clock.instant();
        db.sql("""
                insert into identity.notice (id, member, organization, kind, device, place, at)
                values (:id, :member, :organization, :kind, :device, :place, :at)""")
                .param("id", notice)
                .param("member", member.value())
                .param("organization", who.tenant().value())
                .param("kind", kind.name())
                .param("device", device)
                .param("place", place)
                .param("at", now.atOffset(UTC))
                .update();
        if (outbox.written(Letters.NOTICE, who.email().text(), now.minus(Duration.ofHours(1))) >= MOST_LETTERS) return;
        letters.notice(
                who.email(),
                kind,
                now,
                device,
                place,
                links.make(
                        Links.Kind.NOT_ME,
                        new Links.Meant(who.email(), member, who.name(), who.organization(), notice)));
    }

    /** Of what may be its owner's own doing, and then comes again each time. */
    void tellOnceADay(MemberId member, NoticeKind kind, @Nullable String device, @Nullable String place) {
        var now = clock.instant();
        if (!told(member, kind, now.minus(Duration.ofDays(1)).plusNanos(1_000), now)) tell(member, kind, device, place);
    }

    List<NoticeRow> of(MemberId member) {
        return db.sql("select * from identity.notice where member = ? order by at desc, id limit ?")
                .params(member.value(), SHOWN)
                .query((row, number) -> new NoticeRow(
                        row.getObject("id", UUID.class),
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getString("device"),
                        row.getString("place"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("denied_at") != null))
                .list();
    }

    void forgetBefore(Instant then) {
        db.sql("delete from identity.notice where at < ?")
                .param(then.atOffset(UTC))
                .update();
    }

    /**
     * It was somebody else: sessions end, what was known to the account is strange to it, and whatever was added with that notice or
     * after it goes; with the letter alone what was added within a day. Each notice is denied once, and while it is news.
     *
     * @param here a member who is inside and stays; their device stays known
     * @return whether a way in was taken away
     */
    boolean deny(MemberId member, UUID notice, @Nullable SignedIn here) {
        var now = clock.instant();
        var denied = db.sql(
                        "update identity.notice set denied_at = ? where id = ? and member = ? and denied_at is null returning kind, at, organization")
                .params(now.atOffset(UTC), notice, member.value())
                .query((row, number) -> new Denied(
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        new TenantId(row.getObject("organization", UUID.class))))
                .optional()
                .orElseThrow(Refused::notFound);
        if (!denied.at.isAfter(now.minus(NoticeRow.DENIABLE_FOR)))
            throw new Refused(NOT_AS_IT_STANDS, "It is too old: change your password and look through your passkeys.");
        var session = here == null ? null : here.session();
        var organization =
                here == null ? denied.organization : here.getPrincipal().tenant();
        Consumer<AccessEvent> keep = here == null ? record::keepAtTheDoor : record::keep;
        steps.forget(member);
        var until = here == null ? denied.at.plus(UNDONE_BY_LETTER) : now;
        var keys = passkeys.forget(member, denied.at, until);
        boolean off = factors.forget(member, denied.at, until);
        // After the ways in: whoever is just coming in by one of them has their session by then.
        if (session == null) sessions.endAll(member);
        else sessions.endOthers(member, session, "its member says it was not them");
        devices.forgetAll(member, session);
        keep.accept(new NoticeDenied(organization, member, denied.kind.name(), now));
        keys.forEach(key -> keep.accept(new PasskeyRemoved(organization, member, key, now)));
        // Told like anything else that happens to their way in: whoever presses the button may be the one who should
        // not be there.
        if (!keys.isEmpty()) tell(member, NoticeKind.PASSKEY_REMOVED);
        if (off) {
            keep.accept(new SecondFactorSwitchedOff(organization, member, now));
            tell(member, NoticeKind.SECOND_FACTOR_OFF);
        } else if (told(member, NoticeKind.RECOVERY_CODES, denied.at, until)) recovery.forget(member);
        return off || !keys.isEmpty();
    }

    private boolean told(MemberId member, NoticeKind kind, Instant from, Instant until) {
        return db.sql(
                        "select exists (select from identity.notice where member = ? and kind = ? and at between ? and ?)")
                .params(member.value(), kind.name(), from.atOffset(UTC), until.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    private record Denied(NoticeKind kind, Instant at, TenantId organization) {}
}
