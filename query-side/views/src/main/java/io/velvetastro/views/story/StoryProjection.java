package io.velvetastro.views.story;

import io.velvetastro.language.DefenseEvent;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.IncidentEvent;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.PlaybookEvent;
import io.velvetastro.language.PrivacyEvent;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.Seals;
import io.velvetastro.views.Progress;
import io.velvetastro.views.Told;
import java.util.HashSet;
import java.util.List;
import org.jooq.DSLContext;

/** Turns findings and decisions into rows, a batch at a time. Where a batch begins and ends makes no difference to the rows. */
final class StoryProjection {
    private final Names names;

    StoryProjection(Seals seals) {
        this.names = new Names(seals);
    }

    Changes project(DSLContext db, List<Told> batch) {
        var fresh = Progress.fresh(
                db,
                "story_progress",
                batch.stream().filter(StoryProjection::concerns).toList());
        var changes = new Changes();
        if (fresh.isEmpty()) return changes;
        var sums = new RollUps();
        var findings = new FindingRows(db, names, sums, fresh);
        var rules = new RuleRows(db, fresh);
        var incidents = new IncidentRows(db, names, fresh);
        var scrub = new Scrub(db);
        for (var told : fresh) {
            switch (told.payload()) {
                case FindingRaised finding -> findings.take(told, finding);
                case DefenseEvent event -> rules.take(told, event);
                case PlaybookEvent event -> rules.take(told, event);
                case IncidentEvent event -> {
                    incidents.take(told, event);
                    if (event instanceof ContainmentAdvised advice) rules.take(advice);
                }
                case PrivacyEvent event -> {} // Scrubbed below: what this batch wrote is to be scrubbed too.
                default -> throw new IllegalStateException("filtered above");
            }
            changes.reached(told.tenant().value(), told.position());
            note(changes, told);
        }
        findings.write();
        rules.write();
        var regrouped = incidents.write();
        for (var told : fresh) scrub(scrub, told);

        var outcomes = new Outcomes(db);
        var containable = new HashSet<>(regrouped);
        containable.addAll(outcomes.touchedBy(rules.changed()));
        containable.addAll(scrub.incidents());
        changes.contained().addAll(outcomes.contain(containable));
        changes.contained().removeAll(incidents.changed()); // Told at their own places.
        containable.forEach(incident -> changes.incident(incident.tenant(), incident.id()));
        var series = new HashSet<>(findings.series());
        series.addAll(incidents.moved());
        series.addAll(scrub.series());
        changes.outcomes().addAll(incidents.moved());
        outcomes.judge(series, incidents.turned(), rules.changed(), sums, changes);
        changes.outcomes().removeAll(findings.series());
        sums.write(db);
        return changes;
    }

    private static boolean concerns(Told told) {
        return told.payload() instanceof FindingRaised
                || told.payload() instanceof DefenseEvent
                || told.payload() instanceof PlaybookEvent
                || told.payload() instanceof IncidentEvent
                || told.payload() instanceof PrivacyEvent;
    }

    private static void scrub(Scrub scrub, Told told) {
        if (told.payload() instanceof PersonErased erased) scrub.erase(erased);
        if (told.payload() instanceof MonthEnded ended) scrub.erase(ended);
    }

    private static void note(Changes changes, Told told) {
        var tenant = told.tenant().value();
        switch (told.payload()) {
            case FindingRaised finding -> changes.attacks(tenant);
            case PrivacyEvent event -> changes.attacks(tenant);
            case DefenseEvent event -> changes.defense(tenant);
            case PlaybookEvent event ->
                changes.incident(tenant, event.incident().value());
            case IncidentEvent event ->
                changes.incident(tenant, event.incidentId().value());
            default -> {}
        }
    }
}
