package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.ledger.Witness;
import io.velvetastro.witness.Watcher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A house that has named two witnesses: what it hands out, both have seen. */
@TestPropertySource(properties = "velvet.ledger.sign-every=45ms") // A past of its own: a second witness writes into it.
@DirtiesContext
class TwoWitnessesTest extends WithAPast {
    private final SigningKey second = SigningKey.generate("second.example/" + UUID.randomUUID(), Kind.WITNESS);
    private LedgerKeys both;
    private Proofs proofs;

    @BeforeEach
    void aPastThatOneHasSeen() {
        for (int checkpoints = 0; checkpoints < 3; checkpoints++) {
            history.unfold(20);
            untilWitnessed();
        }
        both = new LedgerKeys(
                keys.log(),
                keys.former(),
                List.of(keys.witnesses().getFirst(), new Away(second.verifier())),
                keys.lastSigned());
        proofs = new Proofs(tables, store, tables.platform(keys.origin()), both);
    }

    @Test
    void nothingIsHandedOutThatOnlyOneHasSeen() {
        assertThat(proofs.state(HERE)).isEmpty();
        assertThat(proofs.checkpoint()).isEmpty();
        cosign(tables.newest().orElseThrow());
        assertThat(proofs.state(HERE)).as("nor of the organisation's own log").isEmpty();
        cosignOwn();
        var handedOut = proofs.state(HERE).orElseThrow();
        for (var witness : both.witnesses())
            for (var note : List.of(handedOut.checkpoint(), handedOut.own()))
                assertThat(Cosignature.require(note, witness.verifier())).isNotNull();
    }

    @Test
    void aCosignatureThatIsGoneFromBetweenIsMissed() {
        sizes().forEach(size -> cosign(tables.checkpoint(size).orElseThrow()));
        assertThat(audit()).isEmpty();
        long gone = sizes().get(sizes().size() - 2);
        assertThat(db.update(
                        "DELETE FROM ledger.cosignatures WHERE size = ? AND witness = ?",
                        gone,
                        second.verifier().name()))
                .isOne();
        assertThat(audit())
                .singleElement()
                .satisfies(deviation -> assertThat(deviation.place()).isEqualTo("checkpoint " + gone));
    }

    private List<StoreAudit.Deviation> audit() {
        return StoreAudit.run(store, tables, both).deviations();
    }

    private List<Long> sizes() {
        return db.queryForList("SELECT size FROM ledger.checkpoints ORDER BY size", Long.class);
    }

    private void cosign(LedgerTables.Signed signed) {
        var line = line(signed);
        new LedgerTables(database).insertCosignature(signed.size(), line.name(), line.toString());
    }

    private void cosignOwn() {
        int log = tables.find(HERE).orElseThrow().number();
        var state = tables.logState(log, keys.witnessNames()).orElseThrow();
        new LedgerTables(database)
                .insertLogStates(List.of(
                        new LedgerTables.LogState(log, state.size(), Note.parse(state.note()), List.of(line(state)))));
    }

    private Note.Line line(LedgerTables.Signed signed) {
        var forgetful = new Witness(second, keys.origin(), keys.everyLogKey(), new NoMemory());
        return forgetful.cosign(Note.parse(signed.note()), new ConsistencyProof(0, 0, List.of()), Instant.now());
    }

    /** Cosigns nothing by itself and tells nothing. */
    private record Away(VerifierKey verifier) implements Watcher {
        @Override
        public Note.Line cosign(Note note, LongFunction<ConsistencyProof> proofs) {
            throw new IllegalStateException("The notary knows nothing of this one");
        }

        @Override
        public Optional<Checkpoint> last() {
            return Optional.empty();
        }
    }

    private static final class NoMemory implements Witness.Memory {
        @Override
        public Optional<Checkpoint> last(String origin) {
            return Optional.empty();
        }

        @Override
        public void remember(Checkpoint checkpoint) {}
    }
}
