package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.door.SealedSecrets;
import io.velvetastro.language.MemberId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who has a second factor, and whether what they give is it. Wrong ones are counted for the member and not for an address, because whoever gives them already knows the password: after five in a row
 * each costs twice the wait of the one before. Where the member is known already, by a device or a session, tries are counted apart, so that nobody who has the password alone keeps them out.
 */
class SecondFactors {
    private static final int FREE = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final JdbcClient db;
    private final SealedSecrets secrets;
    private final RecoveryCodes recovery;
    private final GuessingBrake brake;
    private final TransactionTemplate apart;
    private final Clock clock;

    SecondFactors(
            JdbcClient db,
            SealedSecrets secrets,
            RecoveryCodes recovery,
            GuessingBrake brake,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.db = db;
        this.secrets = secrets;
        this.recovery = recovery;
        this.brake = brake;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(
                TransactionDefinition.PROPAGATION_REQUIRES_NEW); // What was tried stays tried.
        this.clock = clock;
    }

    /** What came of a code. */
    sealed interface Tried {
        record Right(boolean byRecoveryCode) implements Tried {}

        /** @param inARow how many since the last right one: those of who is not known, or those of who is, whose own right ones alone count for that; none where there is nothing to guess */
        record Wrong(int inARow) implements Tried {
            private static final int TOLD_EVERY = 3;

            /** Whether the member should hear of it now: each time it could be more than a slip. */
            boolean isTold() {
                return inARow > 0 && inARow % TOLD_EVERY == 0;
            }
        }

        record TooEarly(Duration retryAfter) implements Tried {}
    }

