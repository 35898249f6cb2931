package io.velvetastro.notary;

import io.velvetastro.language.Disclosures;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.StoredBytes;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger over the store, wherever that keeps its events: its tables, its keys, and the thread that keeps it. */
@Configuration
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
        return new OpenedKeys(settings, data, tables.newest()).open();
    }

    /** Ends the house's own witness with the house. */
    @Bean
    AutoCloseable endOfWitnesses(LedgerKeys keys) {
        return () -> {
            for (var witness : keys.witnesses()) witness.close();
        };
    }

    @Bean
    Notary notary(
            StoredBytes store,
            LedgerTables tables,
            LedgerKeys keys,
            PlatformTransactionManager transactions,
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
                            keys.witnesses());
                },
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
    ReceiptDesk receipts(StoredBytes store, LedgerTables tables, LedgerKeys keys, Proofs proofs, Clock clock) {
        return new ReceiptDesk(store, tables, keys, proofs, clock);
    }

    @Bean
    Censuses censuses(StoredBytes store, LedgerTables tables, Proofs proofs, CommandGateway commands, Clock clock) {
        return new Censuses(store, tables, proofs, commands, clock);
    }

    @Bean
    MonthsEnd monthsEnd(Shredder shredder, StoredBytes store, CommandGateway commands, Clock clock) {
        return new MonthsEnd(shredder, store, commands, clock);
    }

    @Bean
    Bundles bundles(
            Proofs proofs,
            LedgerTables tables,
            StoredBytes store,
            Notary notary,
            Censuses censuses,
            Disclosures disclosures,
            PrivacyBook privacy,
            CommandGateway commands,
            Clock clock) {
        return new Bundles(
                new Search(store, tables),
                proofs,
                tables,
                store,
                notary,
                censuses,
                disclosures,
                privacy,
                commands,
                clock);
    }
}
