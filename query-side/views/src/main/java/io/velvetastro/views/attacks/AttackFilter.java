package io.velvetastro.views.attacks;

import static io.velvetastro.views.jooq.Tables.ATTACK;
import static io.velvetastro.views.jooq.Tables.ATTACK_ENTITY;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Columns;
import io.velvetastro.views.web.Words;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.Select;

/** A filter as conditions: the organisation first, whatever else was asked. */
final class AttackFilter {
    private AttackFilter() {}

    static Condition of(TenantId tenant, Filter filter) {
        return summable(tenant, filter).and(within(filter)).and(particular(filter));
    }

    /** What the roll-ups know too, by their hour. */
    private static Condition summable(TenantId tenant, Filter filter) {
        var condition = ATTACK.TENANT.eq(tenant.value());
        if (!filter.severities().isEmpty())
            condition = condition.and(ATTACK.SEVERITY.in(Columns.severities(filter.severities())));
        if (!filter.stages().isEmpty()) condition = condition.and(ATTACK.STAGE.in(Columns.stages(filter.stages())));
        if (!filter.engines().isEmpty()) condition = condition.and(ATTACK.ENGINE.in(Columns.names(filter.engines())));
        if (!filter.outcomes().isEmpty())
            condition = condition.and(ATTACK.OUTCOME.in(Columns.names(filter.outcomes())));
        return condition;
    }

    private static Condition within(Filter filter) {
        var condition = noCondition();
        if (filter.from() != null) condition = condition.and(ATTACK.LAST_AT.ge(Clean.column(filter.from())));
        if (filter.to() != null) condition = condition.and(ATTACK.LAST_AT.lt(Clean.column(filter.to())));
        return condition;
    }

    static boolean isParticular(Filter filter) {
        return filter.source() != null || filter.user() != null || filter.text() != null || filter.incident() != null;
    }

    private static Condition particular(Filter filter) {
        var condition = noCondition();
        if (filter.incident() != null)
            condition = condition.and(ATTACK.INCIDENT.eq(filter.incident().value()));
        if (filter.source() != null) condition = condition.and(about(Entity.Kind.ADDRESS, filter.source()));
        if (filter.user() != null) condition = condition.and(about(Entity.Kind.USER, filter.user()));
        var words = Words.contained(filter.text());
        if (words != null) condition = condition.and(ATTACK.ID.in(with(words)));
        return condition;
    }

    /** The wall keeps readers from the index on words; this function uses it for them, within the organisation that asks. */
    private static Select<Record1<UUID>> with(String words) {
        return select(field("attacks_with", UUID.class)).from("views.attacks_with(?) as attacks_with", words);
    }

    private static Condition about(Entity.Kind kind, String name) {
        return exists(selectOne()
                .from(ATTACK_ENTITY)
                .where(ATTACK_ENTITY.TENANT.eq(ATTACK.TENANT))
                .and(ATTACK_ENTITY.SERIES.eq(ATTACK.ID))
                .and(ATTACK_ENTITY.KIND.eq(kind.name()))
                .and(ATTACK_ENTITY.NAME.eq(Clean.text(name))));
    }
}
