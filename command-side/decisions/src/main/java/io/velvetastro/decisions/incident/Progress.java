package io.velvetastro.decisions.incident;

import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a story had come when it was last told: what an incident needs to tell news from repetition. */
record Progress(Severity severity, int stages, long findings, long events, Instant lastAt) {
    static Progress of(StoryState story) {
        return new Progress(story.severity(), story.stages().size(), story.findings(), story.events(), story.lastAt());
    }

    boolean saysMoreThan(@Nullable Progress before) {
        return before == null
                || findings > before.findings
                || events > before.events
                || lastAt.isAfter(before.lastAt)
                || climbsAbove(before);
    }

    boolean climbsAbove(@Nullable Progress before) {
        return before == null || severity.compareTo(before.severity) > 0 || stages > before.stages;
    }
}
