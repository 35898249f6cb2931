package io.velvetastro.decisions.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.door.SealedSecrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where letters lie until they are sent: rows of the transaction that made them necessary, so that neither is without the other. Their words are sealed and go once they were sent. */
public class Outbox {
    private static final Duration TAKEN_FOR = Duration.ofMinutes(5);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);
    private static final int SHOWN = 200;

    private final JdbcClient db;
    private final SealedSecrets seal;
    private final Clock clock;

    public Outbox(JdbcClient db, SealedSecrets seal, Clock clock) {
        this.db = db;
        this.seal = seal;
        this.clock = clock;
    }

    /** A letter as a list shows it. */
    public record Row(
            UUID id,
            String kind,
            String to,
            Instant writtenAt,
            Instant goodUntil,
            @Nullable Instant sentAt,
            int tries) {}

    /** What it says. */
    public record Words(String subject, String text) {
        @Override
        public String toString() {
            return "Words";
        }
    }

    /** One that is to be sent now. */
    record Due(UUID id, String to, Words words, int tries, Instant goodUntil) {}

    public void write(Letter letter) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("a letter is written with what it tells of, or not at all");
        var id = UUID.randomUUID();
        var now = clock.instant();
        db.sql("""
                insert into identity.letter (id, kind, recipient, words, written_at, good_until, next_try_at)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        id,
                        letter.kind(),
                        letter.to(),
                        seal.seal(id, (letter.subject() + "\n" + letter.text()).getBytes(UTF_8)),
                        now.atOffset(UTC),
                        now.plus(letter.goodFor()).atOffset(UTC),
                        now.atOffset(UTC))
                .update();
    }

    /** How many letters of a kind somebody was written since then: nobody's mailbox is to be filled through our door. */
    public int written(String kind, String to, Instant since) {
        return db.sql(
                        "select count(*) from identity.letter where lower(recipient) = lower(?) and kind = ? and written_at > ?")
                .params(to, kind, since.atOffset(UTC))
                .query(Integer.class)
                .single();
    }

    public List<Row> newest() {
        return db.sql("select * from identity.letter order by written_at desc, id limit ?")
                .param(SHOWN)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("recipient"),
                        instant(row, "written_at"),
                        instant(row, "good_until"),
                        row.getObject("sent_at") == null ? null : instant(row, "sent_at"),
                        row.getInt("tries")))
                .list();
    }

    public Optional<Words> words(UUID letter) {
        return db.sql("select words from identity.letter where id = ? and words is not null and good_until > ?")
                .params(letter, clock.instant().atOffset(UTC))
                .query(byte[].class)
                .optional()
                .map(words -> opened(letter, words));
    }

    /** The oldest that are due, and invitations last: a new password is waited for. Each is nobody else's for five minutes, and is tried again if nothing more is heard of it. */
    List<Due> take(int most) {
        var now = clock.instant();
        return db.sql("""
                update identity.letter set tries = tries + 1, next_try_at = ?
                where id in (select id from identity.letter
                             where sent_at is null and words is not null and next_try_at <= ? and good_until > ?
                             order by kind = 'invitation', next_try_at limit ? for update skip locked)
                returning *""")
                .params(now.plus(TAKEN_FOR).atOffset(UTC), now.atOffset(UTC), now.atOffset(UTC), most)
                .query((row, number) -> {
                    var id = row.getObject("id", UUID.class);
                    return new Due(
                            id,
                            row.getString("recipient"),
                            opened(id, row.getBytes("words")),
                            row.getInt("tries"),
                            instant(row, "good_until"));
                })
                .list();
    }

    void sent(Due letter) {
        db.sql("update identity.letter set sent_at = ?, words = null where id = ?")
                .params(clock.instant().atOffset(UTC), letter.id)
                .update();
    }

    /** It could not be sent now; each time it waits twice as long. */
    void held(Due letter) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(letter.tries - 1, 10));
        var next = clock.instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        db.sql("update identity.letter set next_try_at = ? where id = ? and sent_at is null")
                .params(next.atOffset(UTC), letter.id)
                .update();
    }

    /** What is of no use any more loses its words at once, and its row after a month. */
    void sweep() {
        var now = clock.instant();
        db.sql("update identity.letter set words = null where words is not null and good_until <= ?")
                .param(now.atOffset(UTC))
                .update();
        db.sql("delete from identity.letter where written_at < ?")
                .param(now.minus(Duration.ofDays(30)).atOffset(UTC))
                .update();
    }

    private Words opened(UUID letter, byte[] words) {
        var whole = new String(seal.open(letter, words), UTF_8);
        int end = whole.indexOf('\n');
        return new Words(whole.substring(0, end), whole.substring(end + 1));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
