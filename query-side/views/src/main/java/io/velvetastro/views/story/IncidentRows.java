package io.velvetastro.views.story;

import static io.velvetastro.views.jooq.Tables.INCIDENT;
import static io.velvetastro.views.jooq.Tables.INCIDENT_ENTRY;

import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentEvent;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.IncidentEvent.IncidentAbsorbed;
import io.velvetastro.language.IncidentEvent.IncidentAssigned;
import io.velvetastro.language.IncidentEvent.IncidentCommented;
import io.velvetastro.language.IncidentEvent.IncidentGrew;
import io.velvetastro.language.IncidentEvent.IncidentOpened;
import io.velvetastro.language.IncidentEvent.IncidentReopened;
import io.velvetastro.language.IncidentEvent.IncidentResolved;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Incidents.TimelineEntry;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Rows;
import io.velvetastro.views.Told;
import io.velvetastro.views.jooq.tables.records.IncidentEntryRecord;
import io.velvetastro.views.jooq.tables.records.IncidentRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/** A batch's incident events: the incident as it is now, what was said about it, and which findings it tells of. */
final class IncidentRows {
    /** What changes which incident tells of which finding; the order within a batch matters. */
    private sealed interface Regrouping {}

    private record Absorbed(UUID tenant, UUID incident, UUID into) implements Regrouping {}

    private record Linked(List<Key> findings, List<UUID> incidents) implements Regrouping {}

    private final DSLContext db;
    private final Names names;
    private final Map<Key, IncidentRecord> incidents = new HashMap<>();
    private final Map<UUID, Long> lastNumbers = new HashMap<>();
    private final Set<Key> changed = new LinkedHashSet<>();
    private final Set<Key> turned = new HashSet<>();
    private final Set<Key> moved = new HashSet<>();
    private final List<Regrouping> regroupings = new ArrayList<>();
    private final Map<Object, IncidentEntryRecord> entries = new LinkedHashMap<>();

    IncidentRows(DSLContext db, Names names, List<Told> batch) {
        this.db = db;
        this.names = names;
        var mentioned = new HashSet<Key>();
        for (var told : batch)
            if (told.payload() instanceof IncidentEvent event)
                mentioned.add(new Key(event.tenant().value(), event.incidentId().value()));
        incidents.putAll(Key.load(db, INCIDENT, mentioned));
    }

    void take(Told told, IncidentEvent event) {
        var key = new Key(event.tenant().value(), event.incidentId().value());
        if (event instanceof IncidentOpened && incidents.containsKey(key))
            return; // Appended twice by a store that lets that pass.
        var row = event instanceof IncidentOpened ? open(key, told) : incidents.get(key);
        if (row == null) throw new IllegalStateException("Incident " + key.id() + " has news before it was opened");
        row.setVersion(row.getVersion() + 1);
        row.setPosition(told.position());
        changed.add(key);
        switch (event) {
            case IncidentOpened e -> {
                tell(row, e.story());
                note(told, e, "Incident opened", e.story().title());
            }
            case IncidentGrew e -> tell(row, e.story());
            case IncidentAbsorbed e -> {
                row.setMergedInto(e.into().value());
                regroupings.add(new Absorbed(key.tenant(), key.id(), e.into().value()));
                note(told, e, "Went on inside another incident", "");
            }
            case ContainmentAdvised e ->
                note(told, e, "Block advised", e.network().toString());
            case IncidentAssigned e -> {
                row.setAssignee(e.assignee() == null ? null : e.assignee().value());
                acknowledge(row, told, e);
                note(
                        told,
                        e,
                        e.assignee() == null ? "Nobody assigned" : "Assigned",
                        e.assignee() == null ? "" : "member:" + e.assignee());
            }
            case IncidentCommented e -> {
                acknowledge(row, told, e);
                entry(told, e, TimelineEntry.Kind.COMMENT, "Comment", names.opened(e.tenant(), e.text()));
            }
            case IncidentResolved e -> {
                acknowledge(row, told, e);
                row.setResolved(true);
                turned.add(key);
                row.setDisposition(e.disposition().name());
                note(
                        told,
                        e,
                        "Resolved as "
                                + e.disposition()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                        names.opened(e.tenant(), e.note()));
            }
            case IncidentReopened e -> {
                row.setResolved(false);
                turned.add(key);
                row.setDisposition(null);
                note(told, e, "Reopened", names.opened(e.tenant(), e.note()));
            }
        }
    }

