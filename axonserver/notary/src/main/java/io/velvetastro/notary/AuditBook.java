package io.velvetastro.notary;

import io.velvetastro.language.TenantId;
import io.velvetastro.notary.StoreAudit.Deviation;
import io.velvetastro.questions.Forensics.AuditAsked;
import io.velvetastro.questions.Forensics.AuditFinding;
import io.velvetastro.questions.Forensics.AuditRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rounds through the whole store: who has asked for one, and what each came to, for whichever process is asked and over every restart. */
final class AuditBook {
    /** A round reads everything; whoever asks again and again must not make it the house's only work. */
    private static final Duration ASKED_AGAIN = Duration.ofMinutes(10);

    private static final int MOST_OF_A_LOG = 20;

    private final LedgerTables tables;
    private final JdbcTemplate db;

    AuditBook(LedgerTables tables) {
        this.tables = tables;
        this.db = tables.db();
    }

    /** Somebody's wish for a round; the later ones come behind. */
    record Wish(long number, Instant at) {}

    /** What a round came to. */
    record Round(
            long answers,
            Instant beganAt,
            Instant endedAt,
            long checkpoint,
            long events,
            List<Deviation> deviations,
            @Nullable String failure) {}

    /** Asks for a round, unless one is asked for already, or has ended just now. */
    AuditAsked ask(TenantId tenant) {
        var waiting = waiting();
        if (waiting.isPresent()) return new AuditAsked(waiting.get().at(), 0);
        var last = db
                .query(
                        "SELECT max(asked_at), extract(epoch FROM ?::interval - (now() - max(asked_at)))::bigint FROM ledger.audits_asked HAVING max(asked_at) > now() - ?::interval",
                        (row, number) -> new AuditAsked(at(row, 1), Math.max(1, row.getLong(2))),
                        ASKED_AGAIN.toString(),
                        ASKED_AGAIN.toString())
                .stream()
                .findFirst();
        if (last.isPresent()) return last.get();
        db.update("INSERT INTO ledger.audits_asked (tenant) VALUES (?)", tenant.value());
        return new AuditAsked(waiting().orElseThrow().at(), 0);
    }

    /** The newest wish, while no round that began after it has ended. */
    Optional<Wish> waiting() {
        return db
                .query(
                        "SELECT number, asked_at FROM ledger.audits_asked WHERE number > coalesce((SELECT max(answers) FROM ledger.audits), 0) ORDER BY number DESC LIMIT 1",
                        (row, number) -> new Wish(row.getLong(1), at(row, 2)))
                .stream()
                .findFirst();
    }

    void insert(Round round) {
        tables.transaction().executeWithoutResult(status -> {
            var number = db.queryForObject(
                    "INSERT INTO ledger.audits (answers, began_at, ended_at, checkpoint, events, deviations, failure) VALUES (greatest(?, coalesce((SELECT max(answers) FROM ledger.audits), 0)), ?, ?, ?, ?, ?, ?) RETURNING number",
                    Long.class,
                    round.answers(),
                    round.beganAt().atOffset(ZoneOffset.UTC),
                    round.endedAt().atOffset(ZoneOffset.UTC),
                    round.checkpoint(),
                    round.events(),
                    round.deviations().size(),
                    round.failure());
            db.batchUpdate(
                    "INSERT INTO ledger.audit_findings (audit, log, number, found, place, what) VALUES (?, ?, ?, ?, ?, ?)",
                    findings(number, round.deviations()));
        });
    }

    private static List<Object[]> findings(@Nullable Long audit, List<Deviation> deviations) {
        var byLog = new HashMap<String, List<Deviation>>();
        deviations.forEach(deviation ->
                byLog.computeIfAbsent(deviation.log(), log -> new ArrayList<>()).add(deviation));
        var rows = new ArrayList<Object[]>();
        byLog.forEach((log, found) -> {
            for (int i = 0; i < Math.min(MOST_OF_A_LOG, found.size()); i++)
                rows.add(new Object[] {
                    audit,
                    log,
                    i,
                    found.size(),
                    found.get(i).place(),
                    found.get(i).what()
                });
        });
        return rows;
    }

    /** What the newest round came to. One that did not end takes nothing back that the one before had found. */
    Optional<Rounds.Last> last() {
        return db
                .query(
                        """
                        SELECT ended_at, events, deviations, failure,
                            (SELECT place || ' ' || what FROM ledger.audit_findings WHERE audit = a.number ORDER BY number, log LIMIT 1)
                        FROM ledger.audits a WHERE number IN (
                            (SELECT max(number) FROM ledger.audits), (SELECT max(number) FROM ledger.audits WHERE failure IS NULL))
                        ORDER BY failure IS NULL AND deviations > 0 DESC, number DESC LIMIT 1""",
                        (row, number) -> new Rounds.Last(
                                at(row, 1), row.getLong(2), row.getInt(3), row.getString(5), row.getString(4)))
                .stream()
                .findFirst();
    }

    /** The newest rounds as one organisation may see them: its own places and those of the house, of the others how many. */
    List<AuditRow> newest(int limit, List<String> logs) {
        var found = new HashMap<Long, List<AuditFinding>>();
        var counts = new HashMap<Long, Map<String, Integer>>();
        db.query(
                "SELECT audit, log, found, place, what FROM ledger.audit_findings WHERE log = ANY (?) AND audit IN (SELECT number FROM ledger.audits ORDER BY number DESC LIMIT ?) ORDER BY audit, number, log",
                row -> {
                    found.computeIfAbsent(row.getLong(1), audit -> new ArrayList<>())
                            .add(new AuditFinding(row.getString(4), row.getString(5)));
                    counts.computeIfAbsent(row.getLong(1), audit -> new HashMap<>())
                            .put(row.getString(2), row.getInt(3));
                },
                logs.toArray(String[]::new),
                limit);
        return db.query(
                "SELECT number, began_at, ended_at, answers > coalesce(lag(answers) OVER (ORDER BY number), 0), events, checkpoint, deviations, failure FROM ledger.audits ORDER BY number DESC LIMIT ?",
                (row, number) -> {
                    long audit = row.getLong(1);
                    int own = counts.getOrDefault(audit, Map.of()).values().stream()
                            .mapToInt(Integer::intValue)
                            .sum();
                    return new AuditRow(
                            audit,
                            at(row, 2),
                            at(row, 3),
                            row.getBoolean(4),
                            row.getLong(5),
                            row.getLong(6),
                            own,
                            row.getInt(7) - own,
                            found.getOrDefault(audit, List.of()),
                            row.getString(8));
                },
                limit);
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
