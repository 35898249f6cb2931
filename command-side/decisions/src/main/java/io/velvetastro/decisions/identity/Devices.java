package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.MemberId;
import io.velvetastro.questions.OwnAccount.DeviceRow;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What members have signed in with before. */
class Devices {
    private static final int MOST = 20;

    private final JdbcClient db;
    private final Clock clock;

    Devices(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Whether this one has signed in to that account before; asked of every address the same way, whoever has it. */
    boolean isKnown(Origin from, Email typed) {
        return from.cameWithDevice()
                && db.sql("""
                select exists (select from identity.device d join identity.member m on m.id = d.member
                where d.hash = ? and m.email_key = ?)""")
                        .params(Secret.sha256(from.device()), typed.key())
                        .query(Boolean.class)
                        .single();
    }

    /** Whether anybody has signed in with this one. */
    boolean isKnown(Origin from) {
        return from.cameWithDevice()
                && db.sql("select exists (select from identity.device where hash = ?)")
                        .param(Secret.sha256(from.device()))
                        .query(Boolean.class)
                        .single();
    }

    /** Whether somebody who has come before comes with something new, and unlike what they came with then. */
    boolean isNews(MemberId member, Origin from, @Nullable String label, @Nullable String place) {
        return db.sql("""
                select count(*) > 0 and count(*) filter (
                    where hash = :hash or label is not distinct from cast(:label as text) and place is not distinct from cast(:place as text)) = 0
                from identity.device where member = :member""")
                .param("hash", Secret.sha256(from.device()))
                .param("label", label)
                .param("place", place)
                .param("member", member.value())
                .query(Boolean.class)
                .single();
    }

    /** From now on it is known. Programs without a memory for cookies come as somebody new each time: what has come back before stays first. */
    void know(MemberId member, Origin from, @Nullable String label, @Nullable String place) {
        var hash = Secret.sha256(from.device());
        db.sql("""
                insert into identity.device (hash, member, label, place, first_seen_at, last_seen_at)
                values (:hash, :member, :label, :place, :now, :now)
                on conflict (hash, member) do update set last_seen_at = excluded.last_seen_at,
                    label = coalesce(excluded.label, device.label), place = coalesce(excluded.place, device.place)""")
                .param("hash", hash)
                .param("member", member.value())
                .param("label", label)
                .param("place", place)
                .param("now", clock.instant().atOffset(UTC))
                .update();
        db.sql("""
                delete from identity.device where member = :member and hash <> :hash and hash not in (
                    select hash from identity.device where member = :member and hash <> :hash
                    order by (last_seen_at > first_seen_at) desc, last_seen_at desc limit :most)""")
                .param("member", member.value())
                .param("hash", hash)
                .param("most", MOST - 1)
                .update();
    }

    /** The one that this session came with first, then those used last. */
    List<DeviceRow> of(MemberId member, UUID session) {
        return db.sql("""
                select d.id, d.label, d.place, d.first_seen_at, d.last_seen_at, s.id is not null here
                from identity.device d left join identity.session s on s.id = :session and s.device_hash = d.hash
                where d.member = :member order by here desc, d.last_seen_at desc, d.id""")
                .param("session", session)
                .param("member", member.value())
                .query((row, number) -> new DeviceRow(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        row.getString("place"),
                        row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("here")))
                .list();
    }

    /** From now on it is a stranger; by what it was known, or nothing where it is none of theirs. */
    Optional<byte[]> forget(MemberId member, UUID device) {
        return db.sql("delete from identity.device where id = ? and member = ? returning hash")
                .params(device, member.value())
                .query((row, number) -> row.getBytes("hash"))
                .optional();
    }

    /** From now on they are all strangers, but for the one that this session came with. */
    void forgetAll(MemberId member, @Nullable UUID butOf) {
        db.sql("""
                delete from identity.device where member = :member and hash not in (
                    select device_hash from identity.session where id = cast(:session as uuid) and device_hash is not null)""")
                .param("member", member.value())
                .param("session", butOf == null ? null : butOf.toString())
                .update();
    }
}
