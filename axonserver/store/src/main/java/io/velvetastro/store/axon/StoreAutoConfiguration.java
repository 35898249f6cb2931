package io.velvetastro.store.axon;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.LesserRoles;
import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.RoomRole;
import io.velvetastro.language.Stream;
import io.velvetastro.store.StoreProperties;
import io.velvetastro.store.backup.Backup;
import io.velvetastro.store.following.Delivery;
import io.velvetastro.store.following.Followers;
import io.velvetastro.store.journal.Admission;
import io.velvetastro.store.journal.FactWriter;
import io.velvetastro.store.streams.Streams;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSqlSchema;
import org.axonframework.serialization.Serializer;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the store needs wherever events are kept: its tables, how everything is written, and whoever follows. */
@AutoConfiguration(
        after = {AxonOrderAutoConfiguration.class, JdbcClientAutoConfiguration.class},
        beforeName = {
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.ObjectMapperAutoConfiguration"
        })
class StoreAutoConfiguration {
    /** May read all that is kept, and nothing else. */
    private static final String KEEPER = "velvet_backup";

    private static final int MOST_BACKUPS = 2;

    @Bean
    static RoomRole storeRole() {
        return new RoomRole("velvet_store");
    }

    @Bean(initMethod = "migrate")
    Flyway storeMigrations(OwnersDatabase owner) {
        return Flyway.configure()
                .dataSource(owner.connections())
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
    @Qualifier("messageSerializer")
    Serializer messageSerializer(ObjectMapper defaultAxonObjectMapper) {
        return new MessageJson(defaultAxonObjectMapper);
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
    Backup backups(LesserRoles roles) {
        return new Backup(roles.connections(KEEPER, MOST_BACKUPS));
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
    @ConditionalOnMissingBean
    Followers followers(
            List<BatchFollower> followers,
            ObjectProvider<Delivery> delivery,
            Streams streams,
            JdbcClient db,
            TransactionManager transactions,
            StoreProperties properties) {
        var how = delivery.getIfAvailable(() -> follower -> follower);
        return new Followers(followers.stream().map(how::of).toList(), streams, db, transactions, owner(properties));
    }

    /** Whoever holds the data folder is alone, and after a crash finds its own places at once. */
    private static String owner(StoreProperties properties) {
        return properties.db().url().isEmpty()
                ? "house"
                : ManagementFactory.getRuntimeMXBean().getName();
    }
}
