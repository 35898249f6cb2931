package io.velvetastro.language;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The metadata every event carries, whatever its kind. */
public final class Envelope {
    public static final String TENANT = "tenant";
    /** Who caused it: {@code member:…}, {@code service:…}, {@code engine:…}, {@code playbook:…}. */
    public static final String ACTOR = "actor";
    /** The source's own clock; the store's timestamp is ours. */
    public static final String OCCURRED_AT = "occurredAt";

    public static final String CORRELATION = "correlationId";
    public static final String CAUSATION = "causationId";
    /** Versions of whatever the event was derived with, such as {@code geo:2026-11} or {@code rules:1}. */
    public static final String VERSIONS = "versions";
    /** "true" on events of the simulator. */
    public static final String SIMULATED = "simulated";

    private Envelope() {}

    /** The three entries no event goes without. */
    public static Map<String, String> of(TenantId tenant, String actor, Instant occurredAt) {
        var entries = new HashMap<String, String>(8);
        entries.put(TENANT, tenant.toString());
        entries.put(ACTOR, actor);
        entries.put(OCCURRED_AT, occurredAt.toString());
        return entries;
    }
}
