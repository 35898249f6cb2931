package io.velvetastro.decisions.playbook;

import static io.velvetastro.decisions.Given.ATTACKER;
import static io.velvetastro.decisions.Given.NOON;
import static io.velvetastro.decisions.Given.OURS;
import static io.velvetastro.decisions.Given.RULE;
import static io.velvetastro.decisions.Given.RUN;
import static io.velvetastro.decisions.Given.STORY;
import static io.velvetastro.decisions.Given.THEIRS;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.door.MissingIsNotFound;
import io.velvetastro.decisions.plan.Runs;
import io.velvetastro.language.PlaybookCommand;
import io.velvetastro.language.PlaybookCommand.RecordStep;
import io.velvetastro.language.PlaybookCommand.StartRun;
import io.velvetastro.language.PlaybookCommand.StepOutcome;
import io.velvetastro.language.PlaybookCommand.UndoStep;
import io.velvetastro.language.PlaybookEvent;
import io.velvetastro.language.PlaybookEvent.PlaybookRunStarted;
import io.velvetastro.language.PlaybookEvent.PlaybookStepCompleted;
import io.velvetastro.language.PlaybookEvent.PlaybookStepRefused;
import io.velvetastro.language.PlaybookEvent.PlaybookStepUndone;
import io.velvetastro.language.PlaybookEvent.PlaybookStepWithheld;
import io.velvetastro.language.Refused.Why;
import io.velvetastro.language.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaybookRunTest {
    private static final PlaybookRunStarted STARTED =
            new PlaybookRunStarted(RUN, OURS, STORY, "contain-source", 1, NOON);
    private static final PlaybookStepCompleted COMPLETED =
            new PlaybookStepCompleted(RUN, OURS, STORY, "block", ATTACKER, RULE, "blocked for a day", NOON);
    private static final PlaybookStepWithheld WITHHELD =
            new PlaybookStepWithheld(RUN, OURS, STORY, "block", ATTACKER, "history", NOON);
    private static final PlaybookStepRefused REFUSED =
            new PlaybookStepRefused(RUN, OURS, STORY, "block", ATTACKER, "never-block", NOON);
    private static final PlaybookStepUndone UNDONE =
            new PlaybookStepUndone(RUN, OURS, STORY, "block", ATTACKER, RULE, "mistake", NOON);
    private final List<TenantId> ran = new ArrayList<>();
    private FixtureConfiguration<PlaybookRun> run;

    @BeforeEach
    void fresh() {
        run = new AggregateTestFixture<>(PlaybookRun.class)
                .registerCommandHandlerInterceptor(new MissingIsNotFound())
                .registerInjectableResource((Runs) (tenant, at) -> ran.add(tenant));
    }

    @Test
    void aRunStartsOnce() {
        run.givenNoPriorActivity().when(starting()).expectEvents(STARTED);
        run.given(STARTED).when(starting()).expectNoEvents();
    }

    @Test
    void aStepIsRecordedOnceHoweverOftenItIsReported() {
        run.given(STARTED)
                .when(recording(StepOutcome.COMPLETED, "blocked for a day"))
                .expectEvents(COMPLETED);
        run.given(STARTED, COMPLETED)
                .when(recording(StepOutcome.COMPLETED, "blocked for a day"))
                .expectNoEvents();
    }

    @Test
    void aRunThatDidSomethingIsCountedOnceAndNoOther() {
        run.given(STARTED).when(recording(StepOutcome.WITHHELD, "history"));
        run.given(STARTED).when(recording(StepOutcome.REFUSED, "never-block"));
        assertThat(ran).isEmpty();
        run.given(STARTED).when(recording(StepOutcome.COMPLETED, "blocked for a day"));
        assertThat(ran).containsExactly(OURS);
        run.given(STARTED, COMPLETED).when(recording(StepOutcome.COMPLETED, "blocked for a day"));
        assertThat(ran).hasSize(1);
    }

    @Test
    void whatWasHeldBackOrRefusedIsRecordedAsThat() {
        run.given(STARTED).when(recording(StepOutcome.WITHHELD, "history")).expectEvents(WITHHELD);
        run.given(STARTED).when(recording(StepOutcome.REFUSED, "never-block")).expectEvents(REFUSED);
    }

    @Test
    void aCompletedStepIsTakenBackOnce() {
        run.given(STARTED, COMPLETED).when(undoing()).expectEvents(UNDONE);
        run.given(STARTED, COMPLETED, UNDONE).when(undoing()).expectNoEvents();
    }

    @ParameterizedTest
    @MethodSource("whatLeftNothing")
    void whatLeftNothingCannotBeTakenBack(PlaybookEvent before) {
        run.given(STARTED, before).when(undoing()).expectNoEvents().expectExceptionDetails(Why.NOT_UNDOABLE.name());
    }

    @Test
    void aStepThatNeverWasCannotBeTakenBack() {
        run.given(STARTED).when(undoing()).expectExceptionDetails(Why.NOT_UNDOABLE.name());
    }

    @ParameterizedTest
    @MethodSource("everything")
    void somebodyElsesRunAnswersAsAMissingOne(PlaybookCommand command) {
        run.given(new PlaybookRunStarted(RUN, THEIRS, STORY, "contain-source", 1, NOON))
                .when(command)
                .expectNoEvents()
                .expectExceptionDetails(Why.NOT_FOUND.name());
        if (!(command instanceof StartRun))
            run.givenNoPriorActivity().when(command).expectExceptionDetails(Why.NOT_FOUND.name());
    }

    static Stream<PlaybookEvent> whatLeftNothing() {
        return Stream.of(WITHHELD, REFUSED);
    }

    static Stream<PlaybookCommand> everything() {
        return Stream.of(starting(), recording(StepOutcome.COMPLETED, "blocked for a day"), undoing());
    }

    private static StartRun starting() {
        return new StartRun(RUN, OURS, "contain-source", 1, STORY, NOON);
    }

    private static RecordStep recording(StepOutcome outcome, String detail) {
        return new RecordStep(
                RUN, OURS, "block", outcome, ATTACKER, outcome == StepOutcome.COMPLETED ? RULE : null, detail, NOON);
    }

    private static UndoStep undoing() {
        return new UndoStep(RUN, OURS, "block", "mistake", NOON);
    }
}
