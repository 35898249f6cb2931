package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.language.AccessEvent.NoticeDenied;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells members what happened to their way in, by letter and in their account, and undoes it where they say it was not them. */
class Notices {
    private static final int MOST_LETTERS = 10;
    private static final int SHOWN = 30;

    private final JdbcClient db;
    private final People people;
    private final Links links;
    private final Letters letters;
    private final Outbox outbox;
    private final Sessions sessions;
    private final SecondSteps steps;
    private final SecondFactors factors;
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

    /**
     * It was somebody else: sessions end, what was known to the account is strange to it, and what was added with that notice
     * goes. Each notice is denied once.
     *
     * @param here the session of a member who is inside and stays; its device stays known
     */
    void deny(MemberId member, UUID notice, @Nullable UUID here) {
        var now = clock.instant();
        var denied = db.sql(
                        "update identity.notice set denied_at = ? where id = ? and member = ? and denied_at is null returning kind, at, organization")
                .params(now.atOffset(UTC), notice, member.value())
                .query((row, number) -> new Denied(
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getObject("at", OffsetDateTime.class),
                        row.getObject("organization", UUID.class)))
                .optional()
                .orElseThrow(Refused::notFound);
        if (here == null) sessions.endAll(member);
        else sessions.endOthers(member, here, "its member says it was not them");
        steps.forget(member);
        devices.forgetAll(member, here);
        switch (denied.kind) {
            case PASSKEY_ADDED ->
                db.sql("delete from identity.passkey where member = ? and created_at >= ?")
                        .params(member.value(), denied.at)
                        .update();
            case SECOND_FACTOR_ON -> factors.forget(member);
            case NEW_DEVICE,
                    PASSWORD_CHANGED,
                    SECOND_FACTOR_OFF,
                    SECOND_FACTOR_RESET,
                    RECOVERY_CODES,
                    PASSKEY_REMOVED,
                    SESSION_STOLEN -> {}
        }
        var fact = new NoticeDenied(new TenantId(denied.organization), member, denied.kind.name(), now);
        if (here == null) record.keepAtTheDoor(fact);
        else record.keep(fact);
    }

    private record Denied(NoticeKind kind, OffsetDateTime at, UUID organization) {}
}
