package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An engine found something. A later finding of the same {@code series} replaces the earlier one in every view: {@code count} is the number of events seen so far, {@code evidence} names the first and the latest of them (at most 50).
 *
 * @param firstAt when the oldest evidence occurred
 * @param lastAt when the newest evidence occurred
 * @param reachedAt when its stage was reached: the time of the event that decided, such as the sign-in after the guesses
 * @param score 0 to 1
 * @param history whether the newest evidence was older than 15 minutes when the finding was recorded: history opens incidents and does not act
 * @param contain whether the finding by itself is reason enough to block its source
 * @param fresh the events it rests on that no finding had counted before, by the minute they occurred in: however many findings rest on an event, it counts as attack once; none where revision 1 did not say
 * @param ruleHash the SHA-256 of the rule's text, in hexadecimal, which stands in {@link RuleRecorded}; none where revisions 1 and 2 did not say
 */
@Revision("3")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FindingRaised(
        FindingId id,
        SeriesId series,
        TenantId tenant,
        Engine engine,
        String rule,
        int ruleVersion,
        String title,
        Severity severity,
        double score,
        Stage stage,
        List<Technique> techniques,
        Instant firstAt,
        Instant lastAt,
        Instant reachedAt,
        long count,
        List<EventId> evidence,
        List<Entity> entities,
        List<Weight> why,
        String explanation,
        @Nullable Place place,
        boolean history,
        boolean contain,
        boolean simulated,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Minute> fresh,
        @Nullable String ruleHash) {

    public FindingRaised {
        fresh = Objects.requireNonNullElse(fresh, List.of());
    }

    /** So many events within the minute that begins then. */
    public record Minute(Instant at, long events) {}

    /** An ATT&CK technique by id and by the name our rule gives it. */
    public record Technique(String id, String name) {}

    /** Someone or something a finding is about; {@code id} is opaque for users and addresses, {@code name} is what to show, sealed where it is personal. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entity(
            Kind kind,
            Role role,
            String id,
            @Nullable Sealed sealedName,
            @Nullable String name) {
        public enum Kind {
            USER,
            ADDRESS,
            HOST,
            DEVICE
        }

        public enum Role {
            ACTOR,
            TARGET
        }
    }

    /** One thing that weighed in: its words, and its share of the score (may be negative). */
    public record Weight(String what, double share) {}
}
