package io.velvetastro.store.axon;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import io.velvetastro.store.StoreProperties;
import io.velvetastro.store.archive.JdbcArchive;
import io.velvetastro.store.following.Followers;
import io.velvetastro.store.journal.Admission;
import io.velvetastro.store.journal.FactWriter;
import io.velvetastro.store.journal.JdbcJournal;
import io.velvetastro.store.streams.JdbcStoredBytes;
import io.velvetastro.store.streams.Streams;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSqlSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The event store on PostgreSQL: its tables, Axon upon them, the journal, and whoever follows. */
@AutoConfiguration(
        after = {AxonOrderAutoConfiguration.class, JdbcClientAutoConfiguration.class},
        beforeName = {
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.ObjectMapperAutoConfiguration"
        })
@ConditionalOnProperty(name = "velvet.store", havingValue = "jdbc", matchIfMissing = true)
class JdbcStoreAutoConfiguration {
    @Bean(initMethod = "migrate")
    Flyway storeMigrations(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .schemas("store")
                .defaultSchema("store")
                .locations("classpath:db/store")
                .load();
    }

    @Bean
    ObjectMapper defaultAxonObjectMapper() {
        return EventJson.mapper();
    }

    @Bean
    PersistenceExceptionResolver uniqueViolation() {
        return new UniqueViolation();
    }

    @Bean
    TokenSchema tokenSchema() {
        return TokenSchema.builder().setTokenTable("store.tokens").build();
    }

    @Bean
    SagaSqlSchema sagaSchema() {
        return new PostgresSagaSqlSchema(SagaSchema.builder()
                .sagaEntryTable("store.sagas")
                .associationValueEntryTable("store.saga_associations")
                .build());
    }

    @Bean
    @DependsOn("storeMigrations")
    Streams streams(
            DataSource database,
            @Qualifier("eventSerializer") Serializer serializer,
            ObjectProvider<EventUpcaster> upcasters) {
        var inOrder = upcasters.orderedStream().toList();
        return new Streams(database, serializer, inOrder.isEmpty() ? null : new EventUpcasterChain(inOrder));
    }

    @Bean(name = {"eventStore", "eventBus"})
    @DependsOn("storeMigrations")
    EventStore eventStore(
            Configuration axon,
            Serializer snapshots,
            @Qualifier("eventSerializer") Serializer events,
            ConnectionProvider connections,
            TransactionManager transactions,
            PersistenceExceptionResolver duplicates,
            Streams streams) {
        var engine = JdbcEventStorageEngine.builder()
                .schema(EventSchema.builder()
                        .eventTable("store.decisions")
                        .snapshotTable("store.snapshots")
                        .build())
                .snapshotSerializer(snapshots)
                .snapshotFilter(axon.snapshotFilter())
                .upcasterChain(axon.upcasterChain())
                .eventSerializer(events)
                .persistenceExceptionResolver(duplicates)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .build();
        var builder = EmbeddedEventStore.builder()
                .storageEngine(engine)
                .spanFactory(axon.getComponent(EventBusSpanFactory.class));
        return new DecisionStore(builder, streams);
    }

    /** Axon's own processors (sagas): few events, in order within an aggregate, and none skipped because a handler failed. */
    @Bean
    ConfigurerModule processors() {
        return configurer -> configurer.eventProcessing(processing -> processing
                .usingPooledStreamingEventProcessors()
                .registerDefaultListenerInvocationErrorHandler(axon -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessorConfiguration(
                        (axon, builder) -> builder.initialSegmentCount(2).batchSize(50)));
    }

    @Bean
    FactWriter factWriter(@Qualifier("defaultAxonObjectMapper") ObjectMapper json) {
        return new FactWriter(json);
    }

    @Bean
    Admission admission(StoreProperties properties, ObjectProvider<Followers> followers) {
        return new Admission(
                () -> followers.getObject().behind(Stream.TELEMETRY),
                properties.backlog().events(),
                properties.backlog().retryAfter());
    }

    @Bean
    JdbcJournal journal(
            DataSource database,
            PlatformTransactionManager transactions,
            FactWriter writer,
            Streams streams,
            Admission admission,
            Clock clock) {
        return new JdbcJournal(database, transactions, writer, streams, admission, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    Followers followers(
            List<BatchFollower> followers,
            Streams streams,
            JdbcClient db,
            TransactionManager transactions,
            StoreProperties properties) {
        // Whoever holds the data folder is alone, and after a crash finds its own places at once.
        var owner = properties.db().url().isEmpty()
                ? "house"
                : ManagementFactory.getRuntimeMXBean().getName();
        return new Followers(followers, streams, db, transactions, owner);
    }

    @Bean
    JdbcArchive eventArchive(JdbcClient db) {
        return new JdbcArchive(db);
    }

    @Bean
    @DependsOn("storeMigrations")
    JdbcStoredBytes storedBytes(DataSource database, @Qualifier("defaultAxonObjectMapper") ObjectMapper json) {
        return new JdbcStoredBytes(database, json);
    }
}
