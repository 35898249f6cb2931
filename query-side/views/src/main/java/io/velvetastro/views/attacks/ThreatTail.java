package io.velvetastro.views.attacks;

import static io.velvetastro.views.jooq.Tables.ATTACK;
import static io.velvetastro.views.jooq.Tables.INCIDENT;
import static io.velvetastro.views.jooq.Tables.RULE;
import static io.velvetastro.views.jooq.Tables.TOLD_AGAIN_PROGRESS;
import static org.jooq.impl.DSL.row;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.views.Columns;
import io.velvetastro.views.IncidentStatus;
import io.velvetastro.views.Readers;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.RuleRecord;
import io.velvetastro.views.web.Plain;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What changed behind a place, in the order of the store; a row that changed again since is told as it is now. What changed by the news of others is told again at the place where those were taken in. */
@Component
class ThreatTail {
    static final int MOST = 200;

    private static final String AT = "told_at";
    private static final String ROW = "told_row";
    private static final String STATUS = "status";

    /** Where a row stands in the stream: rows that one event changed share a position, and follow each other by their ids. */
    record Place(long position, UUID row) implements Comparable<Place> {
        private static final UUID LAST = new UUID(-1, -1);

        /** Behind all that stands at a position. */
        static Place after(long position) {
            return new Place(position, LAST);
        }

        /** As the database orders ids: byte by byte, none of them negative. */
        @Override
        public int compareTo(Place other) {
            int order = Long.compare(position, other.position);
            if (order == 0)
                order = Long.compareUnsigned(row.getMostSignificantBits(), other.row.getMostSignificantBits());
            return order == 0
                    ? Long.compareUnsigned(row.getLeastSignificantBits(), other.row.getLeastSignificantBits())
                    : order;
        }
    }

    record Change(Place place, News news) {}

    record News(String kind, Object body) {}

    record IncidentNews(
            IncidentId id,
            long number,
            String title,
            String severity,
            String status,
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
    private final Clock clock;

    ThreatTail(@Walled DSLContext db, Readers readers, Clock clock) {
        this.db = db;
        this.readers = readers;
        this.clock = clock;
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

    /** At most {@link #MOST} changes behind one place and not above another, in their order. */
    List<Change> changes(TenantId tenant, Place behind, long upTo) {
        return readers.ask(tenant, () -> read(tenant.value(), behind, upTo));
    }

    private List<Change> read(UUID tenant, Place behind, long upTo) {
        var again = TOLD_AGAIN_PROGRESS;
        var status = IncidentStatus.at(clock.instant()).as(STATUS);
        var page = new Page(behind, upTo);
        page.take(
                ATTACK.POSITION,
                ATTACK.ID,
                (position, row) ->
                        db.select(ATTACK.asterisk(), position, row).from(ATTACK).where(ATTACK.TENANT.eq(tenant)),
                ThreatTail::attack);
        page.take(
                again.POSITION,
                again.ID,
                (position, row) -> db.select(ATTACK.asterisk(), position, row)
                        .from(again)
                        .join(ATTACK)
                        .on(ATTACK.TENANT.eq(again.TENANT), ATTACK.ID.eq(again.ID))
                        .where(again.TENANT.eq(tenant), again.KIND.eq("attack")),
                ThreatTail::attack);
        page.take(
                INCIDENT.POSITION,
                INCIDENT.ID,
                (position, row) -> db.select(INCIDENT.asterisk(), status, position, row)
                        .from(INCIDENT)
                        .where(INCIDENT.TENANT.eq(tenant)),
                ThreatTail::incident);
        page.take(
                again.POSITION,
                again.ID,
                (position, row) -> db.select(INCIDENT.asterisk(), status, position, row)
                        .from(again)
                        .join(INCIDENT)
                        .on(INCIDENT.TENANT.eq(again.TENANT), INCIDENT.ID.eq(again.ID))
                        .where(again.TENANT.eq(tenant), again.KIND.eq("incident")),
                ThreatTail::incident);
        page.take(
                RULE.POSITION,
                RULE.ID,
                (position, row) ->
                        db.select(RULE.asterisk(), position, row).from(RULE).where(RULE.TENANT.eq(tenant)),
                ThreatTail::rule);
        return page.changes();
    }

    /** The first changes of several tables, as far as all of them were read. */
    private static final class Page {
        private final Place behind;
        private final long upTo;
        private final List<Change> found = new ArrayList<>();
        private Place complete;

        Page(Place behind, long upTo) {
            this.behind = behind;
            this.upTo = upTo;
            this.complete = Place.after(upTo);
        }

        /** @param rows asked for with the two columns of their place */
        void take(
                Field<Long> position,
                Field<UUID> row,
                BiFunction<Field<Long>, Field<UUID>, SelectConditionStep<? extends Record>> rows,
                Function<Record, News> form) {
            var read = rows.apply(position.as(AT), row.as(ROW))
                    .and(position.between(behind.position(), upTo))
                    .and(row(position, row).gt(behind.position(), behind.row()))
                    .orderBy(position, row)
                    .limit(MOST)
                    .fetch();
            for (var one : read) found.add(new Change(place(one), form.apply(one)));
            if (read.size() == MOST) complete = Collections.min(List.of(complete, place(read.getLast())));
        }

        List<Change> changes() {
            return found.stream()
                    .filter(change -> change.place.compareTo(complete) <= 0)
                    .sorted(Comparator.comparing(Change::place))
                    .limit(MOST)
                    .toList();
        }

        private static Place place(Record row) {
            return new Place(row.get(AT, Long.class), row.get(ROW, UUID.class));
        }
    }

    private static News attack(Record row) {
        return new News("attack", AttackItem.of(AttackQueries.attackRow(row.into(ATTACK))));
    }

    private static News rule(Record row) {
        return new News("rule", news(row.into(RULE)));
    }

    private static News incident(Record row) {
        var i = row.into(INCIDENT);
        return new News(
                "incident",
                new IncidentNews(
                        new IncidentId(i.getId()),
                        i.getNumber(),
                        i.getTitle(),
                        Plain.word(Columns.severity(i.getSeverity())),
                        Plain.word(Status.valueOf(row.get(STATUS, String.class))),
                        Plain.word(Columns.stage(i.getStage())),
                        i.getOpenedAt().toInstant(),
                        i.getLastAt().toInstant(),
                        i.getFindings(),
                        i.getResolved(),
                        i.getVersion()));
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
