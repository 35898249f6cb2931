package io.velvetastro.views;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** One event as a projection sees it. {@code position} is its place in the one order of the store: a later event has a higher one, in every replay. */
public record Told(long position, String id, TenantId tenant, String actor, Instant recordedAt, Object payload) {

    public static List<Told> of(List<? extends EventMessage<?>> batch) {
        return batch.stream().map(Told::of).toList();
    }

    public static Told of(EventMessage<?> event) {
        if (!(event instanceof TrackedEventMessage<?> tracked))
            throw new IllegalArgumentException("An event without a place in its stream cannot be projected");
        var envelope = event.getMetaData();
        return new Told(
                tracked.trackingToken().position().orElseThrow(),
                event.getIdentifier(),
                TenantId.of(String.valueOf(envelope.get(Envelope.TENANT))),
                Clean.text(String.valueOf(envelope.getOrDefault(Envelope.ACTOR, "unknown"))),
                Clean.time(event.getTimestamp()),
                event.getPayload());
    }
}
