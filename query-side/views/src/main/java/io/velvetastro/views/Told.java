package io.velvetastro.views;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** One event as a projection sees it. Envelopes are read only by those who ask for what stands in them: there are many events, and reading is most of the work. */
public final class Told {
    private final long position;
    private final TenantId tenant;
    private final EventMessage<?> event;

    private Told(long position, TenantId tenant, EventMessage<?> event) {
        this.position = position;
        this.tenant = tenant;
        this.event = event;
    }

    public static List<Told> of(List<? extends EventMessage<?>> batch) {
        return batch.stream().map(Told::of).toList();
    }

    public static Told of(EventMessage<?> event) {
        if (!(event instanceof TrackedEventMessage<?> tracked))
            throw new IllegalArgumentException("An event without a place in its stream cannot be projected");
        return new Told(tracked.trackingToken().position().orElseThrow(), tenant(event), event);
    }

    /** What customers report and engines find says itself whose it is. */
    private static TenantId tenant(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case Telemetry telemetry -> telemetry.tenant();
            case FindingRaised finding -> finding.tenant();
            default -> TenantId.of(String.valueOf(event.getMetaData().get(Envelope.TENANT)));
        };
    }

    /** Its place in the one order of the store: a later event has a higher one, in every replay. */
    public long position() {
        return position;
    }

    public String id() {
        return event.getIdentifier();
    }

    public TenantId tenant() {
        return tenant;
    }

    public String actor() {
        return Clean.text(String.valueOf(event.getMetaData().getOrDefault(Envelope.ACTOR, "unknown")));
    }

    public Instant recordedAt() {
        return Clean.time(event.getTimestamp());
    }

    /** When it happened by the clock of whoever caused it; when it was recorded, where that is not told. */
    public Instant occurredAt() {
        if (event.getPayload() instanceof Telemetry telemetry) return telemetry.occurredAt();
        try {
            return Instant.parse(String.valueOf(event.getMetaData().get(Envelope.OCCURRED_AT)));
        } catch (DateTimeParseException untold) {
            return event.getTimestamp();
        }
    }

    public Object payload() {
        return event.getPayload();
    }
}
