package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.Note;
import io.velvetastro.witness.KeyFiles;
import io.velvetastro.witness.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Holds what came back from a backup against keys and a witness's memory that were kept apart from it. */
public final class RestoredLedger {
    private final LedgerTables tables;
    private final StoredBytes store;
    private final Path data;

    public RestoredLedger(DataSource database, StoredBytes store, Path data) {
        this.tables = new LedgerTables(database);
        this.store = store;
        this.data = data;
    }

    /**
     * What was found.
     *
     * @param checkpoint the size of the platform's log at its last witnessed checkpoint
     * @param unwitnessed how many of the events only the backup vouches for
     * @param deviations what does not fit; empty when all does
     */
    public record Verdict(long checkpoint, long events, long unwitnessed, List<String> deviations) {}

    /** Holds all of it against what was kept apart. */
    public Verdict check() {
        return verdict(findings());
    }

    /** The same for whoever knows that it is older than what the witness remembers: older, and nothing else. What is lost is then forgotten. */
    public Verdict checkAcceptingLoss() throws IOException {
        var findings = findings();
        if (findings.isClean() || !isOnlyLoss(findings)) return verdict(findings);
        forgetWhatIsLost();
        return check();
    }

    private Verdict verdict(StoreAudit.Findings findings) {
        return new Verdict(
                tables.newestWitnessed().map(LedgerTables.Signed::size).orElse(0L),
                findings.events(),
                findings.unwitnessed(),
                Stream.concat(findings.deviations().stream(), findings.newest().stream())
                        .map(deviation -> deviation.log() + ", " + deviation.place() + ": " + deviation.what())
                        .toList());
    }

    private StoreAudit.Findings findings() {
        return with(keys -> StoreAudit.run(store, tables, keys));
    }

    private static boolean isOnlyLoss(StoreAudit.Findings findings) {
        return findings.newest().isEmpty()
                && findings.deviations().stream()
                        .allMatch(deviation -> deviation.what().equals(StoreAudit.LOST)
                                || deviation.what().equals(StoreAudit.LOST_SIGNED));
    }

    private <T> T with(Function<LedgerKeys, T> work) {
        var keys = new OpenedKeys(
                        new NotarySettings("", "", List.of(), Duration.ofSeconds(1), Duration.ofHours(6)),
                        data.toString(),
                        tables.newest())
                .open();
        try {
            return work.apply(keys);
        } finally {
            keys.witnesses().forEach(Watcher::close);
        }
    }

    /** Makes the house and its own witness forget what came after the backup, of which they remember nothing but what they have signed themselves. */
    private void forgetWhatIsLost() throws IOException {
        var newest = tables.newestWitnessed();
        if (newest.isEmpty()) return;
        var note = Note.parse(newest.get().note());
        var checkpoint = with(keys -> {
            var trusted = keys.trusted(note);
            var witness = keys.everyWitness().stream().filter(note::claims).findFirst();
            Cosignature.require(note, witness.orElse(keys.everyWitness().getFirst()));
            return trusted;
        });
        KeyFiles.write(data.resolve("witness").resolve("seen"), checkpoint.text());
        new LastSigned(data.resolve("keys").resolve("last-signed")).forget();
    }
}
