package io.velvetastro.views.story;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/** Works out again what has been done about attacks and incidents, from the rows alone: which order they came in makes no difference. */
final class Outcomes {
    /** Until when blocks that nobody lifted cover address {@code e.address}; an allowance over it that stands as long makes them void. */
    private static final String UNTIL = """
            (select blocked.until from (
                select max(until) as until from (
                    select until from rule where tenant = e.tenant and low = e.address and high = e.address and action = 'BLOCK' and lifted_at is null
                    union all
                    select until from rule where tenant = e.tenant and low <> high and e.address between low and high and action = 'BLOCK' and lifted_at is null
                ) r) blocked
            where not exists (
                select 1 from rule w where w.tenant = e.tenant and w.action = 'ALLOW' and w.lifted_at is null
                and (w.until is null or w.until >= blocked.until) and e.address between w.low and w.high))
            """;

    /** From when on: an allowance that ends before the block holds it up only so long. */
    private static final String FROM = """
            (select max(w.until) from rule w where w.tenant = e.tenant and w.action = 'ALLOW' and w.lifted_at is null
            and e.address between w.low and w.high)
            """;

    /** Who acted from within rule {@code r}: looked up rule by rule, for the pairs of all rules and all addresses are too many. */
    private static final String WITHIN = """
            select w.tenant, w.%s from %s w where w.tenant = r.tenant and w.address between r.low and r.high
            and w.kind = 'ADDRESS' and w.role = 'ACTOR' offset 0
            """;

    // Where sums and cases read these, they are worked out once: left to itself the planner copies them to every place
    // of use.
    private final DSLContext db;

    Outcomes(DSLContext db) {
        this.db = db;
    }

    /** The incidents that have a source in one of these rules' networks. */
    Set<Key> touchedBy(Set<Key> rules) {
        var touched = new HashSet<Key>();
        if (rules.isEmpty()) return touched;
        db.fetch("""
                        select distinct e.tenant, e.incident from rule r
                        join unnest(?::uuid[], ?::uuid[]) as k(tenant, id) on r.tenant = k.tenant and r.id = k.id
                        cross join lateral (%s) e
                        """.formatted(WITHIN.formatted("incident", "incident_entity")), Key.tenants(rules), Key.ids(rules))
                .forEach(row -> touched.add(new Key(row.get("tenant", UUID.class), row.get("incident", UUID.class))));
        return touched;
    }

    /** Answers which of them are contained otherwise than before. */
    Set<Key> contain(Collection<Key> incidents) {
        var contained = new HashSet<Key>();
        if (incidents.isEmpty()) return contained;
        db.fetch("""
                with sources as materialized (
                    select e.tenant, e.incident, %s as until, %s as since
                    from incident_entity e join unnest(?::uuid[], ?::uuid[]) as k(tenant, id) on e.tenant = k.tenant and e.incident = k.id
                    where e.kind = 'ADDRESS' and e.role = 'ACTOR'),
                judged as materialized (
                    select tenant, incident, case when bool_and(until is not null) then min(until) end as until,
                        case when bool_and(until is not null) then max(since) end as since
                    from sources group by tenant, incident)
                update incident i set contained_until = j.until, contained_from = j.since from judged j
                where i.tenant = j.tenant and i.id = j.incident
                and (i.contained_until, i.contained_from) is distinct from (j.until, j.since)
                returning i.tenant, i.id
                """.formatted(UNTIL, FROM), Key.tenants(incidents), Key.ids(incidents))
                .forEach(row -> contained.add(new Key(row.get("tenant", UUID.class), row.get("id", UUID.class))));
        return contained;
    }

    /** Judges the given series, those of the given incidents, and those with a source in one of the given rules' networks. */
    void judge(Set<Key> series, Set<Key> incidents, Set<Key> rules, RollUps sums, Changes changes) {
        // Only the ways that lead somewhere are asked: planning the others takes longer than walking them.
        var ways = new ArrayList<String>();
        var keys = new ArrayList<Object>();
        way(series, "select s.tenant, s.id from unnest(?::uuid[], ?::uuid[]) as s(tenant, id)", ways, keys);
        way(incidents, """
                select a.tenant, a.id from attack a join unnest(?::uuid[], ?::uuid[]) as k(tenant, id)
                on a.tenant = k.tenant and a.incident = k.id
                """, ways, keys);
        way(rules, """
                select e.tenant, e.series from rule r join unnest(?::uuid[], ?::uuid[]) as k(tenant, id)
                on r.tenant = k.tenant and r.id = k.id
                cross join lateral (%s) e
                """.formatted(WITHIN.formatted("series", "attack_entity")), ways, keys);
        if (ways.isEmpty()) return;
        db.fetch("""
                        with affected(tenant, id) as (%s),
                        judged as materialized (
                            select a.tenant, a.id, a.outcome as before, case
                                when i.resolved then 'RESOLVED'
                                when (select bool_and(coalesce(%s > a.last_at, false)) from attack_entity e
                                    where e.tenant = a.tenant and e.series = a.id and e.kind = 'ADDRESS' and e.role = 'ACTOR') then 'BLOCKED'
                                when i.id is not null and a.severity >= 3 then 'NEEDS_YOU'
                                else 'WATCHING' end as outcome
                            from affected join attack a using (tenant, id)
                            left join incident i on i.tenant = a.tenant and i.id = a.incident)
                        update attack a set outcome = j.outcome from judged j
                        where a.tenant = j.tenant and a.id = j.id and j.outcome <> j.before
                        returning a.tenant, a.id, a.last_at, a.severity, a.stage, a.engine, j.before, a.outcome
                        """.formatted(String.join(" union ", ways), UNTIL), keys.toArray())
                .forEach(row -> {
                    var tenant = row.get("tenant", UUID.class);
                    changes.attacks(tenant);
                    changes.outcomes().add(new Key(tenant, row.get("id", UUID.class)));
                    sums.outcomeChanged(
                            tenant,
                            row.get("last_at", OffsetDateTime.class).withOffsetSameInstant(java.time.ZoneOffset.UTC),
                            row.get("severity", Short.class),
                            row.get("stage", Short.class),
                            row.get("engine", String.class),
                            row.get("before", String.class),
                            row.get("outcome", String.class));
                });
    }

    private static void way(Set<Key> from, String select, List<String> ways, List<Object> keys) {
        if (from.isEmpty()) return;
        ways.add(select);
        keys.add(Key.tenants(from));
        keys.add(Key.ids(from));
    }
}
