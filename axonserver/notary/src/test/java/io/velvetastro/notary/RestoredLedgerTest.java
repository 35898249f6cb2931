package io.velvetastro.notary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** A backup comes back that somebody has prepared so that nothing is looked at, or so that the witness forgets. */
class RestoredLedgerTest extends WithAPast {
    @Value("${velvet.data}")
    Path data;

    @TempDir
    Path kept;

    private long earlier;

    @BeforeEach
    void aPastAndWhatWasKeptApart() throws IOException {
        history.unfold(60);
        untilWitnessed();
        earlier = tables.newest().orElseThrow().size();
        keepStates(db);
        history.unfold(60);
        untilWitnessed();
        notary.stop();
        for (var name : List.of("keys", "witness")) {
            Files.createDirectories(kept.resolve(name));
            try (var files = Files.list(data.resolve(name))) {
                for (var file : files.filter(Files::isRegularFile).toList())
                    Files.copy(file, kept.resolve(name).resolve(file.getFileName()));
            }
        }
    }

    @AfterEach
    void goOn() {
        notary.start();
    }

    @Test
    void withoutThePlatformsLogNothingIsVerified() {
        edited(
                () -> assertThat(restored().check().deviations())
                        .anyMatch(what -> what.contains("is gone, and there are"))
                        .anyMatch(what -> what.contains(StoreAudit.LOST)),
                "UPDATE ledger.logs SET tenant = gen_random_uuid() WHERE tenant IS NULL");
    }

    @Test
    void norWithAnEmptiedLedger() {
        edited(() -> assertThat(accepting().deviations()).isNotEmpty(), "TRUNCATE ledger.logs CASCADE");
        assertThat(seen()).as("the witness remembers").isGreaterThan(earlier);
    }

    @Test
    void whatIsOnlyOlderIsAcceptedFromWhoeverKnows() {
        edited(
                () -> {
                    assertThat(restored().check().deviations()).isNotEmpty();
                    assertThat(accepting().deviations()).isEmpty();
                },
                older());
        assertThat(seen()).isEqualTo(earlier);
        assertThat(kept.resolve("keys").resolve("last-signed")).doesNotExist();
    }

    @Test
    void theWitnessDoesNotForgetForABackupThatWasRewritten() {
        var attack = new ArrayList<>(List.of(older()));
        attack.add(
                "UPDATE store.telemetry SET revision = '9' WHERE global_index = (SELECT min(global_index) FROM store.telemetry)");
        edited(() -> assertThat(accepting().deviations()).isNotEmpty(), attack.toArray(String[]::new));
        assertThat(seen()).isGreaterThan(earlier);
        assertThat(kept.resolve("keys").resolve("last-signed")).exists();
    }

    @Test
    void norForACosignatureThatNobodyMade() {
        var attack = new ArrayList<>(List.of(older()));
        attack.add(
                "UPDATE ledger.cosignatures c SET line = (SELECT line FROM ledger.cosignatures o WHERE o.witness = c.witness ORDER BY size LIMIT 1) WHERE size = "
                        + earlier);
        edited(() -> assertThat(accepting().deviations()).isNotEmpty(), attack.toArray(String[]::new));
        assertThat(seen()).isGreaterThan(earlier);
    }

    private String[] older() {
        return older(earlier);
    }

    /** A backup has the states that were kept when it was taken; the house keeps only its newest. */
    static void keepStates(JdbcTemplate db) {
        db.execute("DROP TABLE IF EXISTS public.earlier_states, public.earlier_cosignatures");
        db.execute("CREATE TABLE public.earlier_states AS SELECT * FROM ledger.log_states");
        db.execute("CREATE TABLE public.earlier_cosignatures AS SELECT * FROM ledger.log_cosignatures");
    }

    /** What makes the tables those of an earlier backup. */
    static String[] older(long earlier) {
        var platform = "(SELECT number FROM ledger.logs WHERE tenant IS NULL)";
        var last = "(SELECT coalesce(max(a.size), 0) FROM ledger.anchors a WHERE a.log = t.log)";
        return new String[] {
            "DELETE FROM ledger.exports",
            "DELETE FROM ledger.censuses",
            "DELETE FROM ledger.leaves WHERE log = " + platform + " AND first >= " + earlier,
            "DELETE FROM ledger.anchors WHERE index >= " + earlier,
            "DELETE FROM ledger.leaves t WHERE log <> " + platform + " AND first >= " + last,
            "DELETE FROM ledger.nodes t WHERE log <> " + platform + " AND (index + 1) << level > " + last,
            "DELETE FROM ledger.nodes WHERE log = " + platform + " AND (index + 1) << level > " + earlier,
            "DELETE FROM ledger.log_cosignatures t WHERE size > " + last,
            "DELETE FROM ledger.log_states t WHERE size > " + last,
            "INSERT INTO ledger.log_states SELECT * FROM public.earlier_states ON CONFLICT DO NOTHING",
            "INSERT INTO ledger.log_cosignatures SELECT * FROM public.earlier_cosignatures ON CONFLICT DO NOTHING",
            "DELETE FROM ledger.cosignatures WHERE size > " + earlier,
            "DELETE FROM ledger.checkpoints WHERE size > " + earlier,
        };
    }

    private RestoredLedger restored() {
        return new RestoredLedger(
                database, store, kept, Map.of(), 1); // The edits are those of this thread's transaction.
    }

    private RestoredLedger.Verdict accepting() {
        try {
            return restored().checkAcceptingLoss();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long seen() {
        try {
            return Long.parseLong(
                    Files.readAllLines(kept.resolve("witness").resolve("seen")).get(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void edited(Runnable then, String... edits) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            for (var edit : edits) db.execute(edit);
            then.run();
        });
    }
}
