package io.velvetastro.engines.rules;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One heuristic as data. Its semantics are those of Sigma's correlations: the window slides, fields to group by are joined by AND, and one event may satisfy any number of rules.
 *
 * @param group what the attempts must have in common; nothing means the whole organisation
 * @param patternOrNull what to count over sign-in attempts, or null for a rule about travel or about denials
 * @param levels from mild to grave; the last one reached counts
 * @param quiet what is left of it when the address is familiar: a forgotten password is not an attack
 */
public record Rule(
        String id,
        int version,
        String title,
        Stage stage,
        List<Technique> techniques,
        @JsonProperty("group") @Nullable Set<Field> groupOrNull,
        @JsonProperty("pattern") @Nullable Pattern patternOrNull,
        @JsonProperty("travel") @Nullable Travel travelOrNull,
        @JsonProperty("denial") @Nullable Denial denialOrNull,
        List<Level> levels,
        @Nullable Quiet quiet,
        String explanation,
        List<Example> tests) {

    public Rule {
        if (id.isBlank() || version < 1) throw new IllegalArgumentException("a rule has an id and a version");
        if (Stream.of(patternOrNull, travelOrNull, denialOrNull)
                        .filter(Objects::nonNull)
                        .count()
                != 1) throw new IllegalArgumentException(id + " is not about one of pattern, travel and denial");
        if (levels.isEmpty()) throw new IllegalArgumentException(id + " has no level");
        if (tests.isEmpty()) throw new IllegalArgumentException(id + " has no test");
    }

    public Set<Field> group() {
        return groupOrNull == null ? Set.of() : groupOrNull;
    }

    /** Whether it counts sign-in attempts. */
    public boolean counts() {
        return patternOrNull != null;
    }

    public boolean isOfTravel() {
        return travelOrNull != null;
    }

    public boolean isOfDenials() {
        return denialOrNull != null;
    }

    public Pattern pattern() {
        return requireNonNull(patternOrNull, "this rule does not count attempts");
    }

    public Travel travel() {
        return requireNonNull(travelOrNull, "this rule is not about travel");
    }

    public Denial denial() {
        return requireNonNull(denialOrNull, "this rule is not about denials");
    }

    /** What attempts can be grouped by. */
    public enum Field {
        PRINCIPAL,
        SOURCE
    }

    /**
     * So many failures (of so many accounts, from so many addresses) within the window, over no less than a least span, and then a success where one is asked for.
     *
     * @param leastEach only addresses count that failed for so many accounts: fewer is somebody who mistyped
     * @param mostEach and for no more than so many: an address that is loud alone is an attack of its own
     */
    public record Pattern(
            Duration window,
            @Nullable Duration leastSpan,
            int failures,
            int principals,
            int sources,
            int leastEach,
            int mostEach,
            boolean thenSuccess) {
        public Pattern {
            if (window.isNegative() || window.isZero() || failures < 2)
                throw new IllegalArgumentException("a wrong password alone is never a risk");
        }

        public long windowMillis() {
            return window.toMillis();
        }

        public long leastSpanMillis() {
            return leastSpan == null ? 0 : leastSpan.toMillis();
        }
    }

    /** Two places too far apart for the time between; the first sign-ins of an account are still learning. */
    public record Travel(
            double speedKmPerHour,
            double leastKm,
            int learningLogins,
            Duration learningTime,
            Duration forgets,
            int common) {}

    /** What an account's owner says was not them: a sign-in that succeeded, or one that was turned away. */
    public record Denial(boolean gotIn) {}

    /** How grave it is from so many failures and so many accounts on. */
    public record Level(int failures, int principals, Severity severity, double score, boolean contain) {}

    public record Quiet(Severity severity, double score, String title) {}

    /** An inline test: events in, findings out, in the notation of the rules' own test. */
    public record Example(String name, List<String> events, List<String> finds) {}
}
