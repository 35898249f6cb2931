package io.velvetastro.views.incidents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.SeriesId;
import io.velvetastro.questions.Incidents;
import io.velvetastro.questions.Incidents.Evidence;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.KillChainStep;
import io.velvetastro.questions.Incidents.TimelineEntry;
import io.velvetastro.views.attacks.AttackItem.Involved;
import io.velvetastro.views.web.Plain;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An incident as the API tells it. {@code openedAt} is when its oldest evidence occurred; {@code version} is the ETag. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IncidentItem(
        IncidentId id,
        long number,
        String title,
        String severity,
        String status,
        String stage,
        List<String> stages,
        Instant openedAt,
        Instant lastAt,
        Instant recordedAt,
        List<String> sources,
        List<String> users,
        List<String> hosts,
        long findings,
        long events,
        @Nullable MemberId assignee,
        @Nullable String assigneeName,
        @Nullable String disposition,
        @Nullable IncidentId mergedInto,
        boolean history,
        boolean simulated,
        long version) {

    static IncidentItem of(IncidentRow row) {
        return new IncidentItem(
                row.id(),
                row.number(),
                row.title(),
                Plain.word(row.severity()),
                Plain.word(row.status()),
                Plain.word(row.stage()),
                Plain.words(row.stages()),
                row.openedAt(),
                row.lastAt(),
                row.recordedAt(),
                row.sources(),
                row.users(),
                row.hosts(),
                row.findings(),
                row.events(),
                row.assignee(),
                row.assigneeName(),
                Plain.wordOrNull(row.disposition()),
                row.mergedInto(),
                row.history(),
                row.simulated(),
                row.version());
    }

    /** The same with its story. */
    record Whole(
            @JsonUnwrapped IncidentItem incident,
            List<Line> timeline,
            List<Step> killChain,
            List<Evidence> evidence,
            List<Done> actions,
            List<Involved> entities) {
        static Whole of(IncidentDetail detail) {
            return new Whole(
                    IncidentItem.of(detail.incident()),
                    detail.timeline().stream().map(Line::of).toList(),
                    detail.killChain().stream().map(Step::of).toList(),
                    detail.evidence(),
                    detail.actions().stream().map(Done::of).toList(),
                    detail.entities().stream().map(Involved::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            Instant at,
            String kind,
            String title,
            String detail,
            @Nullable String severity,
            @Nullable String stage,
            @Nullable String engine,
            @Nullable String rule,
            @Nullable SeriesId series,
            List<Technique> techniques,
            List<Weight> why,
            List<EventId> evidence,
            long count,
            String actor) {
        static Line of(TimelineEntry entry) {
            return new Line(
                    entry.at(),
                    Plain.word(entry.kind()),
                    entry.title(),
                    entry.detail(),
                    Plain.wordOrNull(entry.severity()),
                    Plain.wordOrNull(entry.stage()),
                    Plain.wordOrNull(entry.engine()),
                    entry.rule(),
                    entry.series(),
                    entry.techniques(),
                    entry.why(),
                    entry.evidence(),
                    entry.count(),
                    entry.actor());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Step(
            String stage,
            @Nullable String technique,
            @Nullable String techniqueName,
            Instant at,
            List<EventId> eventIds) {
        static Step of(KillChainStep step) {
            return new Step(
                    Plain.word(step.stage()), step.technique(), step.techniqueName(), step.at(), step.eventIds());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Done(
            Instant at,
            String what,
            String state,
            @Nullable String target,
            @Nullable RuleId rule,
            @Nullable RunId run,
            @Nullable String step,
            @Nullable Instant until,
            String by,
            String detail) {
        static Done of(Incidents.Action action) {
            return new Done(
                    action.at(),
                    action.what(),
                    Plain.word(action.state()),
                    action.target(),
                    action.rule(),
                    action.run(),
                    action.step(),
                    action.until(),
                    action.by(),
                    action.detail());
        }
    }
}
