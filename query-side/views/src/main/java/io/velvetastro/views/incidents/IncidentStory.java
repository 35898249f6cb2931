package io.velvetastro.views.incidents;

import static io.velvetastro.views.jooq.Tables.FINDING;
import static io.velvetastro.views.jooq.Tables.INCIDENT_ENTITY;
import static io.velvetastro.views.jooq.Tables.INCIDENT_ENTRY;
import static java.util.Objects.requireNonNull;

import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks.EntityRow;
import io.velvetastro.questions.Incidents.Action;
import io.velvetastro.questions.Incidents.Evidence;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.KillChainStep;
import io.velvetastro.questions.Incidents.TimelineEntry;
import io.velvetastro.views.Columns;
import io.velvetastro.views.Walled;
import io.velvetastro.views.attacks.AttackQueries;
import io.velvetastro.views.jooq.tables.records.FindingRecord;
import io.velvetastro.views.jooq.tables.records.IncidentEntryRecord;
import io.velvetastro.views.web.People;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Tells one incident whole: what was found, what it rests on, what was decided and what was done. */
@Component
class IncidentStory {
    private static final int MOST_LINES = 1_000;
    private static final int MOST_EVIDENCE = 1_000;
    private static final int MOST_PER_STAGE = 50;
    private static final int MOST_ENTITIES = 500;
    private final DSLContext db;
    private final IncidentActions actions;
    private final EvidenceTimes times;
    private final People people;

    IncidentStory(@Walled DSLContext db, IncidentActions actions, EvidenceTimes times, People people) {
        this.db = db;
        this.actions = actions;
        this.times = times;
        this.people = people;
    }

    IncidentDetail of(TenantId tenant, IncidentRow incident) {
        var latest = latestOfEachSeries(tenant, incident);
        var done = actions.of(tenant, incident.id());
        return new IncidentDetail(
                incident,
                timeline(tenant, incident, latest, done),
                killChain(tenant, incident),
                evidence(tenant, incident),
                done,
                entities(tenant, incident));
    }

    private List<FindingRecord> latestOfEachSeries(TenantId tenant, IncidentRow incident) {
        var latest = db.select(FINDING.asterisk())
                .distinctOn(FINDING.SERIES)
                .from(FINDING)
                .where(
                        FINDING.TENANT.eq(tenant.value()),
                        FINDING.INCIDENT.eq(incident.id().value()))
                .orderBy(FINDING.SERIES, FINDING.POSITION.desc())
                .asTable("latest");
        return db.selectFrom(latest)
                .orderBy(latest.field(FINDING.LAST_AT).desc(), latest.field(FINDING.ID))
                .limit(MOST_LINES)
                .fetchInto(FINDING);
    }

    private List<TimelineEntry> timeline(
            TenantId tenant, IncidentRow incident, List<FindingRecord> findings, List<Action> done) {
        var lines = new ArrayList<TimelineEntry>();
        findings.forEach(finding -> lines.add(line(finding)));
        db.selectFrom(INCIDENT_ENTRY)
                .where(
                        INCIDENT_ENTRY.TENANT.eq(tenant.value()),
                        INCIDENT_ENTRY.INCIDENT.eq(incident.id().value()))
                .orderBy(INCIDENT_ENTRY.POSITION.desc())
                .limit(MOST_LINES)
                .fetch()
                .reversed() // What was decided in one instant stays in its order.
                .forEach(entry -> lines.add(line(entry)));
        done.forEach(action -> lines.add(line(action)));
        lines.sort(Comparator.comparing(TimelineEntry::at));
        return lines;
    }

    private static TimelineEntry line(FindingRecord f) {
        return new TimelineEntry(
                f.getReachedAt().toInstant(),
                TimelineEntry.Kind.FINDING,
                f.getTitle(),
                f.getExplanation(),
                Columns.severity(f.getSeverity()),
                Columns.stage(f.getStage()),
                Engine.valueOf(f.getEngine()),
                f.getRule(),
                new SeriesId(f.getSeries()),
                AttackQueries.techniques(f.getTechniques()),
                AttackQueries.weights(f.getWhy()),
                ids(f.getEvidence()),
                f.getEvents(),
                "engine:" + f.getEngine().toLowerCase(Locale.ROOT));
    }