    private IncidentRecord open(Key key, Told told) {
        var row = new IncidentRecord();
        row.setTenant(key.tenant());
        row.setId(key.id());
        row.setNumber(lastNumbers.merge(key.tenant(), lastNumber(key.tenant()) + 1, (last, first) -> last + 1));
        row.setVersion(0L);
        row.setRecordedAt(Clean.column(told.recordedAt()));
        row.setResolved(false);
        incidents.put(key, row);
        return row;
    }

    private long lastNumber(UUID tenant) {
        if (lastNumbers.containsKey(tenant)) return 0;
        var last = db.fetchValue("select coalesce(max(number), 0) from incident where tenant = ?", tenant);
        return ((Number) last).longValue();
    }

    private void tell(IncidentRecord row, StoryState story) {
        row.setTitle(Clean.text(story.title()));
        row.setSeverity((short) story.severity().ordinal());
        row.setStage((short) story.stage().number());
        row.setStages(story.stages().stream()
                .map(Stage::number)
                .map(Integer::shortValue)
                .toArray(Short[]::new));
        row.setOpenedAt(Clean.column(story.firstAt()));
        row.setLastAt(Clean.column(story.lastAt()));
        row.setFindings(story.findings());
        row.setEvents(story.events());
        row.setHistory(story.history());
        row.setSimulated(story.simulated());
        if (story.news().isEmpty()) return;
        if (regroupings.isEmpty() || !(regroupings.getLast() instanceof Linked))
            regroupings.add(new Linked(new ArrayList<>(), new ArrayList<>()));
        var links = (Linked) regroupings.getLast();
        for (var finding : story.news()) {
            links.findings.add(new Key(row.getTenant(), finding.value()));
            links.incidents.add(row.getId());
        }
    }

    private static void acknowledge(IncidentRecord row, Told told, IncidentEvent event) {
        if (row.getAcknowledgedAt() == null && told.actor().startsWith("member:"))
            row.setAcknowledgedAt(Clean.column(event.at()));
    }

    private void note(Told told, IncidentEvent event, String title, String detail) {
        entry(told, event, TimelineEntry.Kind.DECISION, title, detail);
    }

    private void entry(Told told, IncidentEvent event, TimelineEntry.Kind kind, String title, String detail) {
        entries.put(
                List.of(event.tenant(), told.id()),
                new IncidentEntryRecord(
                        event.tenant().value(),
                        told.id(),
                        event.incidentId().value(),
                        told.position(),
                        Clean.column(event.at()),
                        kind.name(),
                        title,
                        Clean.text(detail),
                        told.actor()));
    }

    /** Writes all, and answers the incidents whose findings changed. */
    Set<Key> write() {
        Rows.insert(db, INCIDENT, changed.stream().map(incidents::get).toList(), """
                on conflict (tenant, id) do update set position = excluded.position, version = excluded.version, title = excluded.title,
                severity = excluded.severity, stage = excluded.stage, stages = excluded.stages, opened_at = excluded.opened_at,
                last_at = excluded.last_at, findings = excluded.findings, events = excluded.events, assignee = excluded.assignee,
                acknowledged_at = excluded.acknowledged_at, resolved = excluded.resolved, disposition = excluded.disposition,
                merged_into = excluded.merged_into, history = excluded.history, simulated = excluded.simulated
                """);
        Rows.insert(db, INCIDENT_ENTRY, entries.values(), "on conflict do nothing");
        var regrouped = new LinkedHashSet<Key>();
        for (var regrouping : regroupings)
            switch (regrouping) {
                case Absorbed absorbed -> move(absorbed, regrouped);
                case Linked links -> link(links, regrouped);
            }
        follow();
        return regrouped;
    }

