package io.velvetastro.store.envelope;

import io.velvetastro.language.Envelope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** What a message hands on to those it causes: whose it is, who began it, and what came right before. */
final class Provenance implements CorrelationDataProvider {
    private static final List<String> HANDED_ON =
            List.of(Envelope.TENANT, Envelope.ACTOR, Envelope.OCCURRED_AT, Envelope.SIMULATED);

    @Override
    public Map<String, ?> correlationDataFor(Message<?> cause) {
        var envelope = cause.getMetaData();
        var handedOn = new HashMap<String, Object>();
        for (var key : HANDED_ON) if (envelope.containsKey(key)) handedOn.put(key, envelope.get(key));
        handedOn.put(Envelope.CAUSATION, cause.getIdentifier());
        handedOn.put(Envelope.CORRELATION, envelope.getOrDefault(Envelope.CORRELATION, cause.getIdentifier()));
        return handedOn;
    }
}
