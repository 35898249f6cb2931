package io.velvetastro.notary;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.HoldId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.PrivacyEvent.Cause;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.language.PrivacyEvent.PlanRetentionSet;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Kept.Ending;
import io.velvetastro.questions.Kept.HowLongKept;
import io.velvetastro.store.testing.FreshDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** A plan keeps names for so long and no longer; nobody loses anything by it without thirty days to do something about it. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
@DirtiesContext // It ends whole months.
class PlanRetentionTest {
    private static final Instant MARCH = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant AFTER_THE_GRACE = NOW.plus(Plan.GRACE);

    @Autowired
    CommandGateway commands;

    @Autowired
    EventStore decisions;

    @Autowired
    Seals seals;

    @Autowired
    PrivacyBook book;

    @Autowired
    Shredder shredder;

    @Autowired
    StoredBytes store;

    @Autowired
    Subscriptions plans;

    private final TenantId ours = new TenantId(UUID.randomUUID());
    private final PrincipalId anna = new PrincipalId(UUID.randomUUID());
    private Sealed march;
    private Sealed november;

    @BeforeEach
    void somethingIsSealed() {
        march = seals.seal(ours, anna, MARCH, "march");
        november = seals.seal(ours, anna, NOW, "november");
    }

    @Test
    void aSmallerPlanEndsNothingForThirtyDaysAndThenWhatLiesWhollyFurtherBack() {
        plans.set(ours, Plan.FREE);
        look(NOW);
        look(AFTER_THE_GRACE.minusSeconds(1));
        assertThat(seals.open(ours, march)).contains("march");
        for (int again = 0; again < 3; again++) look(AFTER_THE_GRACE);
        assertThat(seals.open(ours, march)).isEmpty();
        assertThat(seals.open(ours, november))
                .as("in December, November lies not a month back")
                .contains("november");
        assertThat(said(MonthEnded.class))
                .containsExactly(new MonthEnded(ours, "2026-03", AFTER_THE_GRACE, Cause.PLAN));
        assertThat(said(PlanRetentionSet.class))
                .containsExactly(new PlanRetentionSet(ours, Plan.FREE, 1, AFTER_THE_GRACE, NOW));
        look(Instant.parse("2026-12-31T23:59:59Z"));
        assertThat(seals.open(ours, november)).contains("november");
        look(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(seals.open(ours, november)).isEmpty();
    }

    @Test
    void aLargerPlanDuringTheGraceEndsNothing() {
        plans.set(ours, Plan.FREE);
        look(NOW);
        plans.set(ours, Plan.ENTERPRISE); // At the last moment: nobody has looked since.
        look(AFTER_THE_GRACE);
        look(AFTER_THE_GRACE.plus(Duration.ofDays(400)));
        assertThat(seals.open(ours, march)).contains("march");
        assertThat(said(MonthEnded.class)).isEmpty();
    }

    @Test
    void aSmallerPlanEndsNothingThatALargerOneTookIn() {
        plans.set(ours, Plan.ENTERPRISE);
        look(NOW);
        plans.set(ours, Plan.PRO);
        look(NOW);
        plans.set(ours, Plan.FREE);
        look(NOW);
        look(AFTER_THE_GRACE.plus(Duration.ofDays(2_000)));
        assertThat(seals.open(ours, march)).contains("march");
        assertThat(seals.open(ours, november)).contains("november");
    }

    @Test
    void whatIsTakenInUnderTheSmallerPlanIsKeptAsItSays() {
        plans.set(ours, Plan.PRO);
        look(NOW);
        plans.set(ours, Plan.FREE);
        look(NOW);
        var next = Instant.parse("2027-02-10T10:00:00Z");
        var february = seals.seal(ours, anna, next, "february");
        look(Instant.parse("2027-03-31T23:59:59Z"));
        assertThat(seals.open(ours, february)).contains("february");
        assertThat(seals.open(ours, march)).as("as Pro promised").contains("march");
        look(Instant.parse("2027-04-01T00:00:00Z"));
        assertThat(seals.open(ours, february)).isEmpty();
        assertThat(seals.open(ours, march)).as("twelve months, and no more").isEmpty();
        assertThat(seals.open(ours, november)).contains("november");
    }

    @Test
    void aLargerPlanForADayKeepsWhatLivesOnThatDay() {
        plans.set(ours, Plan.FREE);
        look(NOW);
        plans.set(ours, Plan.PRO);
        look(NOW.plus(Duration.ofDays(1)));
        plans.set(ours, Plan.FREE);
        look(NOW.plus(Duration.ofDays(2)));
        look(NOW.plus(Duration.ofDays(60)));
        assertThat(seals.open(ours, november)).contains("november");
    }

    @Test
    void whatThePlanBeforeKeptNoLongerEndsDuringTheGraceToo() {
        plans.set(ours, Plan.PRO);
        look(NOW);
        var march2025 = seals.seal(ours, anna, MARCH.minus(Duration.ofDays(365)), "2025");
        plans.set(ours, Plan.FREE);
        look(AFTER_THE_GRACE);
        assertThat(seals.open(ours, march2025))
                .as("more than twelve months back")
                .isEmpty();
        assertThat(seals.open(ours, march)).contains("march");
    }

    @Test
    void aHoldKeepsWhatThePlanWouldEndUntilItIsLifted() {
        plans.set(ours, Plan.FREE);
        look(NOW);
        var hold = new HoldId(UUID.randomUUID());
        order(new PlaceHold(ours, hold, null, null, NOW));
        look(AFTER_THE_GRACE);
        assertThat(seals.open(ours, march)).contains("march");
        order(new LiftHold(ours, hold, AFTER_THE_GRACE));
        look(AFTER_THE_GRACE);
        assertThat(seals.open(ours, march)).isEmpty();
    }

    @Test
    void anotherOrganisationKeepsItsOwn() {
        var theirs = new TenantId(UUID.randomUUID());
        var sealed = seals.seal(theirs, anna, MARCH, "theirs");
        plans.set(theirs, Plan.ENTERPRISE);
        plans.set(ours, Plan.FREE);
        look(NOW);
        look(AFTER_THE_GRACE);
        assertThat(seals.open(ours, march)).isEmpty();
        assertThat(seals.open(theirs, sealed)).contains("theirs");
    }

    @Test
    void theShorterOfTheOwnRuleAndThePlanHoldsAndTheEventSaysWhich() {
        plans.set(ours, Plan.PRO);
        look(NOW);
        order(new KeepMonths(ours, 6, NOW));
        look(NOW);
        assertThat(seals.open(ours, march)).as("its own rule has no grace").isEmpty();
        assertThat(said(MonthEnded.class)).extracting(MonthEnded::because).containsExactly(Cause.RULE);
    }

    @Test
    void ofSeveralThatLookAtOnceOneSaysIt() throws Exception {
        plans.set(ours, Plan.FREE);
        look(NOW);
        Callable<Void> look = () -> {
            look(AFTER_THE_GRACE);
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            assertThat(threads.invokeAll(List.of(look, look, look, look)))
                    .extracting(Future::state)
                    .containsOnly(Future.State.SUCCESS);
        }
        assertThat(seals.open(ours, march)).isEmpty();
        assertThat(said(MonthEnded.class)).hasSize(1);
    }

    @Test
    void whatWillEndIsSaidBeforeAndFromTheMomentThePlanChanges() {
        plans.set(ours, Plan.FREE);
        var answer = new KeptAnswers(book, plans, shredder, at(NOW)).answer(new HowLongKept(ours));
        assertThat(answer.planMonths()).isEqualTo(1);
        assertThat(answer.planFrom()).as("though nobody has looked yet").isEqualTo(AFTER_THE_GRACE);
        assertThat(answer.ending())
                .containsExactly(
                        new Ending("2026-03", AFTER_THE_GRACE, true),
                        new Ending("2026-11", Instant.parse("2027-01-01T00:00:00Z"), true));
        plans.set(ours, Plan.ENTERPRISE);
        assertThat(new KeptAnswers(book, plans, shredder, at(NOW))
                        .answer(new HowLongKept(ours))
                        .ending())
                .isEmpty();
    }

    @Test
    void aHouseThatDiedBeforeItSaidSoSaysWhyAllTheSame() {
        plans.set(ours, Plan.FREE);
        look(NOW);
        shredder.end(ours, java.time.YearMonth.of(2026, 3));
        look(AFTER_THE_GRACE);
        assertThat(said(MonthEnded.class)).extracting(MonthEnded::because).containsExactly(Cause.PLAN);
    }

    private void look(Instant now) {
        new MonthsEnd(shredder, store, book, plans, commands, at(now)).look();
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private <E> List<E> said(Class<E> kind) {
        return decisions
                .readEvents(PrivacyId.of(ours).toString())
                .asStream()
                .map(event -> (Object) event.getPayload())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void order(PrivacyCommand command) {
        commands.sendAndWait(GenericCommandMessage.<PrivacyCommand>asCommandMessage(command)
                .andMetaData(Envelope.of(ours, "member:test", NOW)));
    }
}