    private TimelineEntry line(IncidentEntryRecord e) {
        var tenant = new TenantId(e.getTenant());
        var kind = TimelineEntry.Kind.valueOf(e.getKind());
        // What people wrote is theirs; only what a decision names can be a member.
        var detail = kind == TimelineEntry.Kind.DECISION ? people.actor(tenant, e.getDetail()) : e.getDetail();
        return decided(e.getAt().toInstant(), kind, e.getTitle(), detail, people.actor(tenant, e.getActor()));
    }

    private static TimelineEntry line(Action action) {
        var words = switch (action.state()) {
            case STANDING, ENDED -> action.what() + " " + action.target();
            case UNDONE -> action.what() + " " + action.target() + " was undone";
            case WITHHELD -> action.what() + " " + action.target() + " was withheld";
            case REFUSED -> action.what() + " " + action.target() + " was refused";
        };
        return decided(action.at(), TimelineEntry.Kind.DECISION, words, action.detail(), action.by());
    }

    private static TimelineEntry decided(
            Instant at, TimelineEntry.Kind kind, String title, String detail, String actor) {
        return new TimelineEntry(
                at, kind, title, detail, null, null, null, null, null, List.of(), List.of(), List.of(), 0, actor);
    }

    private static final class Step {
        private final FindingRecord first;
        private final LinkedHashSet<EventId> evidence = new LinkedHashSet<>();

        Step(FindingRecord first) {
            this.first = first;
        }

        KillChainStep told(Stage stage) {
            var technique =
                    AttackQueries.techniques(first.getTechniques()).stream().findFirst();
            return new KillChainStep(
                    stage,
                    first.getReachedAt().toInstant(),
                    technique.map(Technique::id).orElse(null),
                    technique.map(Technique::name).orElse(null),
                    evidence.stream().limit(MOST_PER_STAGE).toList());
        }
    }

    /** The stages that were reached, in the order they were reached. */
    private List<KillChainStep> killChain(TenantId tenant, IncidentRow incident) {
        var f = FINDING;
        Map<Stage, Step> steps = new EnumMap<>(Stage.class);
        try (var found = db.select(f.STAGE, f.REACHED_AT, f.TECHNIQUES, f.EVIDENCE)
                .from(f)
                .where(f.TENANT.eq(tenant.value()), f.INCIDENT.eq(incident.id().value()))
                .orderBy(f.REACHED_AT, f.POSITION)
                .fetchSize(500)
                .fetchLazy()) {
            for (var row : found) {
                var finding = row.into(f);
                var step = steps.computeIfAbsent(Columns.stage(finding.getStage()), stage -> new Step(finding));
                if (step.evidence.size() < MOST_PER_STAGE) step.evidence.addAll(ids(finding.getEvidence()));
            }
        }
        return steps.entrySet().stream()
                .map(step -> step.getValue().told(step.getKey()))
                .sorted(Comparator.comparing(KillChainStep::at))
                .toList();
    }

    private List<Evidence> evidence(TenantId tenant, IncidentRow incident) {
        var f = FINDING;
        var guesses = new LinkedHashMap<EventId, Instant>();
        try (var found = db.select(f.EVIDENCE, f.FIRST_AT)
                .from(f)
                .where(f.TENANT.eq(tenant.value()), f.INCIDENT.eq(incident.id().value()))
                .orderBy(f.POSITION)
                .fetchSize(500)
                .fetchLazy()) {
            for (var row : found) {
                for (var id : ids(row.value1()))
                    guesses.putIfAbsent(id, row.value2().toInstant());
                if (guesses.size() >= MOST_EVIDENCE) break;
            }
        }
        var ids = guesses.keySet().stream().limit(MOST_EVIDENCE).toList();
        var known = times.of(tenant, ids);
        return ids.stream()
                .map(id -> new Evidence(id, known.getOrDefault(id, requireNonNull(guesses.get(id)))))
                .sorted(Comparator.comparing(Evidence::occurredAt))
                .toList();
    }

    private List<EntityRow> entities(TenantId tenant, IncidentRow incident) {
        var e = INCIDENT_ENTITY;
        return db.selectFrom(e)
                .where(e.TENANT.eq(tenant.value()), e.INCIDENT.eq(incident.id().value()))
                .orderBy(e.POSITION, e.ROLE, e.KIND, e.NAME, e.ENTITY)
                .limit(MOST_ENTITIES)
                .fetch(found -> new EntityRow(
                        Entity.Kind.valueOf(found.getKind()),
                        Entity.Role.valueOf(found.getRole()),
                        found.getEntity(),
                        found.getName()));
    }

    private static List<EventId> ids(UUID[] column) {
        return java.util.Arrays.stream(column).map(EventId::new).toList();
    }
}
