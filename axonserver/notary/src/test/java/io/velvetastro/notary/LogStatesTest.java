package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.LesserRoles;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.questions.Monitor.State;
import io.velvetastro.witness.Watcher;
import io.velvetastro.witness.WitnessAway;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Each organisation's own log before the witnesses: one state of it is kept, and nobody waits for another's. */
@TestPropertySource(properties = "velvet.ledger.sign-every=35ms") // A past of its own.
@DirtiesContext
class LogStatesTest extends WithAPast {
    @Autowired
    LesserRoles roles;

    @Autowired
    Proofs proofs;

    @Autowired
    Bundles bundles;

    private Log here;

    @Autowired
    void everyCommandNamesItsCaller(CommandBus commands) {
        commands.registerDispatchInterceptor(messages ->
                (index, command) -> command.getMetaData().containsKey(Envelope.TENANT)
                        ? command
                        : command.andMetaData(Envelope.of(HERE, "member:" + new UUID(1, 2), Instant.EPOCH)));
    }

    @BeforeEach
    void aPastThatWasSeenInManyStates() {
        for (int checkpoints = 0; checkpoints < 4; checkpoints++) {
            history.unfold(20);
            untilWitnessed();
        }
        notary.stop();
        here = tables.find(HERE).orElseThrow();
    }

    @AfterEach
    void goOn() {
        notary.stop();
        db.update("DELETE FROM ledger.log_cosignatures");
        db.update("DELETE FROM ledger.log_states");
        notary.start();
        untilWitnessed();
    }

    @Test
    void onlyTheNewestStateOfALogIsKept() {
        assertThat(tables.logStates(here.number()))
                .singleElement()
                .satisfies(state -> assertThat(state.size()).isEqualTo(tables.size(here.number())))
                .satisfies(state -> assertThat(state.lines()).hasSize(1));
        assertThat(proofs.state(HERE)).isPresent();
        assertThat(audit()).isEmpty();
    }

    @Test
    void whatSomebodyHasTakenIsMadeAgain() {
        var own = new LedgerTables(database);
        var platform = own.platform(keys.origin());
        var logs = new GrowingLogs(own, new Continuity(own, keys, platform));
        var states = new LogStates(own, logs, keys, platform, Duration.ZERO);
        states.show();
        db.update("DELETE FROM ledger.log_cosignatures WHERE log = ?", here.number());
        db.update("DELETE FROM ledger.log_states WHERE log = ?", here.number());
        assertThat(proofs.state(HERE)).isEmpty();
        states.show();
        assertThat(proofs.state(HERE)).isPresent();
    }

    /** Whoever may add to the tables adds a state of a size that the log will never have. */
    @Test
    void aStateThatNeverWasKeepsNobodyFromTheirEvidenceAndIsNamed() {
        long far = 1_000_000_000_000_000L;
        db.update(
                "INSERT INTO ledger.log_states (log, size, note) SELECT log, ?, note FROM ledger.log_states WHERE log = ?",
                far,
                here.number());
        db.update(
                "INSERT INTO ledger.log_cosignatures (log, size, witness, line) SELECT log, ?, witness, line FROM ledger.log_cosignatures WHERE log = ?",
                far,
                here.number());
        assertThat(proofs.state(HERE)).isPresent();
        assertThat(audit())
                .singleElement()
                .satisfies(deviation -> assertThat(deviation.log()).isEqualTo(here.name()))
                .satisfies(deviation -> assertThat(deviation.place()).isEqualTo("state " + far));
    }

    /** It bears the witness's name and is by a key of its own: whoever pins the witness would be handed what does not verify. */
    @Test
    void anothersLineUnderTheWitnesssNameIsNoEvidenceAndIsNamed() {
        var name = keys.witnesses().getFirst().verifier().name();
        var another = SigningKey.generate(name, Kind.WITNESS);
        var line = Note.signed("seen\n", List.of(another)).signatures().getFirst();
        db.update("UPDATE ledger.log_cosignatures SET line = ? WHERE log = ?", line.toString(), here.number());
        assertThat(proofs.state(HERE)).isEmpty();
        assertThat(audit())
                .singleElement()
                .satisfies(deviation -> assertThat(deviation.place()).startsWith("state "));
    }

