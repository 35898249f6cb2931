package io.velvetastro.decisions.plan;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the counter of events where the intake finds it. */
@Configuration
class PlanConfiguration {
    @Bean
    @DependsOn("identityMigrations")
    DaysEvents daysEvents(DataSource database, Clock clock) {
        return new DaysEvents(JdbcClient.create(database), clock);
    }
}
