package io.velvetastro.decisions.door;

import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every command passes the same door, whoever sends it. */
@Configuration
class DoorConfiguration {

    @Bean(initMethod = "migrate")
    Flyway decisionsMigrations(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .schemas("decisions")
                .locations("classpath:db/decisions")
                .load();
    }

    @Autowired
    void commandsHaveACallerAndMissingIsNotFound(CommandBus commands) {
        commands.registerDispatchInterceptor(new KnownCaller());
        commands.registerHandlerInterceptor(new MissingIsNotFound());
    }
}
