package io.velvetastro.views.monitor;

import io.velvetastro.questions.Monitor;
import io.velvetastro.views.Schema;
import io.velvetastro.views.rebuild.View;
import java.util.List;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the traffic's follower on the live rows. */
@Configuration
class TrafficConfiguration {
    private static final int LIVE_BATCH = 2_000;
    private static final int REBUILD_BATCH = 5_000;

    @Bean
    @DependsOn("viewsMigrations")
    TrafficFollower trafficFollower(Schema.Schemas schemas, QueryUpdateEmitter updates) {
        return new TrafficFollower(
                schemas.live(),
                tenants -> tenants.forEach(tenant -> {
                    var note = new Monitor.TrafficChanged(tenant);
                    updates.emit(Monitor.Traffic.class, asked -> asked.tenant().equals(tenant), note);
                    updates.emit(Monitor.Figures.class, asked -> asked.tenant().equals(tenant), note);
                }),
                LIVE_BATCH);
    }

    @Bean
    View trafficView() {
        return new View(
                TrafficFollower.NAME,
                List.of("traffic_progress", "traffic_minute", "traffic_hour"),
                schema -> new TrafficFollower(schema, unheard -> {}, REBUILD_BATCH));
    }
}
