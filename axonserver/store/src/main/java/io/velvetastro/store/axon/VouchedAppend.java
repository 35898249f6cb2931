package io.velvetastro.store.axon;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.store.keys.RowMacs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.AppendEventsStatementBuilder;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.TimestampWriter;
import org.axonframework.serialization.Serializer;

/** Appends decisions as Axon does, each with the MAC of its row. */
final class VouchedAppend implements AppendEventsStatementBuilder {
    private static final int MAC = 10;

    private final RowMacs macs;

    VouchedAppend(RowMacs macs) {
        this.macs = macs;
    }

    @Override
    public PreparedStatement build(
            Connection connection,
            EventSchema schema,
            Class<?> dataType,
            List<? extends EventMessage<?>> events,
            Serializer serializer,
            TimestampWriter times)
            throws SQLException {
        var statement = connection.prepareStatement("INSERT INTO " + schema.domainEventTable() + " ("
                + schema.domainEventFields() + ", mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (var event : events) {
            var decided = EventUtils.asDomainEventMessage(event);
            var row = row(decided, serializer);
            statement.setString(1, decided.getIdentifier());
            statement.setString(2, decided.getAggregateIdentifier());
            statement.setLong(3, decided.getSequenceNumber());
            statement.setString(4, decided.getType());
            times.writeTimestamp(statement, 5, decided.getTimestamp());
            statement.setString(6, row.payloadType());
            statement.setString(7, row.revision());
            statement.setBytes(8, row.payload());
            statement.setBytes(9, row.envelope());
            statement.setBytes(MAC, macs.of(row));
            statement.addBatch();
        }
        return statement;
    }

    /** As it will be read again. */
    private static Row row(DomainEventMessage<?> event, Serializer serializer) {
        var payload = event.serializePayload(serializer, byte[].class);
        var metaData = event.serializeMetaData(serializer, byte[].class);
        boolean plain = event.getIdentifier().equals(event.getAggregateIdentifier());
        return new Row(
                0,
                Stream.DECISIONS,
                null,
                event.getIdentifier(),
                Instant.parse(DateTimeUtils.formatInstant(event.getTimestamp())),
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                metaData.getData(),
                plain ? null : event.getType(),
                plain ? null : event.getAggregateIdentifier(),
                plain ? 0 : event.getSequenceNumber());
    }
}
