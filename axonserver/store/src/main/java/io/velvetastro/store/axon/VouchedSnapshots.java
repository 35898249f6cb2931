package io.velvetastro.store.axon;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.store.keys.RowMacs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.AppendSnapshotStatementBuilder;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.TimestampWriter;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes a snapshot only when the house has written it: its identifier is its MAC. A snapshot is read before all events and is in no ledger; without it an aggregate is read from its events.
 */
final class VouchedSnapshots implements AppendSnapshotStatementBuilder, SnapshotFilter {
    private static final Logger LOG = LoggerFactory.getLogger(VouchedSnapshots.class);
    /** No event is called so: a snapshot's MAC is no event's, and no event's is a snapshot's. */
    private static final String CALLED = "snapshot";

    private final RowMacs macs;

    VouchedSnapshots(RowMacs macs) {
        this.macs = macs;
    }

    @Override
    public PreparedStatement build(
            Connection connection,
            EventSchema schema,
            Class<?> dataType,
            DomainEventMessage<?> snapshot,
            Serializer serializer,
            TimestampWriter times)
            throws SQLException {
        var payload = snapshot.serializePayload(serializer, byte[].class);
        var metaData = snapshot.serializeMetaData(serializer, byte[].class);
        var at = Instant.parse(DateTimeUtils.formatInstant(snapshot.getTimestamp())); // As it will be read again.
        var row = row(
                snapshot.getType(),
                snapshot.getAggregateIdentifier(),
                snapshot.getSequenceNumber(),
                at,
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                metaData.getData());
        var statement = connection.prepareStatement("INSERT INTO " + schema.snapshotTable() + " ("
                + schema.domainEventFields() + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.setString(1, mac(row));
        statement.setString(2, row.aggregate());
        statement.setLong(3, row.sequence());
        statement.setString(4, row.aggregateType());
        times.writeTimestamp(statement, 5, snapshot.getTimestamp());
        statement.setString(6, row.payloadType());
        statement.setString(7, row.revision());
        statement.setBytes(8, row.payload());
        statement.setBytes(9, row.envelope());
        return statement;
    }

    @Override
    public boolean test(DomainEventData<?> snapshot) {
        if (!(snapshot.getPayload().getData() instanceof byte[] payload)
                || !(snapshot.getMetaData().getData() instanceof byte[] metaData)) return false;
        var row = row(
                snapshot.getType(),
                snapshot.getAggregateIdentifier(),
                snapshot.getSequenceNumber(),
                snapshot.getTimestamp(),
                snapshot.getPayload().getType().getName(),
                snapshot.getPayload().getType().getRevision(),
                payload,
                metaData);
        boolean isOurs = MessageDigest.isEqual(
                mac(row).getBytes(StandardCharsets.US_ASCII),
                snapshot.getEventIdentifier().getBytes(StandardCharsets.US_ASCII));
        if (!isOurs)
            LOG.warn(
                    "The snapshot of {} is not one of ours: it is read from its events",
                    snapshot.getAggregateIdentifier());
        return isOurs;
    }

    private String mac(Row row) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(macs.of(row));
    }

    private static Row row(
            String type,
            String aggregate,
            long sequence,
            Instant at,
            String payloadType,
            String revision,
            byte[] payload,
            byte[] metaData) {
        return new Row(
                0,
                Stream.DECISIONS,
                null,
                CALLED,
                at,
                payloadType,
                revision,
                payload,
                metaData,
                type,
                aggregate,
                sequence);
    }
}
