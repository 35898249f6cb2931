package io.velvetastro.decisions.door;

import static io.velvetastro.decisions.Given.ALICE;
import static io.velvetastro.decisions.Given.ATTACKER;
import static io.velvetastro.decisions.Given.FINDING;
import static io.velvetastro.decisions.Given.NOON;
import static io.velvetastro.decisions.Given.OURS;
import static io.velvetastro.decisions.Given.RULE;
import static io.velvetastro.decisions.Given.RUN;
import static io.velvetastro.decisions.Given.STORY;
import static io.velvetastro.decisions.Given.THEIRS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.AuditCommand.AskForAudit;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.DefenseCommand.AllowNetwork;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.DoubtCommand.AcknowledgeDoubt;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.HoldId;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.language.Network;
import io.velvetastro.language.Plan;
import io.velvetastro.language.PlaybookCommand.StartRun;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand.ErasePerson;
import io.velvetastro.language.PrivacyCommand.FinishErasure;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.Sealed;
import io.velvetastro.questions.OwnAccount.ProofDue;
import io.velvetastro.questions.Proof;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class KnownCallerTest {
    private static final LiftRule ORDER = new LiftRule(RULE, OURS, "mistake", NOON);

    private static final PrincipalId USER = new PrincipalId(new UUID(0, 7));

    private Proof proof = () -> {};

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aPersonsCommandCarriesTheirNameAndOrganisation() {
        signIn(Role.IT_SECURITY);
        var envelope = passed(ORDER, Map.of());
        assertThat(envelope)
                .containsEntry(Envelope.TENANT, OURS.toString())
                .containsEntry(Envelope.ACTOR, "member:" + ALICE)
                .containsEntry(Envelope.OCCURRED_AT, NOON.toString());
    }

    @Test
    void anAdministratorMayAskForAnAuditAndAnswerADoubtAndNobodyBelow() {
        for (var order : List.of(new AskForAudit(OURS, NOON), new AcknowledgeDoubt(OURS, 7, new Sealed("1.x"), NOON))) {
            signIn(Role.ORG_ADMIN);
            assertThat(passed(order, Map.of())).containsEntry(Envelope.ACTOR, "member:" + ALICE);
            signIn(Role.IT_SECURITY);
            assertThatThrownBy(() -> passed(order, Map.of())).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aPersonCannotSpeakInAnotherName() {
        signIn(Role.IT_SECURITY);
        var forged = Envelope.of(THEIRS, "engine:chain", NOON);
        assertThat(passed(ORDER, forged))
                .containsEntry(Envelope.TENANT, OURS.toString())
                .containsEntry(Envelope.ACTOR, "member:" + ALICE);
    }

    @Test
    void aPersonCannotReachAnotherOrganisation() {
        signIn(Role.SUPER_ADMIN);
        stops(new LiftRule(RULE, THEIRS, "mistake", NOON), Envelope.of(THEIRS, "engine:chain", NOON));
    }

    @Test
    void aPersonNeedsTheRole() {
        signIn(Role.EMPLOYEE);
        stops(ORDER, Map.of());
        stops(new AssignIncident(STORY, OURS, ALICE, NOON), Map.of());
    }

    @ParameterizedTest
    @MethodSource("ordersOfMachines")
    void aPersonCannotDoWhatOnlyMachinesDo(Object order) {
        signIn(Role.SUPER_ADMIN);
        stops(order, Map.of());
    }

    @ParameterizedTest
    @MethodSource("ordersOfMachines")
    void aMachineSaysWhoItIsAndForWhom(Object order) {
        assertThat(passed(order, Envelope.of(OURS, "engine:chain", NOON)))
                .containsEntry(Envelope.ACTOR, "engine:chain");
    }

    @Test
    void aCommandOfNobodyIsStopped() {
        stops(ORDER, Map.of());
        stops(ORDER, Map.of(Envelope.TENANT, OURS.toString()));
        stops(ORDER, Envelope.of(OURS, " ", NOON));
    }

    @Test
    void aMachineCannotSpeakForAPerson() {
        stops(ORDER, Envelope.of(OURS, "member:" + ALICE, NOON));
    }

    @Test
    void aMachineCannotMixUpOrganisations() {
        stops(ORDER, Envelope.of(THEIRS, "engine:chain", NOON));
    }

    @Test
    void aCommandTheDoorDoesNotKnowIsStopped() {
        stops("open sesame", Envelope.of(OURS, "engine:chain", NOON));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsForGoodTakesAFreshProof(Object order) {
        signIn(Role.ORG_ADMIN);
        assertThat(passed(order, Map.of())).containsEntry(Envelope.TENANT, OURS.toString());
        proof = () -> {
            throw new ProofDue(Duration.ofMinutes(10));
        };
        assertThatThrownBy(() -> passed(order, Map.of())).isInstanceOf(ProofDue.class);
    }

    static Stream<Object> whatIsForGoodTakesAFreshProof() {
        return Stream.of(
                new ErasePerson(OURS, USER, null, NOON),
                new FinishErasure(OURS, USER, NOON),
                new LiftHold(OURS, new HoldId(new UUID(0, 1)), NOON),
                new KeepMonths(OURS, 1, NOON),
                new AllowNetwork(RULE, OURS, Network.of("203.0.113.0/24"), null, "theirs", NOON));
    }

    @Test
    void whatCanBeTakenBackTakesNone() {
        proof = () -> {
            throw new ProofDue(Duration.ofMinutes(10));
        };
        signIn(Role.ORG_ADMIN);
        assertThat(passed(ORDER, Map.of())).containsEntry(Envelope.TENANT, OURS.toString());
        assertThat(passed(new PlaceHold(OURS, new HoldId(new UUID(0, 1)), null, null, NOON), Map.of()))
                .containsEntry(Envelope.TENANT, OURS.toString());
    }

    static Stream<Object> ordersOfMachines() {
        return Stream.of(
                new AdviseContainment(STORY, OURS, ATTACKER, FINDING, false, NOON),
                new StartRun(RUN, OURS, "contain-source", 1, STORY, NOON));
    }

    private static void signIn(Role role) {
        var caller = new Caller(OURS, ALICE, role, "Alice", "alice@example.org", "Ours", Plan.PRO);
        var authorities = role.authorities().stream().map(Authority::text).toArray(String[]::new);
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(caller, null, authorities));
    }

    private Map<String, Object> passed(Object order, Map<String, ?> envelope) {
        CommandMessage<?> command = new GenericCommandMessage<>(order, envelope);
        return new HashMap<>(new KnownCaller(proof)
                .handle(List.of(command))
                .apply(0, command)
                .getMetaData());
    }

    private void stops(Object order, Map<String, ?> envelope) {
        assertThatThrownBy(() -> passed(order, envelope))
                .isInstanceOfSatisfying(
                        Refused.class, it -> assertThat(it.why()).isEqualTo(Refused.Why.FORBIDDEN));
    }
}
