package io.velvetastro.decisions.push;

import io.velvetastro.questions.RecordPush.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one try. */
sealed interface Outcome {
    record Taken(int status) implements Outcome {}

    /** @param stayAway how long the other side asked us to stay away */
    record Declined(Problem problem, @Nullable Integer status, Duration stayAway) implements Outcome {
        static Declined because(Problem problem) {
            return new Declined(problem, null, Duration.ZERO);
        }
    }
}
