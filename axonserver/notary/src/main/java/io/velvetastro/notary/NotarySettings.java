package io.velvetastro.notary;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is kept.
 *
 * @param keys the folder of the signing keys; {@code keys} in the data folder unless named
 * @param witness the folder of the witness's key and memory, better on another machine's disk; {@code witness} in the data folder unless named
 * @param signEvery how often changed logs are anchored and the platform's log is signed
 */
@ConfigurationProperties("velvet.ledger")
record NotarySettings(
        @DefaultValue("") String keys,
        @DefaultValue("") String witness,
        @DefaultValue("1s") Duration signEvery) {}
