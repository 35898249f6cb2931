package io.velvetastro.views.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.views.story.FindingRows.EntityJson;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes names out of rows once the keys under which they were sealed are gone, so that the rows are those that a rebuild makes from the events, in which these names no longer open.
 */
final class Scrub {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<EntityJson>> ENTITIES = new TypeReference<>() {};

    /** As the findings' names are sealed: a user's under that user's key, an address under that of the only user, and under nobody's where there are several. */
    private static final String OF_PERSON = """
            (j ->> 'kind' = 'USER' and j ->> 'id' = ?) or (j ->> 'kind' = 'ADDRESS' and exists (
                select from jsonb_array_elements(f.entities) as u where u ->> 'kind' = 'USER'
                having count(*) = 1 and min(u ->> 'id') = ?))""";

    private static final String OF_ANYBODY = "j ->> 'kind' in ('USER', 'ADDRESS')";

    private final DSLContext db;
    private final Set<Key> series = new HashSet<>();
    private final Set<Key> incidents = new HashSet<>();

    Scrub(DSLContext db) {
        this.db = db;
    }

    void erase(PersonErased erased) {
        var person = erased.person().toString();
        var tenant = erased.tenant().value();
        findings(
                tenant,
                OF_PERSON,
                "f.series in (select series from attack_entity where tenant = ? and kind = 'USER' and entity = ?)",
                new Object[] {person, person},
                new Object[] {tenant, person});
    }

    void erase(MonthEnded ended) {
        var tenant = ended.tenant().value();
        var month = YearMonth.parse(ended.month());
        var from = month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        var to = month.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        findings(
                tenant,
                OF_ANYBODY,
                "f.last_at >= ?::timestamptz and f.last_at < ?::timestamptz",
                new Object[0],
                new Object[] {from, to});
        words(tenant, from, to);
    }

    Set<Key> series() {
        return series;
    }

    Set<Key> incidents() {
        return incidents;
    }

    /** The names in the findings themselves; everything else is made of those. */
    private void findings(UUID tenant, String which, String where, Object[] named, Object[] bounds) {
        var touched = new HashSet<Key>();
        db.fetch("""
                        with scrubbed as (
                            select f.tenant, f.id, (select jsonb_agg(case when %s then jsonb_set(j, '{name}', to_jsonb(?::text)) else j end order by n)
                                from jsonb_array_elements(f.entities) with ordinality as e(j, n)) as entities
                            from finding f where f.tenant = ? and %s)
                        update finding f set entities = s.entities from scrubbed s
                        where f.tenant = s.tenant and f.id = s.id and f.entities <> s.entities
                        returning f.series, f.incident
                        """.formatted(which, where), inOrderOfMarks(named, tenant, bounds))
                .forEach(row -> {
                    touched.add(new Key(tenant, row.get("series", UUID.class)));
                    var incident = row.get("incident", UUID.class);
                    if (incident != null) incidents.add(new Key(tenant, incident));
                });
        if (touched.isEmpty()) return;
        series.addAll(touched);
        attackEntities(touched);
        incidentEntities(tenant);
        attacks(touched);
    }

    private static Object[] inOrderOfMarks(Object[] named, UUID tenant, Object[] bounds) {
        var all = new ArrayList<Object>(List.of(named));
        all.add(Names.ERASED);
        all.add(tenant);
        all.addAll(List.of(bounds));
        return all.toArray();
    }

    /** A series knows a name as long as one of its findings does. */
    private void attackEntities(Set<Key> touched) {
        db.execute("""
                update attack_entity t set name = ?, address = null
                from unnest(?::uuid[], ?::uuid[]) as k(tenant, id)
                where t.tenant = k.tenant and t.series = k.id and t.kind in ('USER', 'ADDRESS') and t.name <> ?
                and not exists (select from finding f cross join lateral jsonb_array_elements(f.entities) as j
                    where f.tenant = t.tenant and f.series = t.series and j ->> 'kind' = t.kind and j ->> 'role' = t.role
                    and j ->> 'id' = t.entity and j ->> 'name' <> ?)
                """, Names.ERASED, Key.tenants(touched), Key.ids(touched), Names.ERASED, Names.ERASED);
    }

