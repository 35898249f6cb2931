package io.velvetastro.views.incidents;

import static io.velvetastro.views.jooq.Tables.INCIDENT;
import static io.velvetastro.views.jooq.Tables.INCIDENT_ENTITY;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.selectOne;

import io.velvetastro.language.Disposition;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Incidents.Filter;
import io.velvetastro.questions.Incidents.IncidentById;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Columns;
import io.velvetastro.views.IncidentStatus;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.IncidentRecord;
import io.velvetastro.views.web.Counted;
import io.velvetastro.views.web.Cursor;
import io.velvetastro.views.web.Limits;
import io.velvetastro.views.web.Page;
import io.velvetastro.views.web.People;
import io.velvetastro.views.web.Words;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

/** Answers what is asked about incidents. */
@Component
public class IncidentQueries {
    static final int MOST_ROWS = 200;
    private static final int MOST_NAMES = 50;
    private static final String STATUS = "status";
    private final DSLContext db;
    private final IncidentStory story;
    private final People people;
    private final Clock clock;

    IncidentQueries(@Walled DSLContext db, IncidentStory story, People people, Clock clock) {
        this.db = db;
        this.story = story;
        this.people = people;
        this.clock = clock;
    }

    @QueryHandler
    IncidentPage answer(IncidentList asked) {
        var page = page(asked);
        var status = IncidentStatus.at(clock.instant());
        return new IncidentPage(page.items(), page.next(), Counted.rows(db, INCIDENT, which(asked, status)));
    }

    private static Condition which(IncidentList asked, Field<String> status) {
        return INCIDENT.TENANT.eq(asked.tenant().value()).and(condition(asked.filter(), status));
    }

    /** A page alone: counting all the others is left to who wants to know. */
    Page<IncidentRow> page(IncidentList asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        var cursor = Cursor.of(asked.cursor());
        var status = IncidentStatus.at(clock.instant());
        var rows = db.select(INCIDENT.asterisk(), status.as(STATUS))
                .from(INCIDENT)
                .where(which(asked, status))
                .and(
                        cursor == null
                                ? noCondition()
                                : row(INCIDENT.LAST_AT, INCIDENT.ID).lt(cursor.column(), cursor.id()))
                .orderBy(INCIDENT.LAST_AT.desc(), INCIDENT.ID.desc())
                .limit(limit + 1)
                .fetch();
        var shown = rows.stream().limit(limit).toList();
        var names = names(
                asked.tenant().value(),
                shown.stream().map(found -> found.get(INCIDENT.ID)).toList());
        var items = shown.stream()
                .map(found -> incidentRow(found.into(INCIDENT), found.get(STATUS, String.class), names))
                .toList();
        var next = rows.size() > limit
                ? new Cursor(items.getLast().lastAt(), items.getLast().id().value()).toString()
                : null;
        return new Page<>(items, next);
    }

    @QueryHandler
    List<IncidentDetail> answer(IncidentById asked) {
        var status = IncidentStatus.at(clock.instant());
        var found = db.select(INCIDENT.asterisk(), status.as(STATUS))
                .from(INCIDENT)
                .where(
                        INCIDENT.TENANT.eq(asked.tenant().value()),
                        INCIDENT.ID.eq(asked.incident().value()))
                .fetchOne();
        if (found == null) return List.of();
        var names = names(asked.tenant().value(), List.of(asked.incident().value()));
        return List.of(
                story.of(asked.tenant(), incidentRow(found.into(INCIDENT), found.get(STATUS, String.class), names)));
    }

    private static Condition condition(Filter filter, Field<String> status) {
        var which = noCondition();
        if (!filter.severities().isEmpty())
            which = which.and(INCIDENT.SEVERITY.in(Columns.severities(filter.severities())));
        if (!filter.stages().isEmpty()) which = which.and(INCIDENT.STAGE.in(Columns.stages(filter.stages())));
        if (!filter.statuses().isEmpty()) which = which.and(status.in(Columns.names(filter.statuses())));
        if (filter.assignee() != null)
            which = which.and(INCIDENT.ASSIGNEE.eq(filter.assignee().value()));
        if (filter.from() != null) which = which.and(INCIDENT.LAST_AT.ge(Clean.column(filter.from())));
        if (filter.to() != null) which = which.and(INCIDENT.LAST_AT.lt(Clean.column(filter.to())));
        var text = filter.text();
        var words = Words.contained(text);
        if (text != null && words != null)
            which = which.and(
                    lower(INCIDENT.TITLE).like(words, '\\').or(numbered(text)).or(names(words)));
        return which;
    }

