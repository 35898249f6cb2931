package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Origin;
import io.velvetastro.witness.KeyFiles;
import io.velvetastro.witness.Watcher;
import io.velvetastro.witness.WitnessFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Holds what came back from a backup against keys and a witness's memory that were kept apart from it. */
public final class RestoredLedger {
    private final LedgerTables tables;
    private final StoredBytes store;
    private final Path data;
    private final List<NotarySettings.Elsewhere> elsewhere;
    private final int threads;

    /** To be held against the house's own witness, whose folder lies beside the keys. */
    public RestoredLedger(DataSource database, StoredBytes store, Path data) {
        this(database, store, data, Map.of());
    }

    /** @param elsewhere the witnesses that have seen this ledger, each key with its address; the house's own where there are none */
    public RestoredLedger(DataSource database, StoredBytes store, Path data, Map<String, URI> elsewhere) {
        this(database, store, data, elsewhere, Runtime.getRuntime().availableProcessors());
    }

    RestoredLedger(DataSource database, StoredBytes store, Path data, Map<String, URI> elsewhere, int threads) {
        this.threads = threads;
        this.tables = new LedgerTables(database);
        this.store = store;
        this.data = data;
        this.elsewhere = elsewhere.entrySet().stream()
                .map(witness -> new NotarySettings.Elsewhere(witness.getValue(), witness.getKey()))
                .toList();
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
        return elsewhere.isEmpty() ? check() : verdict(findings.withoutDeviations());
    }

    /** What the owners of witnesses elsewhere need, who alone can set those back: the files of a witness's folder, and what is put there for each. */
    public static Map<String, Path> forTheirOwners(Path data) {
        var files = new LinkedHashMap<String, Path>();
        files.put(WitnessFolder.SEEN, data.resolve("witnessed-checkpoint"));
        files.put(WitnessFolder.SEEN_LOGS, data.resolve("witnessed-logs"));
        return files;
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
        return with(keys -> {
            var found = StoreAudit.run(store, tables, keys, threads);
            return elsewhere.isEmpty() ? found : found.and(notFollowed(keys));
        });
    }

    /**
     * Has every witness elsewhere cosign the newest checkpoint once more. What it says it saw last nobody has signed; but it gives its name to no state that it has seen go on.
     */
    private List<StoreAudit.Deviation> notFollowed(LedgerKeys keys) {
        var newest = tables.newest();
        var platform = tables.platformIfAny();
        if (newest.isEmpty() || platform.isEmpty()) return List.of();
        var note = Note.parse(newest.get().note());
        long size = newest.get().size();
        var refused = new ArrayList<StoreAudit.Deviation>();
        for (var witness : keys.witnesses())
            try {
                var tree = tables.tree(platform.get().number(), size);
                witness.cosign(note, from -> tree.connect(from, size));
            } catch (NotProven another) {
                boolean goesOn = another.reason() == NotProven.Reason.OLDER;
                refused.add(new StoreAudit.Deviation(
                        keys.origin(),
                        goesOn ? "leaves behind " + (size - 1) : "checkpoint " + size,
                        goesOn ? StoreAudit.LOST : String.valueOf(another.getMessage())));
            }
        return refused;
    }

    private static boolean isOnlyLoss(StoreAudit.Findings findings) {
        return findings.newest().isEmpty()
                && findings.deviations().stream()
                        .allMatch(deviation -> deviation.what().equals(StoreAudit.LOST)
                                || deviation.what().equals(StoreAudit.LOST_SIGNED));
    }

    /** What a witness has cosigned of the organisations' own logs, as far as it is still there. */
    private List<Checkpoint> newestStates() {
        return with(keys -> tables.all().stream()
                .flatMap(log -> newestState(log, keys).stream())
                .toList());
    }

    private Optional<Checkpoint> newestState(LedgerTables.Log log, LedgerKeys keys) {
        var origin = Origin.of(keys.origin(), log.name());
        var signing = keys.everyLogKey().stream().map(key -> key.named(origin)).toList();
        return tables.logState(log.number(), keys.witnessNames()).map(state -> {
            var note = Note.parse(state.note());
            keys.witnesses().forEach(witness -> Cosignature.require(note, witness.verifier()));
            return Checkpoint.trusted(note, origin, signing);
        });
    }

    private <T> T with(Function<LedgerKeys, T> work) {
        var keys = new OpenedKeys(
                        new NotarySettings("", "", elsewhere, Duration.ofSeconds(1), Duration.ofHours(6)),
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
        forgetting(WitnessFolder.SEEN, checkpoint.text());
        forgetting(WitnessFolder.SEEN_LOGS, WitnessFolder.seenLogs(newestStates()));
        new LastSigned(data.resolve("keys").resolve("last-signed")).forget();
    }

    private void forgetting(String file, String text) throws IOException {
        var own = data.resolve("witness").resolve(file);
        KeyFiles.write(elsewhere.isEmpty() ? own : forTheirOwners(data).getOrDefault(file, own), text);
    }
}
