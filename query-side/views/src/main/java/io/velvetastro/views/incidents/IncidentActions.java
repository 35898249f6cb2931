package io.velvetastro.views.incidents;

import static io.velvetastro.views.jooq.Tables.PLAYBOOK_STEP;
import static io.velvetastro.views.jooq.Tables.RULE;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Incidents.Action;
import io.velvetastro.questions.Incidents.Action.State;
import io.velvetastro.views.Columns;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.PlaybookStepRecord;
import io.velvetastro.views.jooq.tables.records.RuleRecord;
import io.velvetastro.views.web.People;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** What was done about an incident: by playbooks, step by step, and by hand. */
@Component
class IncidentActions {
    private static final int MOST = 500;
    private final DSLContext db;
    private final People people;
    private final Clock clock;

    IncidentActions(@Walled DSLContext db, People people, Clock clock) {
        this.db = db;
        this.people = people;
        this.clock = clock;
    }

    List<Action> of(TenantId tenant, IncidentId incident) {
        var now = clock.instant();
        var actions = new ArrayList<Action>();
        var byPlaybook = new HashSet<UUID>();
        db.select(PLAYBOOK_STEP.asterisk(), RULE.asterisk())
                .from(PLAYBOOK_STEP)
                .leftJoin(RULE)
                .on(RULE.TENANT.eq(PLAYBOOK_STEP.TENANT), RULE.ID.eq(PLAYBOOK_STEP.RULE))
                .where(PLAYBOOK_STEP.TENANT.eq(tenant.value()), PLAYBOOK_STEP.INCIDENT.eq(incident.value()))
                .limit(MOST)
                .forEach(found -> {
                    var step = found.into(PLAYBOOK_STEP);
                    if (step.getRule() != null) byPlaybook.add(step.getRule());
                    actions.add(action(step, found.into(RULE), now));
                });
        db.selectFrom(RULE)
                .where(RULE.TENANT.eq(tenant.value()), RULE.INCIDENT.eq(incident.value()))
                .limit(MOST)
                .forEach(rule -> {
                    if (!byPlaybook.contains(rule.getId())) actions.add(action(rule, now));
                });
        actions.sort(Comparator.comparing(Action::at).thenComparing(action -> String.valueOf(action.target())));
        return actions;
    }

    private Action action(PlaybookStepRecord step, RuleRecord rule, Instant now) {
        boolean ruled = rule.getId() != null;
        var state = State.valueOf(step.getState());
        return new Action(
                step.getAt().toInstant(),
                words(step.getStep()),
                state == State.STANDING && ruled ? state(rule, now) : state,
                step.getTarget(),
                Columns.id(step.getRule(), RuleId::new),
                new RunId(step.getRun()),
                step.getStep(),
                ruled ? Columns.instant(rule.getUntil()) : null,
                people.actor(new TenantId(step.getTenant()), step.getActor()),
                step.getDetail());
    }

    private Action action(RuleRecord rule, Instant now) {
        return new Action(
                rule.getAt().toInstant(),
                words(rule.getAction()),
                state(rule, now),
                rule.getNetwork(),
                new RuleId(rule.getId()),
                null,
                null,
                Columns.instant(rule.getUntil()),
                people.actor(new TenantId(rule.getTenant()), rule.getActor()),
                rule.getReason());
    }

    private static State state(RuleRecord rule, Instant now) {
        if (rule.getLiftedAt() != null) return State.UNDONE;
        return rule.getUntil() != null && !rule.getUntil().toInstant().isAfter(now) ? State.ENDED : State.STANDING;
    }

    /** "block-source" as people say it. */
    private static String words(String name) {
        var plain = name.replace('-', ' ').replace('_', ' ').toLowerCase(Locale.ROOT);
        return plain.isEmpty() ? plain : Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
    }
}
