package io.velvetastro.store.health;

import io.velvetastro.language.Backlog;
import org.axonframework.config.EventProcessingConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Adds the readers of the streams to the health report, as {@code followers}. */
@AutoConfiguration(afterName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
class HealthAutoConfiguration {
    @Bean
    FollowersHealth followersHealthIndicator(Backlog backlog, EventProcessingConfiguration processing) {
        return new FollowersHealth(backlog, () -> processing.eventProcessors().values());
    }

    @Bean
    BacklogMeters backlogMeters(Backlog backlog) {
        return new BacklogMeters(backlog);
    }
}
