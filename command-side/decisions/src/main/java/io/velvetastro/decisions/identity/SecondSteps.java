package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.MemberId;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Those who knew the password and owe the second factor. What they hold meanwhile opens nothing. */
class SecondSteps {
    private static final Duration LASTS = Duration.ofMinutes(5);
    private static final int MOST_WRONG = 5;

    private final JdbcClient db;
    private final Clock clock;

    SecondSteps(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Who owes it, and since when. */
    record Owing(MemberId member, TenantId organization, Email email, Instant since) {}

    String begin(MemberId member, TenantId organization) {
        var token = Secret.fresh();
        db.sql("insert into identity.second_step (hash, member, organization, expires_at) values (?, ?, ?, ?)")
                .params(
                        Secret.sha256(token),
                        member.value(),
                        organization.value(),
                        clock.instant().plus(LASTS).atOffset(UTC))
                .update();
        return token;
    }

    Optional<Owing> of(String token) {
        return db.sql("""
                select s.member, s.organization, s.expires_at, m.email from identity.second_step s join identity.member m on m.id = s.member
                where s.hash = ? and s.expires_at > ? and s.wrong < ? and m.disabled_at is null""")
                .params(Secret.sha256(token), clock.instant().atOffset(UTC), MOST_WRONG)
                .query((row, number) -> new Owing(
                        new MemberId(row.getObject("member", UUID.class)),
                        new TenantId(row.getObject("organization", UUID.class)),
                        new Email(row.getString("email")),
                        row.getObject("expires_at", OffsetDateTime.class)
                                .toInstant()
                                .minus(LASTS)))
                .optional();
    }

    void wrong(String token) {
        db.sql("update identity.second_step set wrong = wrong + 1 where hash = ?")
                .param(Secret.sha256(token))
                .update();
    }

    /** Whoever is between the steps begins again. */
    void forget(MemberId member) {
        db.sql("delete from identity.second_step where member = ?")
                .param(member.value())
                .update();
    }

    /** The sealed secret that was made for this sign-in, which waits for its first code. */
    Optional<byte[]> secret(String token) {
        return db.sql("select secret from identity.second_step where hash = ? and secret is not null")
                .param(Secret.sha256(token))
                .query(byte[].class)
                .optional();
    }

    void keep(String token, byte[] sealed) {
        db.sql("update identity.second_step set secret = ? where hash = ?")
                .params(sealed, Secret.sha256(token))
                .update();
    }

    /** True for the one call that may go on. */
    boolean finish(String token) {
        return db.sql("delete from identity.second_step where hash = ?")
                        .param(Secret.sha256(token))
                        .update()
                == 1;
    }

    void forgetBefore(Instant then) {
        db.sql("delete from identity.second_step where expires_at < ?")
                .param(then.atOffset(UTC))
                .update();
    }
}
