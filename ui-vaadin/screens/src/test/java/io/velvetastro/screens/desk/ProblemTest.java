package io.velvetastro.screens.desk;

import static io.velvetastro.language.Refused.Why.BEYOND_THE_PLAN;
import static io.velvetastro.language.Refused.Why.NEVER_BLOCK_LIST;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Refused;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Whoever is told no is told why, and whoever has to wait how long. */
class ProblemTest {

    @Test
    void whyItCannotBeDoneIsSaidByWhoRefusesIt() {
        var problem = Problem.ordering(new CompletionException(
                new Refused(NOT_AS_IT_STANDS, "The organisation invites mailboxes of northwind.example alone.")));
        assertThat(problem.words())
                .isEqualTo("The organisation invites mailboxes of northwind.example alone. Nothing has changed.");
        assertThat(problem.code()).isEqualTo("409 not-as-it-stands");
        assertThat(Problem.ordering(new Refused(BEYOND_THE_PLAN, "The plan has room for 5 members."))
                        .words())
                .startsWith("The plan has room for 5 members.");
        assertThat(Problem.ordering(new Refused(NEVER_BLOCK_LIST, "inner words"))
                        .words())
                .as("where screens have better words, these")
                .contains("never-block list")
                .doesNotContain("inner");
    }

    @Test
    void anHourIsNotAMoment() {
        var letters =
                Problem.ordering(new Overloaded("They were written to 3 times within this hour.", Duration.ofHours(1)));
        assertThat(letters.words()).isEqualTo("They were written to 3 times within this hour. Try again in 1 hour.");
        var flood = Problem.asking(new Overloaded("More than 9 events wait to be read", Duration.ofSeconds(2)));
        assertThat(flood.words()).contains("in a moment").doesNotContain("events wait");
    }

    @Test
    void aFaultShowsItsTraceAndNeverItsCause() {
        var problem = Problem.asking(new IllegalStateException("secret inside"));
        assertThat(problem.words() + problem.title()).doesNotContain("secret");
        assertThat(problem.code()).startsWith("500 trace ");
    }
}
