package io.velvetastro.views.attacks;

import static io.velvetastro.views.jooq.Tables.ATTACK;
import static io.velvetastro.views.jooq.Tables.ATTACK_ENTITY;
import static io.velvetastro.views.jooq.Tables.FINDING;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Place;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks.AttackDetail;
import io.velvetastro.questions.Attacks.AttackDetails;
import io.velvetastro.questions.Attacks.AttackFacets;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.EntityRow;
import io.velvetastro.questions.Attacks.FacetCounts;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.views.Columns;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.AttackRecord;
import io.velvetastro.views.web.Cursor;
import io.velvetastro.views.web.Limits;
import io.velvetastro.views.web.Page;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what is asked about the feed. */
@Component
public class AttackQueries {
    static final int MOST_ROWS = 500;
    private static final int MOST_EVIDENCE = 1_000;
    private static final int MOST_ENTITIES = 500;
    private static final ObjectMapper JSON_FORM = new ObjectMapper();
    private final DSLContext db;
    private final AttackCounts counts;

    AttackQueries(@Walled DSLContext db) {
        this.db = db;
        this.counts = new AttackCounts(db);
    }

    @QueryHandler
    AttackPage answer(AttackFeed asked) {
        var page = page(asked);
        return new AttackPage(page.items(), page.next(), counts.total(asked.tenant(), asked.filter()));
    }

    /** A page alone: counting all the others is left to who wants to know. */
    Page<AttackRow> page(AttackFeed asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        var cursor = Cursor.of(asked.cursor());
        var rows = db.selectFrom(ATTACK)
                .where(AttackFilter.of(asked.tenant(), asked.filter()))
                .and(
                        cursor == null
                                ? noCondition()
                                : row(ATTACK.LAST_AT, ATTACK.ID).lt(cursor.column(), cursor.id()))
                .orderBy(ATTACK.LAST_AT.desc(), ATTACK.ID.desc())
                .limit(limit + 1)
                .fetch();
        var items = rows.stream().limit(limit).map(AttackQueries::attackRow).toList();
        var next = rows.size() > limit
                ? new Cursor(items.getLast().at(), items.getLast().id().value()).toString()
                : null;
        return new Page<>(items, next);
    }

    @QueryHandler
    FacetCounts answer(AttackFacets asked) {
        return counts.facets(asked.tenant(), asked.filter());
    }

    /** The facets of a span, for whoever shows figures. */
    public FacetCounts counts(TenantId tenant, Instant from, Instant to) {
        return counts.facets(
                tenant, new Filter(from, to, Set.of(), Set.of(), Set.of(), Set.of(), null, null, null, null));
    }

    @QueryHandler
    List<AttackDetail> answer(AttackDetails asked) {
        return db.select(
                        ATTACK.asterisk(),
                        FINDING.RULE_VERSION,
                        FINDING.SCORE,
                        FINDING.EXPLANATION,
                        FINDING.WHY,
                        FINDING.TECHNIQUES,
                        FINDING.RECORDED_AT)
                .from(ATTACK)
                .join(FINDING)
                .on(FINDING.TENANT.eq(ATTACK.TENANT), FINDING.ID.eq(ATTACK.FINDING))
                .where(
                        ATTACK.TENANT.eq(asked.tenant().value()),
                        ATTACK.ID.eq(asked.series().value()))
                .fetch(found -> new AttackDetail(
                        attackRow(found.into(ATTACK)),
                        found.get(FINDING.RULE_VERSION),
                        found.get(FINDING.SCORE),
                        found.get(FINDING.EXPLANATION),
                        weights(found.get(FINDING.WHY)),
                        techniques(found.get(FINDING.TECHNIQUES)),
                        entities(asked.tenant(), asked.series()),
                        evidence(asked.tenant(), asked.series()),
                        found.get(FINDING.RECORDED_AT).toInstant()));
    }

    private List<EntityRow> entities(TenantId tenant, SeriesId series) {
        var e = ATTACK_ENTITY;
        return db.selectFrom(e)
                .where(e.TENANT.eq(tenant.value()), e.SERIES.eq(series.value()))
                .orderBy(e.POSITION, e.ROLE, e.KIND, e.NAME, e.ENTITY)
                .limit(MOST_ENTITIES)
                .fetch(found -> new EntityRow(
                        Entity.Kind.valueOf(found.getKind()),
                        Entity.Role.valueOf(found.getRole()),
                        found.getEntity(),
                        found.getName()));
    }

    /** What all findings of the series rest on, oldest finding first. */
    private List<EventId> evidence(TenantId tenant, SeriesId series) {
        var ids = new LinkedHashSet<UUID>();
        try (var findings = db.select(FINDING.EVIDENCE)
                .from(FINDING)
                .where(FINDING.TENANT.eq(tenant.value()), FINDING.SERIES.eq(series.value()))
                .orderBy(FINDING.POSITION)
                .limit(MOST_EVIDENCE)
                .fetchLazy()) {
            for (var finding : findings) {
                ids.addAll(Arrays.asList(finding.value1()));
                if (ids.size() >= MOST_EVIDENCE) break;
            }
        }
        return ids.stream().limit(MOST_EVIDENCE).map(EventId::new).toList();
    }

    static AttackRow attackRow(AttackRecord a) {
        return new AttackRow(
                new SeriesId(a.getId()),
                a.getLastAt().toInstant(),
                a.getFirstAt().toInstant(),
                Columns.severity(a.getSeverity()),
                Columns.stage(a.getStage()),
                Engine.valueOf(a.getEngine()),
                a.getRule(),
                a.getTitle(),
                a.getSource(),
                place(a),
                a.getUserName(),
                a.getUsers(),
                a.getHost(),
                a.getEvents(),
                Outcome.valueOf(a.getOutcome()),
                Columns.id(a.getIncident(), IncidentId::new),
                a.getHistory(),
                a.getSimulated());
    }

    static @Nullable Place place(AttackRecord a) {
        return a.getGeoData() == null
                ? null
                : new Place(
                        a.getCountry(),
                        a.getCity(),
                        a.getLatitude(),
                        a.getLongitude(),
                        a.getAccuracyKm(),
                        a.getAsn(),
                        a.getAsOrganization(),
                        a.getGeoData());
    }

    public static List<Weight> weights(JSON column) {
        return read(column, new TypeReference<>() {});
    }

    public static List<Technique> techniques(JSON column) {
        return read(column, new TypeReference<>() {});
    }

    private static <T> T read(JSON column, TypeReference<T> type) {
        try {
            return JSON_FORM.readValue(column.data(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row holds what no projection writes", e);
        }
    }
}
