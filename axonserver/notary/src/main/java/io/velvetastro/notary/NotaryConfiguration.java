package io.velvetastro.notary;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.ledger.Witness;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger over the store on PostgreSQL: its tables, its keys, and the thread that keeps it. */
@Configuration
@ConditionalOnProperty(name = "velvet.store", havingValue = "jdbc", matchIfMissing = true)
@EnableConfigurationProperties(NotarySettings.class)
class NotaryConfiguration {
    @Bean(initMethod = "migrate")
    Flyway ledgerMigrations(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .schemas("ledger")
                .defaultSchema("ledger")
                .locations("classpath:db/ledger")
                .load();
    }

    @Bean
    @DependsOn("ledgerMigrations")
    LedgerTables ledgerTables(DataSource database) {
        return new LedgerTables(new JdbcTemplate(database));
    }

    @Bean
    LedgerKeys ledgerKeys(NotarySettings settings, LedgerTables tables, @Value("${velvet.data:data}") String data) {
        var newest = tables.newest();
        var keys = folder(settings.keys(), data, "keys");
        var witness = folder(settings.witness(), data, "witness");
        // The name distinguishes this house from every other, so that no checkpoint of one passes for the other's.
        var name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var current =
                KeyFiles.open(keys.resolve("log.key"), "velvetastro.io/log/" + name, Kind.LOG, newest.isPresent());
        var next = KeyFiles.read(keys.resolve("next-log.key"), Kind.LOG);
        newest.ifPresent(signed -> requireOurs(signed.note(), current.verifier(), keys.resolve("log.key")));
        return new LedgerKeys(
                next.map(successor -> List.of(current, successor)).orElse(List.of(current)),
                KeyFiles.open(
                        witness.resolve("witness.key"),
                        "velvetastro.io/witness/" + name,
                        Kind.WITNESS,
                        tables.newestWitnessed().isPresent()),
                new FileMemory(witness.resolve("seen")));
    }

    /** The keys that sign, the present one first; the witness's; and what that one remembers. */
    record LedgerKeys(List<SigningKey> log, SigningKey witness, Witness.Memory memory) {
        VerifierKey verifier() {
            return log.getFirst().verifier();
        }

        /** A log's origin is its key's name. */
        String origin() {
            return verifier().name();
        }
    }

    private static Path folder(String named, String data, String usual) {
        return named.isEmpty()
                ? Path.of(data).resolve(usual).toAbsolutePath().normalize()
                : Path.of(named).toAbsolutePath().normalize();
    }

    private static void requireOurs(String note, VerifierKey key, Path file) {
        try {
            Checkpoint.trusted(Note.parse(note), key.name(), key);
        } catch (NotProven notOurs) {
            throw new CannotStart(
                    MACHINE,
                    "The key file " + file + " is not the one this ledger was signed with (" + notOurs.reason()
                            + "). Put the right one back from your backup.");
        }
    }

    @Bean
    Notary notary(
            StoredBytes store,
            LedgerTables tables,
            LedgerKeys keys,
            PlatformTransactionManager transactions,
            Clock clock,
            NotarySettings settings) {
        var transaction = new TransactionTemplate(transactions);
        return new Notary(
                () -> {
                    var logs = new GrowingLogs(tables);
                    var platform = tables.platform(keys.origin());
                    return new Notary.Work(
                            new Sequencer(store, tables, logs, transaction),
                            new Signer(tables, logs, platform, keys.log(), transaction),
                            tables,
                            platform,
                            new Witness(keys.witness(), keys.origin(), keys.verifier(), keys.memory()));
                },
                clock,
                settings.signEvery());
    }

    @Bean
    LedgerHealth ledgerHealth(Notary notary) {
        return new LedgerHealth(notary);
    }

    @Bean
    Proofs proofs(LedgerTables tables, StoredBytes store, LedgerKeys keys) {
        return new Proofs(tables, store, tables.platform(keys.origin()));
    }

    @Bean
    Bundles bundles(
            Proofs proofs,
            LedgerTables tables,
            StoredBytes store,
            Notary notary,
            CommandGateway commands,
            Clock clock) {
        return new Bundles(new Search(store, tables), proofs, tables, store, notary, commands, clock);
    }
}
