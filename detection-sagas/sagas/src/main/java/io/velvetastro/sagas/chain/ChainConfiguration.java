package io.velvetastro.sagas.chain;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Seals;
import io.velvetastro.sagas.memory.Memories;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;

/** The chain's place in the house. */
@Configuration
class ChainConfiguration {
    private static final int STORIES_HELD = 20_000;

    @Bean
    @DependsOn("detectionMigrations")
    BatchFollower chainFollower(JdbcTemplate db, CommandGateway commands, Seals seals, Clock clock) {
        return new ChainFollower(new Memories(db, "chain", STORIES_HELD), commands, seals, clock);
    }
}
