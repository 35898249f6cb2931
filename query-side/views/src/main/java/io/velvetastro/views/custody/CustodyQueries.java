package io.velvetastro.views.custody;

import static io.velvetastro.views.jooq.Tables.CUSTODY;
import static io.velvetastro.views.jooq.Tables.DRILL;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.velvetastro.language.DrillId;
import io.velvetastro.language.ExportId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics.CustodyLog;
import io.velvetastro.questions.Forensics.CustodyPage;
import io.velvetastro.questions.Forensics.CustodyRow;
import io.velvetastro.questions.Forensics.DrillList;
import io.velvetastro.questions.Forensics.DrillRow;
import io.velvetastro.questions.Forensics.Drills;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.CustodyRecord;
import io.velvetastro.views.web.Counted;
import io.velvetastro.views.web.Cursor;
import io.velvetastro.views.web.Limits;
import io.velvetastro.views.web.People;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers who took evidence, and how the drills went. */
@Component
class CustodyQueries {
    static final int MOST_ROWS = 200;
    private static final String INCIDENT = "incident ";
    private static final String ERASED = "erased";
    private final DSLContext db;
    private final Seals seals;
    private final People people;

    CustodyQueries(@Walled DSLContext db, Seals seals, People people) {
        this.db = db;
        this.seals = seals;
        this.people = people;
    }

    @QueryHandler
    CustodyPage answer(CustodyLog asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        var after = Cursor.of(asked.cursor());
        var mine = CUSTODY.TENANT.eq(asked.tenant().value());
        var rows = db.selectFrom(CUSTODY)
                .where(mine)
                .and(after == null ? noCondition() : row(CUSTODY.AT, CUSTODY.ID).lt(after.column(), after.id()))
                .orderBy(CUSTODY.AT.desc(), CUSTODY.ID.desc())
                .limit(limit + 1)
                .fetch();
        var items = rows.stream()
                .limit(limit)
                .map(found -> custodyRow(asked.tenant(), found))
                .toList();
        var next = rows.size() > limit
                ? new Cursor(items.getLast().at(), items.getLast().id().value()).toString()
                : null;
        return new CustodyPage(items, next, Counted.rows(db, CUSTODY, mine));
    }

    private CustodyRow custodyRow(TenantId tenant, CustodyRecord found) {
        return new CustodyRow(
                new ExportId(found.getId()),
                found.getAt().toInstant(),
                people.actor(tenant, found.getActor()),
                found.getQuestion(),
                incident(found.getQuestion()),
                found.getEvents(),
                found.getReason() == null
                        ? null
                        : seals.open(tenant, Sealed.of(found.getReason())).orElse(ERASED),
                found.getSha256(),
                found.getBytes());
    }

    private static @Nullable IncidentId incident(String question) {
        try {
            return question.startsWith(INCIDENT) ? IncidentId.of(question.substring(INCIDENT.length())) : null;
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    @QueryHandler
    DrillList answer(Drills asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        return new DrillList(db.selectFrom(DRILL)
                .where(DRILL.TENANT.eq(asked.tenant().value()))
                .orderBy(DRILL.AT.desc(), DRILL.ID.desc())
                .limit(limit)
                .fetch(found -> new DrillRow(
                        new DrillId(found.getId()),
                        found.getAt().toInstant(),
                        people.actor(asked.tenant(), found.getActor()),
                        found.getFirstLeaf(),
                        found.getEvents(),
                        found.getEdits(),
                        found.getFound(),
                        found.getFalseAlarms(),
                        found.getMillis())));
    }
}
