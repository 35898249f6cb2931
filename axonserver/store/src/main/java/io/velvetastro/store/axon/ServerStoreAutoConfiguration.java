package io.velvetastro.store.axon;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.RoomRole;
import io.velvetastro.store.archive.LocatedEvents;
import io.velvetastro.store.following.SharedSegments;
import io.velvetastro.store.journal.Admission;
import io.velvetastro.store.journal.ServerJournal;
import io.velvetastro.store.streams.ServerStoredBytes;
import io.velvetastro.store.streams.ServerStreams;
import java.lang.management.ManagementFactory;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Events kept by Axon Server ({@code velvet.store=axon-server}): one store for all three streams, told apart by what is in them. Places, sagas, keys and admission stay in PostgreSQL. */
@AutoConfiguration(
        after = StoreAutoConfiguration.class,
        afterName = "org.axonframework.springboot.autoconfig.AxonServerBusAutoConfiguration")
@ConditionalOnProperty(name = "velvet.store", havingValue = "axon-server")
class ServerStoreAutoConfiguration {
    @Bean
    static RoomRole serverRole() {
        return new RoomRole("velvet_server");
    }

    @Bean
    ServerStreams streams(EventStore events) {
        return new ServerStreams(events);
    }

    @Bean
    @DependsOn("storeMigrations")
    ServerJournal journal(
            EventStore events, JdbcClient db, PlatformTransactionManager transactions, Admission admission) {
        return new ServerJournal(events, db, transactions, admission);
    }

    @Bean
    @DependsOn("storeMigrations")
    ServerStoredBytes storedBytes(
            AxonServerConnectionManager server,
            JdbcClient db,
            @Qualifier("defaultAxonObjectMapper") ObjectMapper json) {
        return new ServerStoredBytes(() -> server.getConnection().eventChannel(), db, json);
    }

    @Bean
    @DependsOn("storeMigrations")
    LocatedEvents eventArchive(
            JdbcClient db, ServerStreams streams, @Qualifier("eventSerializer") Serializer serializer) {
        return new LocatedEvents(db, streams, serializer);
    }

    @Bean
    @DependsOn("storeMigrations")
    SharedSegments sharedSegments(EventProcessingConfiguration processing, JdbcClient db) {
        return new SharedSegments(
                processing::eventProcessors,
                db,
                ManagementFactory.getRuntimeMXBean().getName());
    }
}
