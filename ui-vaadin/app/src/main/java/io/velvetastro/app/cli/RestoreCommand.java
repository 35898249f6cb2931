package io.velvetastro.app.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.notary.RestoredLedger;
import io.velvetastro.store.axon.EventJson;
import io.velvetastro.store.backup.Restore;
import io.velvetastro.store.database.EmbeddedDatabase;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.JdbcStoredBytes;
import io.velvetastro.witness.WitnessAway;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ./velvet restore BACKUP --data DIR [--witness VKEY=URL,…]}: a house from its backup and its keys, if what came back verifies, also before the witnesses that run on other machines.
 */
final class RestoreCommand {
    private static final int SHOWN = 10;

    private final PrintStream out;

    RestoreCommand(PrintStream out) {
        this.out = out;
    }

    int run(List<String> typed) {
        var arguments = new Arguments(typed, Set.of("data", "accept-loss", "witness"));
        var backup = Path.of(arguments.file()).toAbsolutePath();
        if (!Files.isRegularFile(backup)) throw Failed.misused("There is no file " + backup + ".");
        var data = Path.of(arguments.required("data")).toAbsolutePath().normalize();
        var witnesses =
                arguments.option("witness").map(RestoreCommand::witnesses).orElse(Map.of());
        requireKeys(data, witnesses);
        var database = data.resolve("postgres");
        if (Files.exists(database))
            throw Failed.misused(
                    data + " holds a database already: restore into a folder that has only keys and witness.");
        boolean acceptLoss =
                arguments.option("accept-loss").filter("yes"::equals).isPresent();
        boolean verified = false;
        try {
            restore(backup, data, witnesses, acceptLoss);
            verified = true;
            out.println("Put back. Start it with ./velvet run --data " + data);
            return 0;
        } catch (CannotStart cannot) {
            throw nothingPutBack(String.valueOf(cannot.getMessage()));
        } finally {
            if (!verified) delete(database); // What does not verify must not be started by mistake.
        }
    }

    private static Failed nothingPutBack(String why) {
        return Failed.because(why + "\nNothing was put back: what had been loaded is deleted.");
    }

    private static void requireKeys(Path data, Map<String, URI> witnesses) {
        for (var needed : List.of("keys/master.key", "keys/log.key"))
            if (!Files.isRegularFile(data.resolve(needed)))
                throw Failed.misused("There is no " + data.resolve(needed)
                        + ": put the folders keys and witness, which you kept apart, into " + data + " first.");
        if (witnesses.isEmpty() && !Files.isRegularFile(data.resolve("witness/witness.key")))
            throw Failed.misused("There is no " + data.resolve("witness/witness.key")
                    + ": put the folder witness, which you kept apart, into " + data
                    + " first, or name the witnesses of this house on other machines: --witness VKEY=URL,…");
    }

    /** {@code VKEY=URL,…}; a key may end with the sign that stands between. */
    private static Map<String, URI> witnesses(String typed) {
        var witnesses = new LinkedHashMap<String, URI>();
        for (var one : typed.split(",")) {
            int between = one.indexOf("=http");
            try {
                if (between > 0 && VerifierKey.parse(one.substring(0, between)).kind() == Kind.WITNESS) {
                    witnesses.put(one.substring(0, between), new URI(one.substring(between + 1)));
                    continue;
                }
            } catch (NotProven | URISyntaxException unfit) {
                // Said below.
            }
            throw Failed.misused("--witness wants the verifier key of a witness and its address, VKEY=http…, not "
                    + Inert.text(one) + ".");
        }
        return witnesses;
    }

    private void restore(Path backup, Path data, Map<String, URI> witnesses, boolean acceptLoss) {
        try (var postgres = EmbeddedDatabase.in(data);
                var pool = pool(postgres)) {
            var restored = Restore.from(backup, pool);
            out.println("Loaded " + restored.rows() + " rows of " + restored.tables() + " tables as of "
                    + restored.takenAt() + ", to be held against the ledger and what was witnessed.");
            var store = new JdbcStoredBytes(pool, EventJson.mapper(), RowMacs.kept(data));
            var ledger = new RestoredLedger(pool, store, data, witnesses);
            say(acceptLoss ? ledger.checkAcceptingLoss() : ledger.check());
            if (RestoredLedger.forTheirOwners(data).values().stream().anyMatch(Files::exists))
                out.println(toTheOwners(data));
        } catch (WitnessAway away) {
            throw nothingPutBack(
                    Inert.text(String.valueOf(away.getMessage())) + ". Without it nobody knows what it has seen.");
        } catch (NotProven forged) {
            throw nothingPutBack("REFUSED: " + Inert.text(String.valueOf(forged.getMessage())));
        } catch (Restore.NoBackup unfit) {
            throw nothingPutBack("This is no backup to restore. " + unfit.getMessage());
        } catch (SQLException | IOException broken) {
            throw nothingPutBack("The restore broke off: " + broken.getMessage());
        }
    }

    static String toTheOwners(Path data) {
        var places = RestoredLedger.forTheirOwners(data).entrySet().stream()
                .map(file -> file.getValue() + " in the place of the file " + file.getKey())
                .collect(Collectors.joining(" and "));
        return "The witnesses have seen more than came back, and only their owners can set them back: each stops the witness, puts "
                + places + " in its folder, and starts it. Until then the house stores what comes and signs nothing.";
    }

    private void say(RestoredLedger.Verdict verdict) {
        if (verdict.deviations().isEmpty()) {
            out.println("VERIFIED against the keys and what was witnessed: " + verdict.events()
                    + " events fit the ledger up to its witnessed checkpoint " + verdict.checkpoint() + "; "
                    + verdict.unwitnessed() + " later ones are vouched for by the backup alone.");
            return;
        }
        var lines = new StringBuilder("REFUSED: what is in this backup is not what was witnessed.");
        verdict.deviations().stream()
                .limit(SHOWN)
                .forEach(deviation -> lines.append("\n  ").append(Inert.text(deviation)));
        if (verdict.deviations().size() > SHOWN)
            lines.append("\n  … and ")
                    .append(verdict.deviations().size() - SHOWN)
                    .append(" more");
        lines.append(
                "\nIf leaves are only missing at the end, it is older than the witness's memory: newer events are lost, and --accept-loss yes says that you know.");
        throw nothingPutBack(lines.toString());
    }

    private static HikariDataSource pool(EmbeddedDatabase postgres) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.getJdbcUrl());
        pool.setUsername(postgres.getUsername());
        pool.setPassword(postgres.getPassword());
        pool.setMaximumPoolSize(4);
        return pool;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException left) {
            throw Failed.because("Delete " + folder + " before you try again.");
        }
    }
}
