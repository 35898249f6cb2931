package io.velvetastro.decisions.telemetry;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.telemetry.Answers.Given;
import io.velvetastro.decisions.telemetry.Answers.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps for a day what requests under an Idempotency-Key were answered; of an organisation that sends too many, the latest. */
@Repository
@DependsOn("intakeMigrations")
class AnswerBook {
    static final Duration KEPT = Duration.ofHours(24);
    /** An answer holds as many rejections itself. */
    private static final int REJECTIONS_ANSWERED = 1000;

    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final JdbcClient db;
    private final Rejections rejections;
    private final InstantSource clock;
    private final int mostATenant;
    private final AtomicLong sweptAtSecond = new AtomicLong();

    AnswerBook(JdbcClient db, Rejections rejections, InstantSource clock, IntakeSettings settings) {
        this.db = db;
        this.rejections = rejections;
        this.clock = clock;
        this.mostATenant = settings.answersPerTenant();
    }

    /** Whether it was the first under its key. */
    boolean keep(Slot slot, Given given) {
        var now = clock.instant();
        var answer = given.answer();
        int kept = db.sql("""
                insert into intake.answered as old
                    (tenant, member, key, request, import_id, accepted, duplicates, skipped, rejected, receipts, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant, member, key) do update
                set request = excluded.request, import_id = excluded.import_id, accepted = excluded.accepted,
                    duplicates = excluded.duplicates, skipped = excluded.skipped, rejected = excluded.rejected,
                    receipts = excluded.receipts, at = excluded.at
                where old.at < ?
                """)
                .params(
                        slot.tenant().value(),
                        slot.member().value(),
                        slot.key(),
                        given.request(),
                        answer.importId(),
                        answer.accepted(),
                        answer.duplicates(),
                        answer.skipped(),
                        answer.rejectedTotal(),
                        answer.receipts().toArray(String[]::new),
                        now.atOffset(UTC),
                        now.minus(KEPT).atOffset(UTC))
                .update();
        sweep(now);
        return kept == 1;
    }

    Optional<Given> read(Slot slot) {
        return db.sql("""
                select request, import_id, accepted, duplicates, skipped, rejected, receipts from intake.answered
                where tenant = ? and member = ? and key = ? and at >= ?
                """)
                .params(
                        slot.tenant().value(),
                        slot.member().value(),
                        slot.key(),
                        clock.instant().minus(KEPT).atOffset(UTC))
                .query((row, n) -> {
                    var id = row.getObject("import_id", UUID.class);
                    long rejected = row.getLong("rejected");
                    var first = rejected == 0
                            ? List.<Answer.Rejection>of()
                            : rejections.page(slot.tenant(), id, -1, REJECTIONS_ANSWERED);
                    return new Given(
                            row.getBytes("request"),
                            new Answer(
                                    id,
                                    row.getLong("accepted"),
                                    row.getLong("duplicates"),
                                    row.getLong("skipped"),
                                    first,
                                    rejected,
                                    List.of((String[]) row.getArray("receipts").getArray())));
                })
                .optional();
    }

    private void sweep(Instant now) {
        long last = sweptAtSecond.get();
        if (now.getEpochSecond() - last < BETWEEN_SWEEPS.toSeconds()) return;
        if (sweptAtSecond.compareAndSet(last, now.getEpochSecond())) forget(now);
    }

    void forget(Instant now) {
        db.sql("delete from intake.answered where at < ?")
                .param(now.minus(KEPT).atOffset(UTC))
                .update();
        db.sql("""
                delete from intake.answered where ctid = any(array(
                    select ctid from (select ctid, row_number() over (partition by tenant order by at desc) as place from intake.answered) as all_of_them
                    where place > ?))
                """).param(mostATenant).update();
    }
}
