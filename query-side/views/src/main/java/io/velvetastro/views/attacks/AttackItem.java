package io.velvetastro.views.attacks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Place;
import io.velvetastro.language.SeriesId;
import io.velvetastro.questions.Attacks.AttackDetail;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.EntityRow;
import io.velvetastro.views.web.Plain;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attack as the API tells it. {@code at} is its latest activity, {@code count} the events it rests on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttackItem(
        SeriesId id,
        Instant at,
        Instant firstAt,
        String severity,
        String stage,
        String engine,
        String rule,
        String title,
        @Nullable String source,
        @Nullable Place place,
        @Nullable String user,
        int users,
        @Nullable String host,
        long count,
        String outcome,
        @Nullable IncidentId incident,
        boolean history,
        boolean simulated) {

    static AttackItem of(AttackRow row) {
        return new AttackItem(
                row.id(),
                row.at(),
                row.firstAt(),
                Plain.word(row.severity()),
                Plain.word(row.stage()),
                Plain.word(row.engine()),
                row.rule(),
                row.title(),
                row.source(),
                row.place(),
                row.user(),
                row.users(),
                row.host(),
                row.count(),
                Plain.word(row.outcome()),
                row.incident(),
                row.history(),
                row.simulated());
    }

    /** Somebody or something an attack or incident is about. */
    public record Involved(String kind, String role, String id, String name) {
        public static Involved of(EntityRow row) {
            return new Involved(Plain.word(row.kind()), Plain.word(row.role()), row.id(), row.name());
        }
    }

    /** The same with all that explains it. */
    public record Whole(
            @JsonUnwrapped AttackItem attack,
            int ruleVersion,
            double score,
            String explanation,
            List<Weight> why,
            List<Technique> techniques,
            List<Involved> entities,
            List<EventId> evidence,
            Instant recordedAt) {
        static Whole of(AttackDetail detail) {
            return new Whole(
                    AttackItem.of(detail.row()),
                    detail.ruleVersion(),
                    detail.score(),
                    detail.explanation(),
                    detail.why(),
                    detail.techniques(),
                    detail.entities().stream().map(Involved::of).toList(),
                    detail.evidence(),
                    detail.recordedAt());
        }
    }
}
