package io.velvetastro.notary;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is kept.
 *
 * @param keys the folder of the signing keys; {@code keys} in the data folder unless named
 * @param witness the folder of the house's own witness, better on another disk; {@code witness} in the data folder unless named
 * @param witnesses who sees the checkpoints instead of the house's own witness: better machines of other people
 * @param signEvery how often changed logs are anchored and the platform's log is signed
 * @param auditEvery how long after a round through the whole store the next one begins
 */
@ConfigurationProperties("velvet.ledger")
record NotarySettings(
        @DefaultValue("") String keys,
        @DefaultValue("") String witness,
        @DefaultValue List<Elsewhere> witnesses,
        @DefaultValue("1s") Duration signEvery,
        @DefaultValue("6h") Duration auditEvery) {
    /** A witness that speaks C2SP tlog-witness, and the key whose cosignatures count. */
    record Elsewhere(URI url, String key) {}
}