    /** "17" and "INC-17" find the incident of that number. */
    private static Condition numbered(String text) {
        var digits = text.strip().replaceFirst("(?i)^inc-", "");
        return digits.matches("\\d{1,15}") ? INCIDENT.NUMBER.eq(Long.parseLong(digits)) : noCondition();
    }

    private static Condition names(String words) {
        return exists(selectOne()
                .from(INCIDENT_ENTITY)
                .where(INCIDENT_ENTITY.TENANT.eq(INCIDENT.TENANT), INCIDENT_ENTITY.INCIDENT.eq(INCIDENT.ID))
                .and(lower(INCIDENT_ENTITY.NAME).like(words, '\\')));
    }

    private record Names(Map<UUID, Map<String, List<String>>> byIncidentAndKind) {
        List<String> of(UUID incident, String kind) {
            return byIncidentAndKind.getOrDefault(incident, Map.of()).getOrDefault(kind, List.of());
        }
    }

    /** Sources are those who acted; users and hosts whoever had a part in it. First seen, first named. */
    private Names names(UUID tenant, Collection<UUID> incidents) {
        var e = INCIDENT_ENTITY;
        var place = rowNumber()
                .over()
                .partitionBy(e.INCIDENT, e.KIND)
                .orderBy(e.POSITION, e.NAME, e.ENTITY, e.ROLE)
                .as("place");
        var ranked = db.select(e.INCIDENT, e.KIND, e.NAME, place)
                .from(e)
                .where(e.TENANT.eq(tenant), e.INCIDENT.in(incidents))
                .and(e.KIND.ne(Entity.Kind.ADDRESS.name()).or(e.ROLE.eq(Entity.Role.ACTOR.name())))
                .asTable("ranked");
        var names = new HashMap<UUID, Map<String, List<String>>>();
        db.selectFrom(ranked)
                .where(ranked.field(place).le(MOST_NAMES))
                .orderBy(ranked.field(place))
                .forEach(found -> {
                    var list = names.computeIfAbsent(found.get(e.INCIDENT.getName(), UUID.class), i -> new HashMap<>())
                            .computeIfAbsent(
                                    found.get(e.KIND.getName(), String.class), k -> new java.util.ArrayList<>());
                    var name = found.get(e.NAME.getName(), String.class);
                    if (!list.contains(name)) list.add(name);
                });
        return new Names(names);
    }

    private IncidentRow incidentRow(IncidentRecord i, String status, Names names) {
        return new IncidentRow(
                new IncidentId(i.getId()),
                i.getNumber(),
                i.getTitle(),
                Columns.severity(i.getSeverity()),
                Status.valueOf(status),
                Columns.stage(i.getStage()),
                Arrays.stream(i.getStages()).map(Columns::stage).toList(),
                i.getOpenedAt().toInstant(),
                i.getLastAt().toInstant(),
                i.getRecordedAt().toInstant(),
                names.of(i.getId(), Entity.Kind.ADDRESS.name()),
                names.of(i.getId(), Entity.Kind.USER.name()),
                names.of(i.getId(), Entity.Kind.HOST.name()),
                i.getFindings(),
                i.getEvents(),
                Columns.id(i.getAssignee(), MemberId::new),
                people.name(new TenantId(i.getTenant()), Columns.id(i.getAssignee(), MemberId::new)),
                i.getDisposition() == null ? null : Disposition.valueOf(i.getDisposition()),
                Columns.id(i.getMergedInto(), IncidentId::new),
                i.getHistory(),
                i.getSimulated(),
                i.getVersion());
    }
}
