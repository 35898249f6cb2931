package io.velvetastro.views.audit;

import static io.velvetastro.views.jooq.Tables.AUDIT;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.velvetastro.language.EventId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Audit;
import io.velvetastro.questions.Audit.AuditFilter;
import io.velvetastro.questions.Audit.AuditLog;
import io.velvetastro.questions.Audit.AuditPage;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.questions.Audit.PlacedRow;
import io.velvetastro.questions.Audit.RecordAfter;
import io.velvetastro.questions.Audit.RecordEnd;
import io.velvetastro.questions.Audit.RecordEndAnswer;
import io.velvetastro.questions.Audit.RecordPiece;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.AuditRecord;
import io.velvetastro.views.web.Cursor;
import io.velvetastro.views.web.Limits;
import io.velvetastro.views.web.People;
import io.velvetastro.views.web.Words;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Answers who decided what, newest first. */
@Component
class AuditQueries {
    static final int MOST_ROWS = 500;
    private final DSLContext db;
    private final People people;

    AuditQueries(@Walled DSLContext db, People people) {
        this.db = db;
        this.people = people;
    }

    @QueryHandler
    AuditPage answer(AuditLog asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        var after = Cursor.of(asked.cursor());
        var rows = db.selectFrom(AUDIT)
                .where(AUDIT.TENANT.eq(asked.tenant().value()))
                .and(condition(asked.filter()))
                .and(
                        after == null
                                ? noCondition()
                                : row(AUDIT.AT, AUDIT.POSITION)
                                        .lt(after.column(), after.id().getLeastSignificantBits()))
                .orderBy(AUDIT.AT.desc(), AUDIT.POSITION.desc())
                .limit(limit + 1)
                .fetch();
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        var next = rows.size() > limit ? cursor(shown.getLast()) : null;
        return new AuditPage(
                shown.stream().map(found -> told(asked.tenant(), found)).toList(), next);
    }

    /** Oldest first. What is parked has its organisation's later entries waiting behind it, so none is passed by. */
    @QueryHandler
    RecordPiece answer(RecordAfter asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        var rows = db.selectFrom(AUDIT)
                .where(AUDIT.TENANT.eq(asked.tenant().value()))
                .and(AUDIT.POSITION.gt(asked.after()))
                .and(asked.upTo() == null ? noCondition() : AUDIT.POSITION.le(asked.upTo()))
                .orderBy(AUDIT.POSITION)
                .limit(limit)
                .fetch();
        return new RecordPiece(rows.stream()
                .map(found -> new PlacedRow(found.getPosition(), told(asked.tenant(), found)))
                .toList());
    }

    @QueryHandler
    RecordEndAnswer answer(RecordEnd asked) {
        var ours = AUDIT.TENANT.eq(asked.tenant().value());
        var last = db.select(max(AUDIT.POSITION)).from(AUDIT).where(ours).fetchSingle(0, Long.class);
        int waiting = db.fetchCount(db.selectOne()
                .from(AUDIT)
                .where(ours)
                .and(AUDIT.POSITION.gt(asked.after()))
                .limit(Math.toIntExact(Audit.MOST_WAITING)));
        return new RecordEndAnswer(last == null ? 0 : last, waiting);
    }

    private static String cursor(AuditRecord last) {
        return new Cursor(last.getAt().toInstant(), new UUID(0, last.getPosition())).toString();
    }

    private static Condition condition(AuditFilter filter) {
        var which = noCondition();
        if (filter.from() != null) which = which.and(AUDIT.AT.ge(Clean.column(filter.from())));
        if (filter.to() != null) which = which.and(AUDIT.AT.lt(Clean.column(filter.to())));
        if (!filter.types().isEmpty())
            which = which.and(
                    AUDIT.TYPE.in(filter.types().stream().map(Clean::text).toList()));
        if (filter.actor() != null) which = which.and(AUDIT.ACTOR.eq(Clean.text(filter.actor())));
        var words = Words.contained(filter.about());
        if (words != null) which = which.and(lower(AUDIT.SAYS).like(words, '\\'));
        return which;
    }

    private AuditRow told(TenantId tenant, AuditRecord found) {
        return new AuditRow(
                new EventId(found.getId()),
                found.getAt().toInstant(),
                found.getType(),
                found.getActor(),
                people.actor(tenant, found.getActor()),
                found.getSays());
    }
}
