package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.MemberId;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands behind the # of links in letters. Whoever has one has the mailbox; it is good once and for a while, and only its hash is kept. */
class Links {
    /** What a link is for, and for how long. */
    enum Kind {
        REGISTER(Duration.ofHours(24)),
        /** As long as {@link Errands} writes no more letters: whoever else asked for them, one of the links is good. */
        RESET(Errands.IN),
        NOT_ME(NoticeRow.DENIABLE_FOR);

        final Duration lasts;

        Kind(Duration lasts) {
            this.lasts = lasts;
        }
    }

    private final JdbcClient db;
    private final Clock clock;

    Links(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** What it stands for: a member, or who wants to become one. */
    record Meant(
            Email email,
            @Nullable MemberId member,
            String name,
            String organization,
            @Nullable UUID notice) {
        Meant(Email email, @Nullable MemberId member, String name, String organization) {
            this(email, member, name, organization, null);
        }
    }

    String make(Kind kind, Meant meant) {
        var token = Secret.fresh();
        db.sql("""
                insert into identity.link (hash, kind, email, member, name, organization, notice, expires_at)
                values (:hash, :kind, :email, :member, :name, :organization, :notice, :until)""")
                .param("hash", Secret.sha256(token))
                .param("kind", kind.name())
                .param("email", meant.email.text())
                .param("member", meant.member == null ? null : meant.member.value(), java.sql.Types.OTHER)
                .param("name", meant.name)
                .param("organization", meant.organization)
                .param("notice", meant.notice, java.sql.Types.OTHER)
                .param("until", clock.instant().plus(kind.lasts).atOffset(UTC))
                .update();
        return token;
    }

    Optional<Meant> of(Kind kind, String token) {
        return db.sql(
                        "select email, member, name, organization, notice from identity.link where hash = ? and kind = ? and used_at is null and expires_at > ?")
                .params(Secret.sha256(token), kind.name(), clock.instant().atOffset(UTC))
                .query((row, number) -> {
                    var member = row.getObject("member", UUID.class);
                    return new Meant(
                            new Email(row.getString("email")),
                            member == null ? null : new MemberId(member),
                            row.getString("name"),
                            row.getString("organization"),
                            row.getObject("notice", UUID.class));
                })
                .optional();
    }

    /** True for the one call that used it. */
    boolean use(Kind kind, String token) {
        var now = clock.instant().atOffset(UTC);
        return db.sql(
                                "update identity.link set used_at = ? where hash = ? and kind = ? and used_at is null and expires_at > ?")
                        .params(now, Secret.sha256(token), kind.name(), now)
                        .update()
                == 1;
    }

    /** The others of the same kind open nothing any more. */
    void voidThose(Kind kind, MemberId of) {
        db.sql("update identity.link set used_at = ? where member = ? and kind = ? and used_at is null")
                .params(clock.instant().atOffset(UTC), of.value(), kind.name())
                .update();
    }

    void forgetBefore(Instant then) {
        db.sql("delete from identity.link where expires_at < ?")
                .param(then.atOffset(UTC))
                .update();
    }
}
