package io.velvetastro.store.streams;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/** Makes messages of rows. Payload and envelope are read when somebody first asks, once for all who share the message. */
final class Decoder {
    private final Serializer serializer;
    private final @Nullable EventUpcaster upcasters;

    Decoder(Serializer serializer, @Nullable EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    List<TrackedEventMessage<?>> decode(List<StoredRow> rows) {
        if (upcasters != null)
            return EventUtils.upcastAndDeserializeTrackedEvents(
                            rows.stream().map(StoredRow::asEventData), serializer, upcasters)
                    .toList();
        var messages = new ArrayList<TrackedEventMessage<?>>(rows.size());
        for (var row : rows) messages.add(asStored(row));
        return messages;
    }

    private TrackedEventMessage<?> asStored(StoredRow row) {
        var payload = new LazyDeserializingObject<>(
                new SimpleSerializedObject<>(row.payload(), byte[].class, row.payloadType(), row.revision()),
                serializer);
        var envelope = new LazyDeserializingObject<org.axonframework.messaging.MetaData>(
                new SerializedMetaData<>(row.envelope(), byte[].class), serializer);
        var message = new SerializedMessage<>(row.id(), payload, envelope);
        var token = new GlobalSequenceTrackingToken(row.position());
        return row.aggregate() == null
                ? new GenericTrackedEventMessage<>(token, message, row::recordedAt)
                : new GenericTrackedDomainEventMessage<>(
                        token, row.aggregateType(), row.aggregate(), row.sequence(), message, row::recordedAt);
    }
}
