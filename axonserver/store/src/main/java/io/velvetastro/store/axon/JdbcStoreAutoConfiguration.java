package io.velvetastro.store.axon;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.RoomRole;
import io.velvetastro.store.StoreProperties;
import io.velvetastro.store.archive.JdbcArchive;
import io.velvetastro.store.journal.Admission;
import io.velvetastro.store.journal.FactWriter;
import io.velvetastro.store.journal.JdbcJournal;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.JdbcStoredBytes;
import io.velvetastro.store.streams.JdbcStreams;
import io.velvetastro.store.streams.StreamTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events kept in PostgreSQL: the default. */
@AutoConfiguration(
        after = StoreAutoConfiguration.class,
        beforeName = "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration")
@ConditionalOnProperty(name = "velvet.store", havingValue = "jdbc", matchIfMissing = true)
class JdbcStoreAutoConfiguration {
    @Bean
    static RoomRole eventsRole() {
        return new RoomRole("velvet_events");
    }

    @Bean
    @DependsOn("storeMigrations")
    JdbcStreams streams(
            DataSource database,
            @Qualifier("eventSerializer") Serializer serializer,
            ObjectProvider<EventUpcaster> upcasters) {
        var inOrder = upcasters.orderedStream().toList();
        return new JdbcStreams(database, serializer, inOrder.isEmpty() ? null : new EventUpcasterChain(inOrder));
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
            JdbcStreams streams,
            RowMacs macs) {
        var vouched = new VouchedSnapshots(macs);
        var engine = JdbcEventStorageEngine.builder()
                .appendEvents(new VouchedAppend(macs))
                .readEventDataForAggregate(JdbcStoreAutoConfiguration::readAggregate)
                .appendSnapshot(vouched)
                .schema(EventSchema.builder()
                        .eventTable("store.decisions")
                        .snapshotTable("store.snapshots")
                        .build())
                .snapshotSerializer(snapshots)
                .snapshotFilter(axon.snapshotFilter().combine(vouched))
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

    /** As Axon reads an aggregate, but only where the store puts events: what lies elsewhere is seen by no ledger, and by nobody else either. */
    private static PreparedStatement readAggregate(
            Connection connection, EventSchema schema, String aggregate, long firstSequence, int most)
            throws SQLException {
        var statement = connection.prepareStatement("SELECT " + schema.trackedEventFields() + " FROM "
                + schema.domainEventTable() + " WHERE " + schema.aggregateIdentifierColumn() + " = ? AND "
                + schema.sequenceNumberColumn() + " >= ? AND " + StreamTable.DECISIONS.isGiven() + " ORDER BY "
                + schema.sequenceNumberColumn() + " LIMIT ?");
        statement.setString(1, aggregate);
        statement.setLong(2, firstSequence);
        statement.setInt(3, most);
        return statement;
    }

    @Bean
    @DependsOn("storeMigrations")
    RowMacs rowMacs(DataSource database, StoreProperties properties) {
        return RowMacs.open(database, properties.data());
    }

    @Bean
    JdbcJournal journal(
            DataSource database,
            FactWriter writer,
            RowMacs macs,
            JdbcStreams streams,
            Admission admission,
            Clock clock) {
        return new JdbcJournal(database, writer, macs, streams, admission, clock);
    }

    @Bean
    JdbcArchive eventArchive(JdbcClient db) {
        return new JdbcArchive(db);
    }

    @Bean
    @DependsOn("storeMigrations")
    JdbcStoredBytes storedBytes(
            DataSource database, @Qualifier("defaultAxonObjectMapper") ObjectMapper json, RowMacs macs) {
        return new JdbcStoredBytes(database, json, macs);
    }
}
