package io.velvetastro.views.attacks;

import static io.velvetastro.views.jooq.Tables.ATTACK;
import static io.velvetastro.views.jooq.Tables.INCIDENT;
import static io.velvetastro.views.jooq.Tables.RULE;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Columns;
import io.velvetastro.views.Readers;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.IncidentRecord;
import io.velvetastro.views.jooq.tables.records.RuleRecord;
import io.velvetastro.views.web.Plain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What changed behind a place, in the order of the store; a row that changed again since is told once, at its latest place. */
@Component
class ThreatTail {
    static final int MOST = 200;

    /** @param id its place: whoever has it has all that came before */
    record Change(long id, String kind, Object body) {}

    record IncidentNews(
            IncidentId id,
            long number,
            String title,
            String severity,
            String stage,
            Instant openedAt,
            Instant lastAt,
            long findings,
            boolean resolved,
            long version) {}

    record RuleNews(
            UUID id,
            String action,
            String network,
            @Nullable Instant until,
            Instant at,
            boolean lifted) {}

    private final DSLContext db;
    private final Readers readers;

    ThreatTail(@Walled DSLContext db, Readers readers) {
        this.db = db;
        this.readers = readers;
    }

    /** The one question that several organisations share: numbers without names. */
    Map<TenantId, Long> places(Collection<TenantId> tenants) {
        var asked = tenants.stream().map(TenantId::value).toArray(UUID[]::new);
        return readers.ask(tenants.iterator().next(), () -> {
            var places = new HashMap<TenantId, Long>();
            db.fetch("select tenant, reached from views.story_places(?::uuid[])", (Object) asked)
                    .forEach(row ->
                            places.put(new TenantId(row.get("tenant", UUID.class)), row.get("reached", Long.class)));
            return places;
        });
    }

    long place(TenantId tenant) {
        return places(List.of(tenant)).getOrDefault(tenant, 0L);
    }

    /** At most {@link #MOST} changes with places above {@code behind} and not above {@code upTo}. */
    List<Change> changes(TenantId tenant, long behind, long upTo) {
        return readers.ask(tenant, () -> read(tenant, behind, upTo));
    }

    private List<Change> read(TenantId tenant, long behind, long upTo) {
        var changes = new ArrayList<Change>();
        long complete = read(
                changes,
                tenant,
                behind,
                upTo,
                ATTACK,
                ATTACK.TENANT,
                ATTACK.POSITION,
                row -> new Change(row.getPosition(), "attack", AttackItem.of(AttackQueries.attackRow(row))));
        complete = Math.min(
                complete,
                read(
                        changes,
                        tenant,
                        behind,
                        upTo,
                        INCIDENT,
                        INCIDENT.TENANT,
                        INCIDENT.POSITION,
                        row -> new Change(row.getPosition(), "incident", news(row))));
        complete = Math.min(
                complete,
                read(
                        changes,
                        tenant,
                        behind,
                        upTo,
                        RULE,
                        RULE.TENANT,
                        RULE.POSITION,
                        row -> new Change(row.getPosition(), "rule", news(row))));
        long until = complete;
        changes.removeIf(change -> change.id > until);
        changes.sort(Comparator.comparingLong(Change::id));
        return changes;
    }

    /** Up to which place the table was read whole. */
    private <R extends TableRecord<R>> long read(
            List<Change> into,
            TenantId tenant,
            long behind,
            long upTo,
            Table<R> table,
            TableField<R, UUID> owner,
            TableField<R, Long> position,
            Function<R, Change> form) {
        var rows = db.selectFrom(table)
                .where(owner.eq(tenant.value()), position.gt(behind), position.le(upTo))
                .orderBy(position)
                .limit(MOST)
                .fetch();
        rows.forEach(row -> into.add(form.apply(row)));
        return rows.size() < MOST ? upTo : rows.getLast().get(position);
    }

    private static IncidentNews news(IncidentRecord i) {
        return new IncidentNews(
                new IncidentId(i.getId()),
                i.getNumber(),
                i.getTitle(),
                Plain.word(Columns.severity(i.getSeverity())),
                Plain.word(Columns.stage(i.getStage())),
                i.getOpenedAt().toInstant(),
                i.getLastAt().toInstant(),
                i.getFindings(),
                i.getResolved(),
                i.getVersion());
    }

    private static RuleNews news(RuleRecord r) {
        return new RuleNews(
                r.getId(),
                r.getAction().toLowerCase(java.util.Locale.ROOT),
                r.getNetwork(),
                Columns.instant(r.getUntil()),
                r.getAt().toInstant(),
                r.getLiftedAt() != null);
    }
}
