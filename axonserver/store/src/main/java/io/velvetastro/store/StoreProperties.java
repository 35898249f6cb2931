package io.velvetastro.store;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about the store, under {@code velvet}.
 *
 * @param data the folder for the embedded database and the keys
 * @param store where events are kept: {@code jdbc} or {@code axon-server}
 * @param db a PostgreSQL that is given; without a url the embedded one runs
 * @param backlog how much unread telemetry is too much
 */
@ConfigurationProperties("velvet")
public record StoreProperties(
        @DefaultValue("data") Path data,
        @DefaultValue("jdbc") String store,
        @DefaultValue Database db,
        @DefaultValue Limits backlog) {
    /**
     * @param user who owns the tables: migrates them, makes the lesser roles, and does nothing else
     * @param role as whom this process works; it is made where it is missing
     * @param connections enough for the readers of the streams and a few dozen short requests: more only queue on two cores
     * @param patience how long a request waits for one statement before it is told to come again
     */
    public record Database(
            @DefaultValue("") String url,
            @DefaultValue("postgres") String user,
            @DefaultValue("") String password,
            @DefaultValue("velvet_house") String role,
            @DefaultValue("16") int connections,
            @DefaultValue("15s") Duration patience) {}

    /**
     * @param events more unread telemetry than this, and the intake asks its callers to wait
     */
    public record Limits(
            @DefaultValue("200000") long events,
            @DefaultValue("2s") Duration retryAfter) {}
}
