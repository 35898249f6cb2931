package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SingleEvent;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.questions.Forensics.EventEvidence;
import io.velvetastro.questions.Forensics.Evidence;
import io.velvetastro.questions.Forensics.EvidenceAnswer;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.LedgerState;
import io.velvetastro.questions.Forensics.Standing;
import io.velvetastro.questions.Forensics.Unchanged;
import io.velvetastro.questions.Forensics.UnchangedAnswer;
import io.velvetastro.store.testing.FreshDatabase;
import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(classes = NotaryHouse.class, properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
class ForensicAnswersTest {
    @Autowired
    Journal journal;

    @Autowired
    QueryGateway queries;

    @Autowired
    Notary notary;

    private Fact fact;

    @BeforeEach
    void anEvent() {
        fact = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(fact, History.fact(HERE), History.fact(HERE)));
        until("the event is proven", () -> evidence(HERE).proof() != null);
    }

    private LedgerAnswer ledger(TenantId tenant) {
        return queries.query(new LedgerState(tenant), LedgerAnswer.class).join();
    }

    private Evidence evidence(TenantId tenant) {
        return queries.query(new EventEvidence(tenant, fact.id()), EvidenceAnswer.class)
                .join()
                .evidence();
    }

    private UnchangedAnswer unchanged(long since) {
        return queries.query(new Unchanged(HERE, since), UnchangedAnswer.class).join();
    }

    private static Trust trust(LedgerAnswer ledger) {
        return Trust.in(
                VerifierKey.parse(ledger.logKey()),
                ledger.witnesses().stream()
                        .map(witness -> VerifierKey.parse(witness.key()))
                        .toList());
    }

    @Test
    void whatTheScreensGetIsWhatTheVerifierAccepts() {
        var evidence = evidence(HERE);
        var event = new SingleEvent(evidence.payload(), evidence.envelope(), evidence.proof());
        var report = event.verify(trust(ledger(HERE)));
        assertThat(report.events().getFirst().eventId()).isEqualTo(fact.id().toString());
        assertThat(report.witnessed()).hasSize(1);
        var changed = evidence.payload().clone();
        changed[9] ^= 1;
        assertThatThrownBy(() ->
                        new SingleEvent(changed, evidence.envelope(), evidence.proof()).verify(trust(ledger(HERE))))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void anotherOrganisationGetsNothingOfIt() {
        assertThat(evidence(ELSEWHERE)).isNull();
        var stranger = ledger(History.tenant("nobody"));
        assertThat(stranger.standing()).isEqualTo(Standing.EMPTY);
        assertThat(stranger.size()).isZero();
        assertThat(stranger.root()).isEmpty();
    }

    @Test
    void aLedgerThatIsSeenByItsWitnessIsIntact() {
        until("all is witnessed", () -> ledger(HERE).pending() == 0);
        var state = ledger(HERE);
        assertThat(state.standing()).isEqualTo(Standing.INTACT);
        assertThat(state.size()).isGreaterThanOrEqualTo(3);
        assertThat(state.witnesses())
                .allSatisfy(witness -> assertThat(witness.at()).isNotNull());
    }

    @Test
    void whatIsStoredIsPendingThoughTheLedgerHangs() {
        var newcomer = new TenantId(UUID.randomUUID());
        until("all is witnessed", () -> ledger(HERE).pending() == 0);
        notary.stop();
        try {
            journal.append(Stream.TELEMETRY, List.of(History.fact(HERE), History.fact(newcomer)));
            for (var tenant : List.of(HERE, newcomer)) {
                until("it is pending", () -> ledger(tenant).pending() == 1);
                assertThat(ledger(tenant).standing()).isEqualTo(Standing.CATCHING_UP);
            }
        } finally {
            notary.start();
        }
        until("all is proven", () -> ledger(newcomer).standing() == Standing.INTACT);
        assertThat(ledger(newcomer).pending()).isZero();
    }

    @Test
    void aCheckpointThatSomebodyKeptIsContainedInTodays() {
        var kept = ledger(HERE);
        var key = VerifierKey.parse(kept.logKey());
        var earlier = Checkpoint.trusted(Note.parse(kept.checkpoint()), key.name(), key);
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        until("the log has grown", () -> ledger(HERE).platformSize() > earlier.size());
        var answer = unchanged(earlier.size());
        var today = Checkpoint.trusted(Note.parse(answer.checkpoint()), key.name(), key);
        ConsistencyProof.parse(answer.proof()).verify(earlier.root(), today.root());
        assertThat(unchanged(1_000_000).proof()).isNull();
        assertThat(unchanged(0).proof()).isNull();
    }
}