    /** An incident knows a name as long as one of its series does; what was absorbed, as long as whoever absorbed it in the end does. */
    private void incidentEntities(UUID tenant) {
        if (incidents.isEmpty()) return;
        db.fetch("""
                        with recursive up as (
                            select i.id, i.merged_into from incident i where i.tenant = ? and i.id = any(?::uuid[])
                            union select i.id, i.merged_into from up join incident i on i.tenant = ? and i.id = up.merged_into),
                        affected as (
                            select id, id as whole from up where merged_into is null
                            union select i.id, a.whole from affected a join incident i on i.tenant = ? and i.merged_into = a.id)
                        update incident_entity t set name = ?, address = null from affected a
                        where t.tenant = ? and t.incident = a.id and t.kind in ('USER', 'ADDRESS') and t.name <> ?
                        and not exists (select from finding f join attack_entity e on e.tenant = f.tenant and e.series = f.series
                            where f.tenant = t.tenant and f.incident = a.whole and e.kind = t.kind and e.role = t.role
                            and e.entity = t.entity and e.name <> ?)
                        returning t.incident
                        """, tenant, Key.ids(incidents), tenant, tenant, Names.ERASED, tenant, Names.ERASED, Names.ERASED)
                .forEach(row -> incidents.add(new Key(tenant, row.get("incident", UUID.class))));
    }

    private void attacks(Set<Key> touched) {
        var ids = new ArrayList<UUID>();
        var tenants = new ArrayList<UUID>();
        var sources = new ArrayList<@Nullable String>();
        var users = new ArrayList<@Nullable String>();
        var searches = new ArrayList<String>();
        db.fetch("""
                        select a.tenant, a.id, a.title, a.host, f.entities from attack a
                        join unnest(?::uuid[], ?::uuid[]) as k(tenant, id) on a.tenant = k.tenant and a.id = k.id
                        join finding f on f.tenant = a.tenant and f.id = a.finding
                        """, Key.tenants(touched), Key.ids(touched)).forEach(row -> {
            var entities = entities(row.get("entities", String.class));
            var source = first(entities, Entity.Kind.ADDRESS, Entity.Role.ACTOR);
            var user = first(entities, Entity.Kind.USER, null);
            tenants.add(row.get("tenant", UUID.class));
            ids.add(row.get("id", UUID.class));
            sources.add(source);
            users.add(user);
            searches.add(
                    FindingRows.search(row.get("title", String.class), source, user, row.get("host", String.class)));
        });
        db.execute(
                """
                update attack a set source = k.source, user_name = k.user_name, search = k.search
                from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[]) as k(tenant, id, source, user_name, search)
                where a.tenant = k.tenant and a.id = k.id
                """,
                tenants.toArray(UUID[]::new),
                ids.toArray(UUID[]::new),
                sources.toArray(String[]::new),
                users.toArray(String[]::new),
                searches.toArray(String[]::new));
    }

    /** What people wrote in that month. */
    private void words(UUID tenant, OffsetDateTime from, OffsetDateTime to) {
        db.execute("""
                update incident_entry set detail = ? where tenant = ? and at >= ?::timestamptz and at < ?::timestamptz and detail <> ''
                and (kind = 'COMMENT' or title like 'Resolved as %' or title = 'Reopened')
                """, Names.ERASED, tenant, from, to);
    }

    private static List<EntityJson> entities(String json) {
        try {
            return JSON.readValue(json, ENTITIES);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("a finding's entities are not in the form we write", notOurs);
        }
    }

    private static @Nullable String first(List<EntityJson> entities, Entity.Kind kind, Entity.@Nullable Role role) {
        for (var one : entities) if (one.kind() == kind && (role == null || one.role() == role)) return one.name();
        return null;
    }
}
