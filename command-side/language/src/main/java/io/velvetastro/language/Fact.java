package io.velvetastro.language;

import java.util.Map;

/** One plain event on its way into the store: its payload and its envelope (see {@link Envelope} for the keys). */
public record Fact(EventId id, Object payload, Map<String, String> envelope) {}