    boolean has(MemberId member) {
        return db.sql("select exists (select from identity.totp where member = ? and confirmed_at is not null)")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether so many wrong ones came after that moment that what was given then counts no more. */
    boolean isLockedOutSince(MemberId member, Instant then) {
        return db.sql(
                        "select wrong, next_try_at from identity.totp where member = ? and confirmed_at is not null and wrong >= ?")
                .params(member.value(), FREE)
                .query((row, number) -> row.getObject("next_try_at", OffsetDateTime.class)
                        .toInstant()
                        .minus(waitAfter(row.getInt("wrong"))))
                .optional()
                .filter(last -> last.isAfter(then))
                .isPresent();
    }

    /** A code of the app or of the paper; right only once. Of two that try the same at once one is right. */
    Tried tried(MemberId member, String code) {
        return apart.execute(status -> {
            var held = held(member).filter(Held::confirmed);
            if (held.isEmpty()) return new Tried.Wrong(0);
            var now = clock.instant();
            var due = held.get().nextTryAt;
            if (now.isBefore(due)) return new Tried.TooEarly(Duration.between(now, due));
            return fits(held.get(), code)
                    .<Tried>map(right -> {
                        forgive(member);
                        return right;
                    })
                    .orElseGet(() -> wrong(held.get(), now));
        });
    }

    /**
     * The same from where the member is known: tries of their own, which others do not use up.
     *
     * @param where the device or the session
     * @throws NotNow when it was not tried
     */
    Tried triedWhereKnown(String where, MemberId member, String code) {
        brake.beforeCode(member, where);
        var tried = apart.execute(status -> {
            var held = held(member).filter(Held::confirmed);
            if (held.isEmpty()) return new Tried.Wrong(0);
            var right = fits(held.get(), code);
            int wrong = wrongWhereKnown(member, right.isPresent());
            return right.<Tried>map(it -> it).orElseGet(() -> new Tried.Wrong(wrong));
        });
        if (tried instanceof Tried.Right) brake.rightCode(member, where);
        return tried;
    }

    /** Of all their devices and sessions together, and no time forgives: whoever guesses slowly there is told of too. */
    private int wrongWhereKnown(MemberId member, boolean right) {
        return db.sql("""
                update identity.totp set wrong_where_known = case when :right then 0 else wrong_where_known + 1 end,
                    wrong_of_strangers = case when :right then 0 else wrong_of_strangers end
                where member = :member returning wrong_where_known""")
                .param("right", right)
                .param("member", member.value())
                .query(Integer.class)
                .single();
    }

    /** Keeps a new secret beside nothing: it counts once a code of it was given. */
    byte[] begin(MemberId member) {
        var secret = Totp.freshSecret();
        db.sql("""
                insert into identity.totp (member, secret, begun_at) values (?, ?, ?)
                on conflict (member) do update set secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0, wrong = 0, wrong_of_strangers = 0, next_try_at = '-infinity'
                where identity.totp.confirmed_at is null""")
                .params(
                        member.value(),
                        secrets.seal(member, secret),
                        clock.instant().atOffset(UTC))
                .update();
        return secret;
    }

    /** A new secret for somebody who is not in yet, sealed: it counts once its first code was given. */
    byte[] sealedSecret(MemberId member) {
        return secrets.seal(member, Totp.freshSecret());
    }

    byte[] open(MemberId member, byte[] sealed) {
        return secrets.open(member, sealed);
    }

    /** True where the secret counts from now on; false beside another that does already. */
    boolean made(MemberId member, byte[] sealed, long firstStep) {
        var now = clock.instant().atOffset(UTC);
        return db.sql("""
                insert into identity.totp (member, secret, begun_at, confirmed_at, last_step) values (?, ?, ?, ?, ?)
                on conflict (member) do update set secret = excluded.secret, begun_at = excluded.begun_at,
                    confirmed_at = excluded.confirmed_at, last_step = excluded.last_step, wrong = 0, wrong_of_strangers = 0, next_try_at = '-infinity'
                where identity.totp.confirmed_at is null""").params(member.value(), sealed, now, now, firstStep).update() == 1;
    }

    /** The first code of a secret that was begun. */
    Tried triedFirst(MemberId member, String code) {
        return apart.execute(status -> {
            var held = held(member).filter(it -> !it.confirmed());
            if (held.isEmpty()) return new Tried.Wrong(0);
            var now = clock.instant();
            if (now.isBefore(held.get().nextTryAt))
                return new Tried.TooEarly(Duration.between(now, held.get().nextTryAt));
            if (!stepped(held.get(), code)) return wrong(held.get(), now);
            forgive(member);
            return new Tried.Right(false);
        });
    }

    /** Whether the secret counts now: only one whose first code was given, and not one begun meanwhile. */
    boolean switchedOn(MemberId member) {
        return db.sql(
                                "update identity.totp set confirmed_at = ? where member = ? and confirmed_at is null and last_step > 0")
                        .params(clock.instant().atOffset(UTC), member.value())
                        .update()
                == 1;
    }

    void forget(MemberId member) {
        db.sql("delete from identity.totp where member = ?")
                .param(member.value())
                .update();
        recovery.forget(member);
    }

    /** Whether there was one that was switched on between the two; with it go its recovery codes. */
    boolean forget(MemberId member, Instant from, Instant until) {
        boolean added = db.sql("delete from identity.totp where member = ? and confirmed_at between ? and ?")
                        .params(member.value(), from.atOffset(UTC), until.atOffset(UTC))
                        .update()
                == 1;
        if (added) recovery.forget(member);
        return added;
    }

    /** The row is held until the end, so tries come one after the other. */
    private Optional<Held> held(MemberId member) {
        return db.sql("select *, next_try_at = '-infinity' at_once from identity.totp where member = ? for update")
                .param(member.value())
                .query((row, number) -> new Held(
                        member,
                        secrets.open(member, row.getBytes("secret")),
                        row.getObject("confirmed_at") != null,
                        row.getLong("last_step"),
                        row.getInt("wrong"),
                        row.getBoolean("at_once")
                                ? Instant.MIN
                                : row.getObject("next_try_at", OffsetDateTime.class)
                                        .toInstant()))
                .optional();
    }

    private Optional<Tried.Right> fits(Held held, String code) {
        boolean byRecoveryCode = RecoveryCodes.looksLikeOne(code);
        boolean fits = byRecoveryCode ? recovery.use(held.member, code) : stepped(held, code);
        return fits ? Optional.of(new Tried.Right(byRecoveryCode)) : Optional.empty();
    }

    private boolean stepped(Held held, String code) {
        var step = Totp.step(held.secret, code.replaceAll("\\s", ""), clock.instant(), held.lastStep);
        step.ifPresent(it -> db.sql("update identity.totp set last_step = ? where member = ?")
                .params(it, held.member.value())
                .update());
        return step.isPresent();
    }

    private void forgive(MemberId member) {
        db.sql("update identity.totp set wrong = 0, wrong_of_strangers = 0, next_try_at = '-infinity' where member = ?")
                .param(member.value())
                .update();
    }

    private Tried wrong(Held held, Instant now) {
        int inARow = db.sql(
                        "update identity.totp set wrong = ?, next_try_at = ?, wrong_of_strangers = wrong_of_strangers + 1 where member = ? returning wrong_of_strangers")
                .params(held.wrong + 1, now.plus(waitAfter(held.wrong + 1)).atOffset(UTC), held.member.value())
                .query(Integer.class)
                .single();
        return new Tried.Wrong(inARow);
    }

    private static Duration waitAfter(int wrong) {
        if (wrong < FREE) return Duration.ZERO;
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(wrong - FREE, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private record Held(
            MemberId member, byte[] secret, boolean confirmed, long lastStep, int wrong, Instant nextTryAt) {}
}
