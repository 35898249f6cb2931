package io.velvetastro.decisions.incident;

import static io.velvetastro.decisions.Given.ALICE;
import static io.velvetastro.decisions.Given.ATTACKER;
import static io.velvetastro.decisions.Given.FINDING;
import static io.velvetastro.decisions.Given.NOON;
import static io.velvetastro.decisions.Given.OTHER_STORY;
import static io.velvetastro.decisions.Given.OURS;
import static io.velvetastro.decisions.Given.STORY;
import static io.velvetastro.decisions.Given.THEIRS;
import static io.velvetastro.language.Stage.DELIVERY;
import static io.velvetastro.language.Stage.EXPLOITATION;
import static io.velvetastro.language.Stage.RECONNAISSANCE;

import io.velvetastro.decisions.door.MissingIsNotFound;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.IncidentCommand;
import io.velvetastro.language.IncidentCommand.AbsorbIncident;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.language.IncidentCommand.CommentOnIncident;
import io.velvetastro.language.IncidentCommand.GrowIncident;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.IncidentCommand.ReopenIncident;
import io.velvetastro.language.IncidentCommand.ResolveIncident;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.IncidentEvent.IncidentAbsorbed;
import io.velvetastro.language.IncidentEvent.IncidentAssigned;
import io.velvetastro.language.IncidentEvent.IncidentCommented;
import io.velvetastro.language.IncidentEvent.IncidentGrew;
import io.velvetastro.language.IncidentEvent.IncidentOpened;
import io.velvetastro.language.IncidentEvent.IncidentReopened;
import io.velvetastro.language.IncidentEvent.IncidentResolved;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Refused.Why;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class IncidentTest {
    private static final StoryState SCAN = story(Severity.MEDIUM, 1, RECONNAISSANCE);
    private static final StoryState MORE_SCANS = story(Severity.MEDIUM, 2, RECONNAISSANCE);
    private static final StoryState BREAK_IN = story(Severity.HIGH, 3, RECONNAISSANCE, EXPLOITATION);
    private static final Sealed TEXT = new Sealed("k.x");
    private static final IncidentOpened OPENED = new IncidentOpened(STORY, OURS, SCAN, NOON);
    private static final IncidentAbsorbed ABSORBED = new IncidentAbsorbed(STORY, OURS, OTHER_STORY, NOON);
    private FixtureConfiguration<Incident> incident;

    @BeforeEach
    void fresh() {
        incident = new AggregateTestFixture<>(Incident.class)
                .registerInjectableResource(
                        (Colleagues) (tenant, member) -> tenant.equals(OURS) && member.equals(ALICE))
                .registerCommandHandlerInterceptor(new MissingIsNotFound());
    }

    @Test
    void aStoryThatMattersOpensAnIncident() {
        incident.givenNoPriorActivity()
                .when(new OpenIncident(STORY, OURS, SCAN, NOON))
                .expectEvents(OPENED);
    }

    @Test
    void theSameStoryToldAgainIsSilence() {
        incident.given(OPENED).when(new OpenIncident(STORY, OURS, SCAN, NOON)).expectNoEvents();
        incident.given(OPENED).when(new GrowIncident(STORY, OURS, SCAN, NOON)).expectNoEvents();
    }

    @Test
    void aStoryToldAgainWithMoreToSayGrows() {
        incident.given(OPENED)
                .when(new OpenIncident(STORY, OURS, BREAK_IN, NOON))
                .expectEvents(new IncidentGrew(STORY, OURS, BREAK_IN, NOON));
    }

    @Test
    void anEarlierTellingThatArrivesLateIsSilence() {
        incident.given(OPENED, new IncidentGrew(STORY, OURS, BREAK_IN, NOON))
                .when(new GrowIncident(STORY, OURS, MORE_SCANS, NOON))
                .expectNoEvents();
    }

    @Test
    void aResolvedIncidentOpensAgainWhenItsStoryClimbs() {
        incident.given(OPENED, resolved(Disposition.FALSE_POSITIVE_LOGIC))
                .when(new GrowIncident(STORY, OURS, BREAK_IN, NOON))
                .expectEvents(
                        new IncidentGrew(STORY, OURS, BREAK_IN, NOON), new IncidentReopened(STORY, OURS, null, NOON));
    }

    @Test
    void aResolvedIncidentStaysResolvedWhenItsStoryOnlyRepeats() {
        incident.given(OPENED, resolved(Disposition.FALSE_POSITIVE_LOGIC))
                .when(new GrowIncident(STORY, OURS, MORE_SCANS, NOON))
                .expectEvents(new IncidentGrew(STORY, OURS, MORE_SCANS, NOON));
    }

    @Test
    void anAbsorbedIncidentGoesOnInsideTheOther() {
        incident.given(OPENED)
                .when(new AbsorbIncident(STORY, OURS, OTHER_STORY, NOON))
                .expectEvents(ABSORBED);
        incident.given(OPENED, ABSORBED)
                .when(new AbsorbIncident(STORY, OURS, OTHER_STORY, NOON))
                .expectNoEvents();
        incident.given(OPENED, ABSORBED)
                .when(new GrowIncident(STORY, OURS, BREAK_IN, NOON))
                .expectNoEvents();
    }

    @Test
    void anIncidentIsNotAbsorbedByItself() {
        incident.given(OPENED)
                .when(new AbsorbIncident(STORY, OURS, STORY, NOON))
                .expectNoEvents();
    }

    @Test
    void anAttackThatGoesOnIsAnsweredThoughItsBeginningWasHistory() {
        var tooLate = new ContainmentAdvised(STORY, OURS, ATTACKER, FINDING, true, NOON);
        incident.given(OPENED, tooLate)
                .when(advising())
                .expectEvents(new ContainmentAdvised(STORY, OURS, ATTACKER, FINDING, false, NOON));
        incident.given(OPENED, tooLate)
                .when(new AdviseContainment(STORY, OURS, ATTACKER, FINDING, true, NOON))
                .expectNoEvents();
    }

    @Test
    void containmentIsAdvisedOnceForEachNetwork() {
        var advised = new ContainmentAdvised(STORY, OURS, ATTACKER, FINDING, false, NOON);
        incident.given(OPENED).when(advising()).expectEvents(advised);
        incident.given(OPENED, advised).when(advising()).expectNoEvents();
    }

    @ParameterizedTest
    @EnumSource(names = {"BENIGN_TRUE_POSITIVE", "FALSE_POSITIVE_LOGIC", "FALSE_POSITIVE_DATA"})
    void nothingIsContainedThatPeopleFoundHarmless(Disposition disposition) {
        incident.given(OPENED, resolved(disposition)).when(advising()).expectNoEvents();
    }

    @ParameterizedTest
    @EnumSource(names = {"TRUE_POSITIVE", "UNDETERMINED"})
    void anAttackThatGoesOnAfterItWasClosedIsStillContained(Disposition disposition) {
        incident.given(OPENED, resolved(disposition))
                .when(advising())
                .expectEvents(new ContainmentAdvised(STORY, OURS, ATTACKER, FINDING, false, NOON));
    }

    @Test
    void someoneTakesItAndGivesItBack() {
        incident.given(OPENED)
                .when(new AssignIncident(STORY, OURS, ALICE, NOON))
                .expectEvents(new IncidentAssigned(STORY, OURS, ALICE, NOON));
        incident.given(OPENED, new IncidentAssigned(STORY, OURS, ALICE, NOON))
                .when(new AssignIncident(STORY, OURS, null, NOON))
                .expectEvents(new IncidentAssigned(STORY, OURS, null, NOON));
        incident.given(OPENED, new IncidentAssigned(STORY, OURS, ALICE, NOON))
                .when(new AssignIncident(STORY, OURS, ALICE, NOON))
                .expectNoEvents();
    }

    @Test
    void nobodyOutsideTheOrganisationIsGivenAnIncident() {
        incident.given(OPENED)
                .when(new AssignIncident(STORY, OURS, new MemberId(STORY.value()), NOON))
                .expectNoEvents()
                .expectExceptionDetails(Why.NOT_FOUND.name());
    }

    @Test
    void whoeverDecidesOnAnOldStateIsTold() {
        incident.given(OPENED)
                .when(new AssignIncident(STORY, OURS, ALICE, NOON), Map.of(ExpectedVersion.KEY, 7L))
                .expectNoEvents()
                .expectExceptionDetails(Why.CHANGED_MEANWHILE.name());
        incident.given(OPENED)
                .when(new AssignIncident(STORY, OURS, ALICE, NOON), Map.of(ExpectedVersion.KEY, 1L))
                .expectEvents(new IncidentAssigned(STORY, OURS, ALICE, NOON));
    }

    @Test
    void aCommentStays() {
        incident.given(OPENED)
                .when(new CommentOnIncident(STORY, OURS, TEXT, NOON))
                .expectEvents(new IncidentCommented(STORY, OURS, TEXT, NOON));
    }

    @Test
    void anIncidentIsResolvedOnceAndMayBeReopened() {
        incident.given(OPENED).when(resolving()).expectEvents(resolved(Disposition.TRUE_POSITIVE));
        incident.given(OPENED, resolved(Disposition.TRUE_POSITIVE))
                .when(resolving())
                .expectExceptionDetails(Why.ALREADY_RESOLVED.name());
        incident.given(OPENED, resolved(Disposition.TRUE_POSITIVE))
                .when(new ReopenIncident(STORY, OURS, null, NOON))
                .expectEvents(new IncidentReopened(STORY, OURS, null, NOON));
    }

    @Test
    void whatIsOpenCannotBeReopened() {
        incident.given(OPENED)
                .when(new ReopenIncident(STORY, OURS, null, NOON))
                .expectExceptionDetails(Why.NOT_RESOLVED.name());
    }

    @Test
    void anAbsorbedIncidentIsResolvedWhereItGoesOn() {
        incident.given(OPENED, ABSORBED).when(resolving()).expectExceptionDetails(Why.ALREADY_RESOLVED.name());
    }

    @ParameterizedTest
    @MethodSource("everythingButOpening")
    void somebodyElsesIncidentAnswersAsAMissingOne(IncidentCommand command) {
        incident.given(new IncidentOpened(STORY, THEIRS, SCAN, NOON))
                .when(command)
                .expectNoEvents()
                .expectExceptionDetails(Why.NOT_FOUND.name())
                .expectExceptionMessage("There is nothing by this name.");
        incident.givenNoPriorActivity()
                .when(command)
                .expectExceptionDetails(Why.NOT_FOUND.name())
                .expectExceptionMessage("There is nothing by this name.");
    }

    @Test
    void nobodyOpensAnIncidentUnderSomebodyElsesId() {
        incident.given(new IncidentOpened(STORY, THEIRS, SCAN, NOON))
                .when(new OpenIncident(STORY, OURS, SCAN, NOON))
                .expectExceptionDetails(Why.NOT_FOUND.name());
    }

    static Stream<IncidentCommand> everythingButOpening() {
        return Stream.of(
                new GrowIncident(STORY, OURS, BREAK_IN, NOON),
                new AbsorbIncident(STORY, OURS, OTHER_STORY, NOON),
                advising(),
                new AssignIncident(STORY, OURS, ALICE, NOON),
                new CommentOnIncident(STORY, OURS, TEXT, NOON),
                resolving(),
                new ReopenIncident(STORY, OURS, null, NOON));
    }

    private static AdviseContainment advising() {
        return new AdviseContainment(STORY, OURS, ATTACKER, FINDING, false, NOON);
    }

    private static ResolveIncident resolving() {
        return new ResolveIncident(STORY, OURS, Disposition.TRUE_POSITIVE, null, NOON);
    }

    private static IncidentResolved resolved(Disposition disposition) {
        return new IncidentResolved(STORY, OURS, disposition, null, NOON);
    }

    private static StoryState story(Severity severity, long findings, Stage... stages) {
        return new StoryState(
                "Scan and more",
                severity,
                DELIVERY,
                List.of(stages),
                NOON,
                NOON,
                findings,
                findings * 10,
                false,
                false,
                List.of());
    }
}
