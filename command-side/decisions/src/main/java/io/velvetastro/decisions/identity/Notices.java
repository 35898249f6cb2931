package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.velvetastro.decisions.identity.Sessions.Coming;
import io.velvetastro.decisions.identity.SignInRecord.Recorded;
import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.language.AccessEvent;
import io.velvetastro.language.AccessEvent.NoticeDenied;
import io.velvetastro.language.AccessEvent.PasskeyRemoved;
import io.velvetastro.language.AccessEvent.SecondFactorSwitchedOff;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import io.velvetastro.questions.OwnAccount.NoticePage;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    private static final int HEARD_AT_A_TIME = 500;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

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
    private final SignInRecord signIns;
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
            SignInRecord signIns,
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
        this.signIns = signIns;
        this.clock = clock;
    }

    void tell(MemberId member, NoticeKind kind) {
        tell(member, kind, null, null);
    }

    /**
     * In the transaction of what it tells of. A row always; a letter unless there were many this hour.
     *
     * @param seen who came, where somebody did
     * @param recorded the sign-in or the try it tells of, where it is one and was recorded
     */
    void tell(MemberId member, NoticeKind kind, @Nullable Coming seen, @Nullable Recorded recorded) {
        tell(member, kind, seen, recorded, null);
    }

    /**
     * Somebody gave a recovery code: its owner, or whoever found the paper.
     *
     * @param left how many there are now
     */
    void tellOfRecoveryCode(MemberId member, @Nullable Coming seen, @Nullable Recorded recorded, int left) {
        tell(member, NoticeKind.RECOVERY_CODE_USED, seen, recorded, left);
    }

    private void tell(
            MemberId member,
            NoticeKind kind,
            @Nullable Coming seen,
            @Nullable Recorded recorded,
            @Nullable Integer codesLeft) {
        var device = seen == null ? null : seen.device();
        var place = seen == null ? null : seen.place();
        var who = people.about(member).orElseThrow();
        var notice = UUID.randomUUID();
        var now = clock.instant();
        db.sql("""
                insert into identity.notice (id, member, organization, kind, device, place, at, attempt, got_in, codes_left)
                values (:id, :member, :organization, :kind, :device, :place, :at, :attempt::jsonb, :gotIn, :left)""")
                .param("id", notice)
                .param("member", member.value())
                .param("organization", who.tenant().value())
                .param("kind", kind.name())
                .param("device", device)
                .param("place", place)
                .param("at", now.atOffset(UTC))
                .param("attempt", recorded == null ? null : written(recorded.attempt()))
                .param("gotIn", recorded == null ? null : recorded.gotIn())
                .param("left", codesLeft)
                .update();
        if (outbox.written(Letters.NOTICE, who.email().text(), now.minus(Duration.ofHours(1))) >= MOST_LETTERS) return;
        letters.notice(
                who.email(),
                kind,
                now,
                device,
                place,
                codesLeft,
                links.make(
                        Links.Kind.NOT_ME,
                        new Links.Meant(who.email(), member, who.name(), who.organization(), notice)));
    }

    /** Of what may be its owner's own doing, and then comes again each time. */
    void tellOnceADay(MemberId member, NoticeKind kind, @Nullable Coming seen, @Nullable Recorded recorded) {
        var now = clock.instant();
        if (!told(member, kind, now.minus(Duration.ofDays(1)).plusNanos(1_000), now))
            tell(member, kind, seen, recorded);
    }

    /** What has been forgotten meanwhile has nothing after it either. */
    NoticePage of(MemberId member, @Nullable UUID after) {
        var rows = db.sql("""
                select * from identity.notice where member = :member and (cast(:after as uuid) is null
                    or (at, id) < (select at, id from identity.notice where id = cast(:after as uuid) and member = :member))
                order by at desc, id desc limit :limit""")
                .param("member", member.value())
                .param("after", after == null ? null : after.toString())
                .param("limit", SHOWN + 1)
                .query((row, number) -> new NoticeRow(
                        row.getObject("id", UUID.class),
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getString("device"),
                        row.getString("place"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("codes_left", Integer.class),
                        row.getObject("denied_at") != null))
                .list();
        var shown = rows.subList(0, Math.min(SHOWN, rows.size()));
        return new NoticePage(
                List.copyOf(shown), rows.size() > SHOWN ? shown.getLast().id() : null);
    }

    void forgetBefore(Instant then) {
        db.sql("delete from identity.notice where at < ?")
                .param(then.atOffset(UTC))
                .update();
    }

    /**
     * It was somebody else: sessions end, what was known to the account is strange to it, and whatever was added with that notice or
     * after it goes; with the letter alone what was added within a day. Each notice is denied once, and while it is news. Detection
     * hears of it where the notice tells of a sign-in.
     *
     * @param here a member who is inside and stays; their device stays known
     * @return whether a way in was taken away
     */
    boolean deny(MemberId member, UUID notice, @Nullable SignedIn here) {
        var now = clock.instant();
        var denied = db.sql(
                        "update identity.notice set denied_at = ? where id = ? and member = ? and denied_at is null returning kind, at, organization, attempt, got_in")
                .params(now.atOffset(UTC), notice, member.value())
                .query((row, number) -> new Denied(
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        new TenantId(row.getObject("organization", UUID.class)),
                        recorded(row)))
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
        if (denied.recorded != null) hear(member, notice, denied.recorded, now);
        keys.forEach(key -> keep.accept(new PasskeyRemoved(organization, member, key, now)));
        // Told like anything else that happens to their way in: whoever presses the button may be the one who should
        // not be there.
        if (!keys.isEmpty()) tell(member, NoticeKind.PASSKEY_REMOVED);
        if (off) {
            keep.accept(new SecondFactorSwitchedOff(organization, member, now));
            tell(member, NoticeKind.SECOND_FACTOR_OFF);
        } else if (denied.kind == NoticeKind.RECOVERY_CODE_USED // Somebody else has the paper.
                || told(member, NoticeKind.RECOVERY_CODES, denied.at, until)) recovery.forget(member);
        return off || !keys.isEmpty();
    }

    /** What could not be recorded when it was said: who floods the intake does not silence an account's owner. */
    void hearWhatWaits() {
        db.sql("""
                select id, member, denied_at, attempt, got_in from identity.notice
                where attempt is not null and denied_at is not null and heard_at is null order by denied_at limit ?""")
                .param(HEARD_AT_A_TIME)
                .query((row, number) -> new Waiting(
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getObject("id", UUID.class),
                        requireNonNull(recorded(row)),
                        row.getObject("denied_at", OffsetDateTime.class).toInstant()))
                .list()
                .forEach(waiting -> hear(waiting.member, waiting.notice, waiting.recorded, waiting.deniedAt));
    }

    private void hear(MemberId member, UUID notice, Recorded recorded, Instant deniedAt) {
        if (!signIns.denied(member, notice, recorded, deniedAt)) return;
        db.sql("update identity.notice set heard_at = ? where id = ?")
                .params(clock.instant().atOffset(UTC), notice)
                .update();
    }

    private static String written(Attempt attempt) {
        try {
            return JSON.writeValueAsString(attempt);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an attempt has a JSON form", impossible);
        }
    }

    private static @Nullable Recorded recorded(ResultSet row) throws SQLException {
        var attempt = row.getString("attempt");
        if (attempt == null) return null;
        try {
            return new Recorded(JSON.readValue(attempt, Attempt.class), row.getBoolean("got_in"));
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a notice tells of something that is no attempt", damaged);
        }
    }

    private boolean told(MemberId member, NoticeKind kind, Instant from, Instant until) {
        return db.sql(
                        "select exists (select from identity.notice where member = ? and kind = ? and at between ? and ?)")
                .params(member.value(), kind.name(), from.atOffset(UTC), until.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    private record Denied(
            NoticeKind kind,
            Instant at,
            TenantId organization,
            @Nullable Recorded recorded) {}

    private record Waiting(MemberId member, UUID notice, Recorded recorded, Instant deniedAt) {}
}