    private void move(Absorbed one, Set<Key> regrouped) {
        db.execute(
                "update finding set incident = ? where tenant = ? and incident = ?",
                one.into,
                one.tenant,
                one.incident);
        copyEntities(one);
        regrouped.add(new Key(one.tenant, one.into));
    }

    private void copyEntities(Absorbed one) {
        db.execute("""
                insert into incident_entity as t select tenant, ?, kind, role, entity, name, address, position
                from incident_entity where tenant = ? and incident = ?
                on conflict (tenant, incident, kind, role, entity) do update set position = least(t.position, excluded.position),
                name = case when t.name = 'erased' then excluded.name else t.name end, address = coalesce(t.address, excluded.address)
                """, one.into, one.tenant, one.incident);
    }

    private void link(Linked links, Set<Key> regrouped) {
        var tenants = Key.tenants(links.findings);
        var findings = Key.ids(links.findings);
        var incidents = links.incidents.toArray(UUID[]::new);
        db.execute("""
                update finding f set incident = k.incident from (
                    select distinct on (tenant, id) tenant, id, incident
                    from unnest(?::uuid[], ?::uuid[], ?::uuid[]) with ordinality as u(tenant, id, incident, n)
                    order by tenant, id, n desc) k
                where f.tenant = k.tenant and f.id = k.id
                """, tenants, findings, incidents);
        db.execute("""
                insert into incident_entity as t
                select f.tenant, k.incident, e.kind, e.role, e.entity,
                coalesce(min(e.name) filter (where e.name <> 'erased'), 'erased'), min(e.address::text)::uuid, min(f.position)
                from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as k(tenant, id, incident)
                join finding f on f.tenant = k.tenant and f.id = k.id
                cross join lateral jsonb_array_elements(f.entities) as j
                join attack_entity e on e.tenant = f.tenant and e.series = f.series
                and e.kind = j ->> 'kind' and e.role = j ->> 'role' and e.entity = j ->> 'id'
                group by f.tenant, k.incident, e.kind, e.role, e.entity
                on conflict (tenant, incident, kind, role, entity) do update set position = least(t.position, excluded.position),
                name = case when t.name = 'erased' then excluded.name else t.name end, address = coalesce(t.address, excluded.address)
                """, tenants, findings, incidents);
        for (int i = 0; i < incidents.length; i++) regrouped.add(new Key(tenants[i], incidents[i]));
    }

    /** An attack belongs where the latest of its findings that any incident tells of belongs. */
    private void follow() {
        if (regroupings.isEmpty()) return;
        var told = new HashSet<Key>();
        var into = new HashSet<Key>();
        for (var regrouping : regroupings)
            switch (regrouping) {
                case Absorbed absorbed -> into.add(new Key(absorbed.tenant, absorbed.into));
                case Linked links -> told.addAll(links.findings);
            }
        db.fetch("""
                        with touched as (
                            select f.tenant, f.series from finding f join unnest(?::uuid[], ?::uuid[]) as k(tenant, id)
                            on f.tenant = k.tenant and f.id = k.id
                            union
                            select f.tenant, f.series from finding f join unnest(?::uuid[], ?::uuid[]) as k(tenant, id)
                            on f.tenant = k.tenant and f.incident = k.id),
                        latest as (
                            select distinct on (f.tenant, f.series) f.tenant, f.series, f.incident
                            from touched join finding f using (tenant, series)
                            where f.incident is not null
                            order by f.tenant, f.series, f.position desc)
                        update attack a set incident = l.incident from latest l
                        where a.tenant = l.tenant and a.id = l.series and a.incident is distinct from l.incident
                        returning a.tenant, a.id
                        """, Key.tenants(told), Key.ids(told), Key.tenants(into), Key.ids(into))
                .forEach(row -> moved.add(new Key(row.get("tenant", UUID.class), row.get("id", UUID.class))));
    }

    Set<Key> changed() {
        return changed;
    }

    /** The incidents that were resolved or taken up again. */
    Set<Key> turned() {
        return turned;
    }

    /** The attacks that belong to another incident than before. */
    Set<Key> moved() {
        return moved;
    }
}
