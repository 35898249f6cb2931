package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A house with many checkpoints has taken on a witness: the first of them that both have seen is found without asking of each before. */
@TestPropertySource(properties = "velvet.ledger.sign-every=43ms") // A past of its own.
@DirtiesContext
class NewWitnessTest extends WithAPast {
    private static final int BEFORE = 2_000;
    private static final int LEAVES = 100;

    @Test
    void whatBothHaveSeenOfOldEventsIsFoundAtOnce() {
        history.unfold(200);
        untilWitnessed();
        notary.stop();
        int log = tables.find(HERE).orElseThrow().number();
        long first = tables.newest().orElseThrow().size();
        long joined = first + BEFORE;
        db.update(
                "INSERT INTO ledger.checkpoints SELECT size, 'note' FROM generate_series(?, ?) size",
                first + 1,
                joined);
        db.update(
                "INSERT INTO ledger.cosignatures SELECT size, 'old', 'line' FROM ledger.checkpoints WHERE size >= ?",
                first);
        db.update("INSERT INTO ledger.cosignatures VALUES (?, 'new', 'line')", joined);
        db.execute("ANALYZE ledger.checkpoints, ledger.cosignatures");

        var leaves = LongStream.range(0, LEAVES).boxed().toList();
        var own = new LedgerTables(database);
        transaction.executeWithoutResult(status -> {
            long before = looks();
            var seen = own.firstSeen(log, leaves, Set.of("old", "new"), Long.MAX_VALUE);
            assertThat(seen).isNotEmpty().allMatch(state -> state.platformSize() == joined);
            assertThat(seen)
                    .extracting(state -> state.anchored().size())
                    .as("each state once, in order")
                    .doesNotHaveDuplicates()
                    .isSorted();
            assertThat(looks() - before).as("looks at cosignatures").isLessThan(BEFORE);
        });
        assertThat(own.firstSeen(log, leaves, Set.of("old", "never"), Long.MAX_VALUE))
                .as("what nobody new has seen")
                .isEqualTo(List.of());
    }

    /** How often this transaction has looked at the cosignatures. */
    private long looks() {
        Long looks = db.queryForObject(
                "SELECT coalesce(seq_scan, 0) + coalesce(seq_tup_read, 0) + coalesce(idx_scan, 0) FROM pg_stat_xact_user_tables WHERE schemaname = 'ledger' AND relname = 'cosignatures'",
                Long.class);
        return looks == null ? 0 : looks;
    }
}
