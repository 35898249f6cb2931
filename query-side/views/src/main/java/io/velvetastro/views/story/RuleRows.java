package io.velvetastro.views.story;

import static io.velvetastro.views.jooq.Tables.ADVICE;
import static io.velvetastro.views.jooq.Tables.PLAYBOOK_RUN;
import static io.velvetastro.views.jooq.Tables.PLAYBOOK_STEP;
import static io.velvetastro.views.jooq.Tables.RULE;

import io.velvetastro.language.DefenseEvent;
import io.velvetastro.language.DefenseEvent.NetworkAllowed;
import io.velvetastro.language.DefenseEvent.NetworkBlocked;
import io.velvetastro.language.DefenseEvent.RuleLifted;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.PlaybookEvent;
import io.velvetastro.language.RuleId;
import io.velvetastro.questions.Defense;
import io.velvetastro.questions.Incidents.Action.State;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Rows;
import io.velvetastro.views.Told;
import io.velvetastro.views.jooq.tables.records.AdviceRecord;
import io.velvetastro.views.jooq.tables.records.PlaybookRunRecord;
import io.velvetastro.views.jooq.tables.records.PlaybookStepRecord;
import io.velvetastro.views.jooq.tables.records.RuleRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** A batch's answers: rules of the defence, what playbooks did, and what somebody advised. */
final class RuleRows {
    private final DSLContext db;
    private final Map<Key, RuleRecord> rules = new LinkedHashMap<>();
    private final Set<Key> changed = new HashSet<>();
    private final Map<Object, PlaybookRunRecord> runs = new LinkedHashMap<>();
    private final Map<Object, PlaybookStepRecord> steps = new LinkedHashMap<>();
    private final Map<Object, AdviceRecord> advice = new LinkedHashMap<>();

    RuleRows(DSLContext db, List<Told> batch) {
        this.db = db;
        var lifted = new HashSet<Key>();
        for (var told : batch) if (told.payload() instanceof RuleLifted event) lifted.add(key(event));
        rules.putAll(Key.load(db, RULE, lifted));
    }

    private static Key key(DefenseEvent event) {
        return new Key(event.tenant().value(), event.ruleId().value());
    }

    void take(Told told, DefenseEvent event) {
        var key = key(event);
        switch (event) {
            case NetworkBlocked blocked ->
                stands(
                        told,
                        blocked,
                        Defense.Action.BLOCK,
                        blocked.network(),
                        blocked.until(),
                        blocked.reason(),
                        blocked.incident());
            case NetworkAllowed allowed ->
                stands(told, allowed, Defense.Action.ALLOW, allowed.network(), allowed.until(), allowed.reason(), null);
            case RuleLifted lifted -> {
                var row = rules.get(key);
                if (row == null)
                    throw new IllegalStateException("Rule " + lifted.ruleId() + " is lifted before it stands");
                row.setPosition(told.position());
                row.setLiftedAt(Clean.column(lifted.at()));
                row.setLiftedBy(told.actor());
                row.setLiftReason(Clean.text(lifted.reason()));
            }
        }
        changed.add(key);
    }

    private void stands(
            Told told,
            DefenseEvent event,
            Defense.Action action,
            Network network,
            @Nullable Instant until,
            String reason,
            @Nullable IncidentId incident) {
        var row = new RuleRecord();
        row.setTenant(event.tenant().value());
        row.setId(event.ruleId().value());
        row.setPosition(told.position());
        row.setAction(action.name());
        row.setNetwork(network.toString());
        row.setLow(Names.low(network));
        row.setHigh(Names.high(network));
        row.setUntil(Clean.columnOrNull(until));
        row.setReason(Clean.text(reason));
        row.setIncident(incident == null ? null : incident.value());
        row.setActor(told.actor());
        row.setAt(Clean.column(event.at()));
        rules.put(key(event), row);
    }

    void take(Told told, PlaybookEvent event) {
        switch (event) {
            case PlaybookEvent.PlaybookRunStarted e ->
                runs.putIfAbsent(
                        new Key(e.tenant().value(), e.runId().value()),
                        new PlaybookRunRecord(
                                e.tenant().value(),
                                e.runId().value(),
                                e.incident().value(),
                                Clean.text(e.playbook()),
                                e.version(),
                                Clean.column(e.at())));
            case PlaybookEvent.PlaybookStepCompleted e ->
                step(told, e, e.step(), e.target(), State.STANDING, e.rule(), e.detail());
            case PlaybookEvent.PlaybookStepWithheld e ->
                step(told, e, e.step(), e.target(), State.WITHHELD, null, e.detail());
            case PlaybookEvent.PlaybookStepRefused e ->
                step(told, e, e.step(), e.target(), State.REFUSED, null, e.detail());
            case PlaybookEvent.PlaybookStepUndone e ->
                step(told, e, e.step(), e.target(), State.UNDONE, e.rule(), e.reason());
        }
    }

    private void step(
            Told told,
            PlaybookEvent event,
            String step,
            Network target,
            State state,
            @Nullable RuleId rule,
            String detail) {
        var row = new PlaybookStepRecord();
        row.setTenant(event.tenant().value());
        row.setRun(event.runId().value());
        row.setStep(Clean.text(step));
        row.setTarget(target.toString());
        row.setIncident(event.incident().value());
        row.setPosition(told.position());
        row.setState(state.name());
        row.setRule(rule == null ? null : rule.value());
        row.setAt(Clean.column(event.at()));
        row.setActor(told.actor());
        row.setDetail(Clean.text(detail));
        var before = steps.put(List.of(row.getTenant(), row.getRun(), row.getStep(), row.getTarget()), row);
        if (rule == null && before != null) row.setRule(before.getRule());
    }

    void take(ContainmentAdvised event) {
        var row = new AdviceRecord(
                event.tenant().value(),
                event.incidentId().value(),
                event.network().toString(),
                Clean.column(event.at()),
                event.history());
        advice.putIfAbsent(List.of(row.getTenant(), row.getIncident(), row.getNetwork()), row);
    }

    /** The rules that are new or lifted. */
    Set<Key> changed() {
        return changed;
    }

    void write() {
        Rows.insert(db, RULE, changed.stream().map(rules::get).toList(), """
                on conflict (tenant, id) do update set position = excluded.position, action = excluded.action, network = excluded.network,
                low = excluded.low, high = excluded.high, until = excluded.until, reason = excluded.reason, incident = excluded.incident,
                actor = excluded.actor, at = excluded.at, lifted_at = excluded.lifted_at, lifted_by = excluded.lifted_by,
                lift_reason = excluded.lift_reason
                """);
        Rows.insert(db, PLAYBOOK_RUN, runs.values(), "on conflict do nothing");
        Rows.insert(db, PLAYBOOK_STEP, steps.values(), """
                on conflict (tenant, run, step, target) do update set position = excluded.position, state = excluded.state,
                rule = coalesce(excluded.rule, t.rule), at = excluded.at, actor = excluded.actor, detail = excluded.detail
                """);
        Rows.insert(db, ADVICE, advice.values(), "on conflict do nothing");
    }
}
