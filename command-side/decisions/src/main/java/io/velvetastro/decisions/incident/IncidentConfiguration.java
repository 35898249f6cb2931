package io.velvetastro.decisions.incident;

import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A story under attack grows many times a second: its incident stays in memory, and is read from a snapshot when it is not. */
@Configuration
class IncidentConfiguration {
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 100;
    private static final int INCIDENTS_IN_MEMORY = 1_000;

    @Bean
    SnapshotTriggerDefinition incidentSnapshots(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_BETWEEN_SNAPSHOTS);
    }

    @Bean
    Cache incidentCache() {
        return new CaffeineCache(INCIDENTS_IN_MEMORY);
    }
}
