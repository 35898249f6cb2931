package io.velvetastro.notary;

import io.velvetastro.language.Disclosures;
import io.velvetastro.language.LesserRoles;
import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.Plans;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.StoredBytes;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The ledger over the store, wherever that keeps its events: its tables, its keys, and the thread that keeps it. */
@Configuration
@EnableConfigurationProperties(NotarySettings.class)
class NotaryConfiguration {
    /** May insert and select in the schema of the ledger and have it forget older states, and nothing else anywhere. */
    static final String WRITER = "velvet_ledger";

    private static final int MOST_CONNECTIONS = 4;
    private static final Duration STATES_ASKED_EVERY = Duration.ofMinutes(1);

    @Bean(initMethod = "migrate")
    Flyway ledgerMigrations(OwnersDatabase owner) {
        return Flyway.configure()
                .dataSource(owner.connections())
                .schemas("ledger")
                .defaultSchema("ledger")
                .locations("classpath:db/ledger")
                .load();
    }

    @Bean
    @DependsOn("ledgerMigrations")
    LedgerTables ledgerTables(LesserRoles roles) {
        return new LedgerTables(roles.connections(WRITER, MOST_CONNECTIONS));
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
    @DependsOn("ledgerMigrations")
    Seat seat(LesserRoles roles, LedgerKeys keys) {
        return new Seat(roles.connections(WRITER, 1), keys.witnesses());
    }

    @Bean
    Notary notary(Seat seat, StoredBytes store, LedgerTables tables, LedgerKeys keys, NotarySettings settings) {
        return new Notary(seat, tables, store, own -> work(own, store, keys), settings.signEvery());
    }

    static Notary.Work work(LedgerTables own, StoredBytes store, LedgerKeys keys) {
        var platform = own.platform(keys.origin());
        var continuity = new Continuity(own, keys, platform);
        continuity.requireTail(store);
        var logs = new GrowingLogs(own, continuity);
        var sequencer = new Sequencer(store, own, logs, own.transaction());
        var states = new LogStates(own, logs, keys, platform, STATES_ASKED_EVERY);
        return new Notary.Work(
                sequencer,
                new Signer(own, logs, platform, keys.log(), sequencer, continuity, states),
                states,
                own,
                platform,
                keys.witnesses());
    }

    @Bean
    AuditBook auditBook(LedgerTables tables) {
        return new AuditBook(tables);
    }

    @Bean
    Rounds rounds(
            Notary notary,
            StoredBytes store,
            LedgerTables tables,
            LedgerKeys keys,
            AuditBook book,
            Troubles troubles,
            NotarySettings settings,
            Clock clock) {
        return new Rounds(notary, store, tables, keys, book, troubles, clock, settings.auditEvery());
    }

    @Bean
    Troubles troubles() {
        return new Troubles();
    }

    @Bean
    LedgerHealth ledgerHealth(Notary notary, Rounds rounds, DoubtBook doubts, Troubles troubles) {
        return new LedgerHealth(notary, rounds, doubts, troubles);
    }

    @Bean
    Proofs proofs(LedgerTables tables, StoredBytes store, LedgerKeys keys) {
        return new Proofs(tables, store, tables.platform(keys.origin()), keys);
    }

    @Bean
    ReceiptDesk receipts(StoredBytes store, LedgerTables tables, LedgerKeys keys, Proofs proofs, Clock clock) {
        return new ReceiptDesk(store, tables, keys, proofs, clock);
    }

    @Bean
    Censuses censuses(
            StoredBytes store,
            LedgerTables tables,
            Proofs proofs,
            CommandGateway commands,
            Clock clock,
            Troubles troubles) {
        return new Censuses(store, tables, proofs, commands, clock, troubles);
    }

    @Bean
    Completeness completeness(
            Censuses censuses, Proofs proofs, StoredBytes store, LedgerTables tables, Troubles troubles) {
        return new Completeness(censuses, proofs, store, tables, troubles);
    }

    @Bean
    MonthsEnd monthsEnd(
            Shredder shredder, StoredBytes store, PrivacyBook book, Plans plans, CommandGateway commands, Clock clock) {
        return new MonthsEnd(shredder, store, book, plans, commands, clock);
    }

    @Bean
    UnfinishedErasures unfinishedErasures(
            Shredder shredder, StoredBytes store, PrivacyBook book, CommandGateway commands, Clock clock) {
        return new UnfinishedErasures(shredder, store, book, commands, clock);
    }

    @Bean
    Bundles bundles(
            Proofs proofs,
            LedgerTables tables,
            StoredBytes store,
            Notary notary,
            Completeness completeness,
            Disclosures disclosures,
            PrivacyBook privacy,
            LedgerKeys keys,
            CommandGateway commands,
            Clock clock) {
        return new Bundles(
                new Search(store, tables),
                proofs,
                tables,
                store,
                notary,
                completeness,
                disclosures,
                privacy,
                keys,
                commands,
                clock);
    }
}
