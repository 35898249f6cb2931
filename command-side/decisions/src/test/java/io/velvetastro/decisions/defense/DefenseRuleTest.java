package io.velvetastro.decisions.defense;

import static io.velvetastro.decisions.Given.ATTACKER;
import static io.velvetastro.decisions.Given.NOON;
import static io.velvetastro.decisions.Given.OTHER_STORY;
import static io.velvetastro.decisions.Given.OURS;
import static io.velvetastro.decisions.Given.RULE;
import static io.velvetastro.decisions.Given.STORY;
import static io.velvetastro.decisions.Given.THEIRS;

import io.velvetastro.decisions.door.MissingIsNotFound;
import io.velvetastro.language.DefenseCommand.AllowNetwork;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.DefenseEvent.NetworkAllowed;
import io.velvetastro.language.DefenseEvent.NetworkBlocked;
import io.velvetastro.language.DefenseEvent.RuleLifted;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.Refused.Why;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefenseRuleTest {
    private static final Duration DAY = Duration.ofDays(1);
    private FixtureConfiguration<DefenseRule> rule;

    @BeforeEach
    void guarded() {
        rule = new AggregateTestFixture<>(DefenseRule.class)
                .registerInjectableResource(protecting("192.0.2.0/24"))
                .registerInjectableResource((KnownIncidents) (tenant, incident) -> incident.equals(STORY))
                .registerCommandHandlerInterceptor(new MissingIsNotFound());
    }

    @Test
    void aBlockStandsForItsTime() {
        rule.givenNoPriorActivity()
                .when(blocking(ATTACKER, DAY, STORY))
                .expectEvents(new NetworkBlocked(RULE, OURS, ATTACKER, NOON.plus(DAY), "brute force", STORY, NOON));
    }

    @Test
    void aBlockThatTouchesTheNeverBlockListIsRefused() {
        rule.givenNoPriorActivity()
                .when(blocking(Network.of("192.0.2.44"), DAY, null))
                .expectNoEvents()
                .expectExceptionDetails(Why.NEVER_BLOCK_LIST.name());
    }

    @Test
    void aWideBlockThatContainsAProtectedRangeIsRefused() {
        rule.givenNoPriorActivity()
                .when(blocking(Network.of("192.0.0.0/16"), DAY, null))
                .expectExceptionDetails(Why.NEVER_BLOCK_LIST.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT59S", "-PT5M", "PT720H1S", "PT876000H"})
    void aBlockStandsForOneMinuteToThirtyDays(Duration ttl) {
        rule.givenNoPriorActivity()
                .when(blocking(ATTACKER, ttl, null))
                .expectNoEvents()
                .expectExceptionDetails(Why.TTL_OUT_OF_RANGE.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT720H"})
    void theShortestAndTheLongestBlockAreTaken(Duration ttl) {
        rule.givenNoPriorActivity().when(blocking(ATTACKER, ttl, null)).expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.0.0/15", "0.0.0.0/0", "2001:db8::/31", "::/0"})
    void aBlockWiderThanAProviderIsRefused(String network) {
        rule.givenNoPriorActivity()
                .when(blocking(Network.of(network), DAY, null))
                .expectNoEvents()
                .expectExceptionDetails(Why.PREFIX_TOO_WIDE.name());
    }

    @Test
    void aBlockAboutSomebodyElsesIncidentIsRefusedAsIfThereWereNone() {
        rule.givenNoPriorActivity()
                .when(blocking(ATTACKER, DAY, OTHER_STORY))
                .expectNoEvents()
                .expectExceptionDetails(Why.NOT_FOUND.name());
    }

    @Test
    void askingTwiceForTheSameBlockIsSilence() {
        rule.given(blocked(OURS)).when(blocking(ATTACKER, DAY, null)).expectNoEvents();
    }

    @Test
    void nobodyMakesARuleUnderSomebodyElsesId() {
        rule.given(blocked(THEIRS)).when(blocking(ATTACKER, DAY, null)).expectExceptionDetails(Why.NOT_FOUND.name());
    }

    @Test
    void anAllowanceMayStandUntilItIsLifted() {
        rule.givenNoPriorActivity()
                .when(new AllowNetwork(RULE, OURS, ATTACKER, null, "our office", NOON))
                .expectEvents(new NetworkAllowed(RULE, OURS, ATTACKER, null, "our office", NOON));
    }

    @Test
    void anAllowanceForEverybodyIsRefused() {
        rule.givenNoPriorActivity()
                .when(new AllowNetwork(RULE, OURS, Network.of("0.0.0.0/0"), null, "all", NOON))
                .expectExceptionDetails(Why.PREFIX_TOO_WIDE.name());
    }

    @Test
    void aRuleIsLiftedOnce() {
        rule.given(blocked(OURS))
                .when(lifting(NOON))
                .expectEvents(new RuleLifted(RULE, OURS, ATTACKER, "mistake", NOON));
        rule.given(blocked(OURS), new RuleLifted(RULE, OURS, ATTACKER, "mistake", NOON))
                .when(lifting(NOON))
                .expectNoEvents();
    }

    @Test
    void aRuleThatEndedByItselfIsNotLifted() {
        rule.given(blocked(OURS)).when(lifting(NOON.plus(DAY))).expectNoEvents();
    }

    @Test
    void somebodyElsesRuleAnswersAsAMissingOne() {
        rule.given(blocked(THEIRS)).when(lifting(NOON)).expectNoEvents().expectExceptionDetails(Why.NOT_FOUND.name());
        rule.givenNoPriorActivity().when(lifting(NOON)).expectExceptionDetails(Why.NOT_FOUND.name());
    }

    private static BlockNetwork blocking(Network network, Duration ttl, @Nullable IncidentId incident) {
        return new BlockNetwork(RULE, OURS, network, ttl, "brute force", incident, NOON);
    }

    private static LiftRule lifting(Instant at) {
        return new LiftRule(RULE, OURS, "mistake", at);
    }

    private static NetworkBlocked blocked(TenantId tenant) {
        return new NetworkBlocked(RULE, tenant, ATTACKER, NOON.plus(DAY), "brute force", null, NOON);
    }

    private static NeverBlock protecting(String network) {
        return (tenant, asked, at) -> Network.of(network).overlaps(asked);
    }
}
