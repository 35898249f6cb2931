package io.velvetastro.views.attacks;

import static io.velvetastro.views.jooq.Tables.ACTOR_HOUR;
import static io.velvetastro.views.jooq.Tables.ATTACK;
import static io.velvetastro.views.jooq.Tables.ATTACK_ENTITY;
import static io.velvetastro.views.jooq.Tables.ORIGIN_HOUR;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;

import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.Attacks.AttackOrigins;
import io.velvetastro.questions.Attacks.OriginRow;
import io.velvetastro.questions.Attacks.TopActors;
import io.velvetastro.questions.Attacks.TopRow;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Columns;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.AttackRecord;
import io.velvetastro.views.web.Limits;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** Answers where attacks come from and who is in them most; spans count by whole hours of UTC. */
@Component
public class MapQueries {
    static final int MOST_ORIGINS = 1_000;
    static final int MOST_ACTORS = 100;
    private final DSLContext db;

    MapQueries(@Walled DSLContext db) {
        this.db = db;
    }

    @QueryHandler
    List<OriginRow> answer(AttackOrigins asked) {
        int limit = Limits.check(asked.limit(), MOST_ORIGINS);
        var o = ORIGIN_HOUR;
        Condition which = o.TENANT.eq(asked.tenant().value());
        if (asked.from() != null)
            which = which.and(o.AT.ge(Clean.column(asked.from().truncatedTo(ChronoUnit.HOURS))));
        if (asked.to() != null) which = which.and(o.AT.lt(Clean.column(asked.to())));
        if (!asked.severities().isEmpty()) which = which.and(o.SEVERITY.in(Columns.severities(asked.severities())));
        if (!asked.stages().isEmpty()) which = which.and(o.STAGE.in(Columns.stages(asked.stages())));
        var attacks = sum(o.ATTACKS).cast(SQLDataType.BIGINT);
        var events = sum(o.EVENTS).cast(SQLDataType.BIGINT);
        var ranked = db.select(
                        o.ORIGIN.as("place"),
                        attacks.as("attacks"),
                        events.as("events"),
                        max(o.SEVERITY).as("worst"))
                .from(o)
                .where(which)
                .groupBy(o.ORIGIN)
                .orderBy(attacks.desc(), o.ORIGIN)
                .limit(limit)
                .asTable("ranked");
        var latest = lateral(db.selectFrom(ATTACK)
                        .where(of(asked).and(ATTACK.ORIGIN.eq(ranked.field("place", String.class))))
                        .orderBy(ATTACK.LAST_AT.desc())
                        .limit(1))
                .as("latest");
        return db.select(ranked.fields())
                .select(latest.fields())
                .from(ranked)
                .crossJoin(latest)
                .orderBy(ranked.field("attacks").desc(), ranked.field("place"))
                .fetch(found -> originRow(
                        found.into(latest).into(ATTACK),
                        found.get(ranked.field("attacks", Long.class)),
                        found.get(ranked.field("events", Long.class)),
                        found.get(ranked.field("worst", Short.class))));
    }

    /** Where the latest attack of a place is looked for. */
    private static Condition of(AttackOrigins asked) {
        var which = ATTACK.TENANT.eq(asked.tenant().value());
        if (!asked.severities().isEmpty())
            which = which.and(ATTACK.SEVERITY.in(Columns.severities(asked.severities())));
        if (!asked.stages().isEmpty()) which = which.and(ATTACK.STAGE.in(Columns.stages(asked.stages())));
        if (asked.to() == null) return which;
        var end = asked.to().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return which.and(ATTACK.LAST_AT.lt(Clean.column(end)));
    }

    private static OriginRow originRow(AttackRecord latest, long attacks, long events, short severity) {
        boolean placed = !latest.getOrigin().isEmpty();
        return new OriginRow(
                placed ? latest.getCountry() : null,
                placed ? latest.getCity() : null,
                placed ? latest.getLatitude() : null,
                placed ? latest.getLongitude() : null,
                placed ? latest.getAsn() : null,
                placed ? latest.getAsOrganization() : null,
                attacks,
                events,
                Columns.severity(severity),
                latest.getTitle(),
                latest.getSource(),
                latest.getLastAt().toInstant(),
                Columns.id(latest.getIncident(), IncidentId::new));
    }

    @QueryHandler
    List<TopRow> answer(TopActors asked) {
        int limit = Limits.check(asked.limit(), MOST_ACTORS);
        var a = ACTOR_HOUR;
        var kind = asked.by() == TopActors.By.SOURCE ? Entity.Kind.ADDRESS : Entity.Kind.USER;
        var events = sum(a.EVENTS).cast(SQLDataType.BIGINT);
        return db.select(a.ENTITY, events, max(a.SEVERITY))
                .from(a)
                .where(a.TENANT.eq(asked.tenant().value()), a.KIND.eq(asked.by().name()))
                .and(a.AT.ge(Clean.column(asked.from().truncatedTo(ChronoUnit.HOURS))))
                .groupBy(a.ENTITY)
                .orderBy(events.desc(), a.ENTITY)
                .limit(limit)
                .fetch(found -> new TopRow(
                        name(asked, kind, found.value1()), found.value2(), Columns.severity(found.value3())));
    }

    private String name(TopActors asked, Entity.Kind kind, String entity) {
        var e = ATTACK_ENTITY;
        var name = db.select(e.NAME)
                .from(e)
                .where(e.TENANT.eq(asked.tenant().value()), e.KIND.eq(kind.name()), e.ENTITY.eq(entity))
                .limit(1)
                .fetchOne(e.NAME);
        return name == null ? entity : name;
    }
}
