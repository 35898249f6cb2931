package io.velvetastro.sagas.detection;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about detection, under {@code velvet.detection}.
 *
 * @param alertMapping a file of own entries for the meaning of other tools' alerts, asked before the built-in ones
 * @param statesHeld how many of the engines' memories are held in memory
 * @param networks by organisation (its id), the networks that say little about where someone is; none at first
 */
@ConfigurationProperties("velvet.detection")
record DetectionProperties(
        @Nullable Path alertMapping,
        @DefaultValue("50000") int statesHeld,
        @DefaultValue Map<String, Networks> networks) {

    /** Addresses behind which people are elsewhere, in CIDR notation. */
    record Networks(
            @DefaultValue List<String> vpn,
            @DefaultValue List<String> relay,
            @DefaultValue List<String> satellite) {}
}