    @Test
    void whoNamesAnEarlierStateIsNotToldThatItNeverWasWhileThereIsNoneYet() throws IOException {
        long since = proofs.state(HERE).orElseThrow().anchored().size();
        db.update("DELETE FROM ledger.log_cosignatures");
        db.update("DELETE FROM ledger.log_states");
        notary.start(); // Which shows the log again; whoever asks meanwhile waits for that.
        var caller = new Caller(
                HERE, new MemberId(new UUID(1, 2)), Role.values()[0], "Ada", "ada@example.com", "Ex", Plan.values()[0]);
        var all = new Question.OfTime(Instant.EPOCH, Instant.now().plus(Duration.ofDays(1)));
        var bundle = bundles.make(caller, all, null, Set.of(), since);
        assertThat(bundle).isNotEmptyFile();
        Files.delete(bundle);
        assertThatThrownBy(() -> bundles.make(caller, all, null, Set.of(), since + 1_000_000))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aLogThatAWitnessDoesNotTakeKeepsNobodyElseWaiting() {
        var picky = new LedgerKeys(
                keys.log(),
                keys.former(),
                List.of(new Picky(keys.witnesses().getFirst(), here.name())),
                keys.lastSigned());
        var seat = new Seat(roles.connections(NotaryConfiguration.WRITER, 1), picky.witnesses());
        var house = new Notary(
                seat, tables, store, own -> NotaryConfiguration.work(own, store, picky), Duration.ofMillis(35));
        house.start();
        try {
            for (int checkpoints = 0; checkpoints < 3; checkpoints++) {
                history.unfold(40);
                long last = all().getLast().position();
                until(
                        () -> "the others go on: " + house.failure(),
                        () -> tables.place() >= last
                                && tables.unanchored().isEmpty()
                                && tables.newest()
                                        .map(LedgerTables.Signed::isCosigned)
                                        .orElse(false)
                                && isSeen(ELSEWHERE));
                assertThat(isSeen(HERE)).isFalse();
            }
            until(() -> "it is told: " + house.failure(), () -> house.failure() != null);
            assertThat(house.failure()).contains("does not take " + here.name());
            var well = LedgerHealth.of(null, house.standing(), System.nanoTime());
            var said = LedgerHealth.waiting(
                    house.backlog(),
                    well,
                    System.nanoTime() + Duration.ofMinutes(1).toNanos());
            assertThat(said.state()).isEqualTo(State.DEGRADED);
            assertThat(said.says()).contains("the newest of 1 organisation,");
            assertThat(said.figures()).containsEntry("logs.waiting", "1");
        } finally {
            house.stop();
        }
    }

    private boolean isSeen(TenantId tenant) {
        var log = tables.find(tenant).orElseThrow();
        return tables.logState(log.number(), keys.witnessNames())
                .filter(state -> state.size() == tables.size(log.number()))
                .isPresent();
    }

    private List<StoreAudit.Deviation> audit() {
        return StoreAudit.run(store, tables, keys).deviations();
    }

    /** Has no room for one log. */
    private record Picky(Watcher witness, String refused) implements Watcher {
        @Override
        public VerifierKey verifier() {
            return witness.verifier();
        }

        @Override
        public Note.Line cosign(Note note, LongFunction<ConsistencyProof> proofs) {
            if (Checkpoint.parse(note.text()).origin().endsWith(refused))
                throw new WitnessAway("The witness does not take " + refused);
            return witness.cosign(note, proofs);
        }

        @Override
        public Optional<Checkpoint> last() {
            return witness.last();
        }

        @Override
        public void rest() {
            witness.rest();
        }
    }
}
