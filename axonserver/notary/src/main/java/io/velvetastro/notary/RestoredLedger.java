package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    public Verdict check() {
        var keys = new OpenedKeys(
                        new NotarySettings("", "", List.of(), Duration.ofSeconds(1)), data.toString(), tables.newest())
                .open();
        try {
            var findings = StoreAudit.run(store, tables, keys);
            var deviations = Stream.concat(findings.deviations().stream(), findings.newest().stream())
                    .map(deviation -> deviation.log() + ", " + deviation.place() + ": " + deviation.what())
                    .toList();
            return new Verdict(
                    tables.newestWitnessed().map(LedgerTables.Signed::size).orElse(0L),
                    findings.events(),
                    findings.unwitnessed(),
                    deviations);
        } finally {
            keys.witnesses().forEach(io.velvetastro.witness.Watcher::close);
        }
    }

    /** Makes the house's own witness forget what came after the backup: only for whoever knows that it is lost. */
    public void forgetWhatIsLost() throws IOException {
        var seen = data.resolve("witness").resolve("seen");
        var newest = tables.newestWitnessed();
        new LastSigned(data.resolve("keys").resolve("last-signed")).forget();
        if (newest.isEmpty() || !Files.exists(seen)) return;
        var checkpoint = Checkpoint.parse(Note.parse(newest.get().note()).text());
        if (Checkpoint.parse(Files.readString(seen)).size() > checkpoint.size())
            Files.writeString(seen, checkpoint.text());
    }
}
